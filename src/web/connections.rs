//! Ends connections that keep the service waiting for their peer.
//!
//! Guarantee: an answer that is not taken within [`PATIENCE`] is given up, so
//! nobody holds a connection by not reading. When a worker has more open than
//! its room, the one open longest that has waited for its peer for [`GRACE`] is
//! ended: whoever says nothing does not keep out who sends a whole request at
//! once. All that is known of a peer is that its part is still to come: no
//! address is looked at. A second request on a connection ends it.
//! Non-guarantee: one whose request is being worked on is never ended here.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::os::fd::AsFd;
use std::rc::{Rc, Weak};
use std::time::{Duration, Instant};

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{CONTENT_LENGTH, HeaderMap, TRANSFER_ENCODING};
use actix_web::middleware::Next;
use actix_web::{Error, HttpRequest, HttpResponse};
use socket2::Socket;

/// How long the whole of an answer may take to be read.
const PATIENCE: Duration = Duration::from_secs(20);
/// How long each may wait, however many others come. A request that is sent at once comes with the
/// last packet of the handshake, also over a slow line.
const GRACE: Duration = Duration::from_millis(100);
/// How often it is looked whether one took longer.
const LOOK: Duration = Duration::from_millis(100);
/// Entries that may be left over from connections that have ended.
const LEFT_OVER: usize = 64;

thread_local! {
    static OPEN: RefCell<OpenConnections> = RefCell::default();
}

/// One open connection; it ends with its stream and the request's own data.
pub(super) struct Connection {
    /// A second handle to its socket: actix keeps the first.
    socket: Socket,
    /// Since when it waits for its peer; nothing while the service works.
    waits: Cell<Option<Instant>>,
    part: Cell<Part>,
    _counted: Counted,
}

/// The part of its one request that comes next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// The header, or the rest of it.
    Header,
    /// So many bytes of a body.
    Body(u64),
    /// A body in chunks.
    Chunks,
    /// Nothing: it is there as a whole.
    Whole,
}

/// One of the open connections of a worker.
struct Counted(Rc<Cell<usize>>);

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.set(self.0.get().saturating_sub(1));
    }
}

/// The open connections of one worker, oldest first.
#[derive(Default)]
struct OpenConnections {
    all: VecDeque<Weak<Connection>>,
    number: Rc<Cell<usize>>,
    room: usize,
    watched: bool,
}

impl Connection {
    /// What is known of the connection that a request came by.
    pub(super) fn of(request: &HttpRequest) -> Option<Rc<Self>> {
        request.conn_data::<Rc<Self>>().cloned()
    }

    pub(super) fn part(&self) -> Part {
        self.part.get()
    }

    /// The header is there; false if it is not that of the first request.
    fn begin(&self, header: &HeaderMap) -> bool {
        let length = header.get(CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse().ok()).unwrap_or(0);
        let rest = match length {
            _ if header.contains_key(TRANSFER_ENCODING) => Part::Chunks,
            0 => Part::Whole,
            length => Part::Body(length),
        };
        self.part.replace(rest) == Part::Header
    }

    /// So many bytes of the body were read.
    pub(super) fn read_on(&self, bytes: usize) {
        if let Part::Body(left) = self.part.get() {
            let left = left.saturating_sub(bytes as u64);
            self.part.set(if left == 0 { Part::Whole } else { Part::Body(left) });
        }
    }

    /// The body was read to its end.
    pub(super) fn whole(&self) {
        self.part.set(Part::Whole);
    }

    /// The peer's part is still to come.
    pub(super) fn wait(&self) {
        self.waits.set(Some(Instant::now()));
    }

    /// The peer has done its part.
    pub(super) fn work(&self) {
        self.waits.set(None);
    }

    fn has_waited(&self, time: Duration) -> bool {
        self.waits.get().is_some_and(|since| since.elapsed() >= time)
    }

    /// Wakes actix, which then finds it closed. Already closed is as good.
    fn end(&self) {
        let _ = self.socket.shutdown(std::net::Shutdown::Both);
    }
}

impl OpenConnections {
    fn add(&mut self, socket: Socket) -> Rc<Connection> {
        self.number.set(self.number.get() + 1);
        let _counted = Counted(Rc::clone(&self.number));
        let connection = Rc::new(Connection {
            socket,
            waits: Cell::new(Some(Instant::now())),
            part: Cell::new(Part::Header),
            _counted,
        });
        self.all.push_back(Rc::downgrade(&connection));
        if self.all.len() > 2 * self.number.get() + LEFT_OVER {
            self.all.retain(|entry| entry.strong_count() > 0);
        }
        if self.number.get() > self.room {
            self.end_oldest(1);
        }
        connection
    }

    /// They still count until actix has let go of them: the next one that comes ends another.
    fn end_oldest(&mut self, most: usize) {
        let waits = |entry: &Weak<Connection>| entry.upgrade().is_some_and(|c| c.has_waited(GRACE));
        for _ in 0..most {
            let Some(at) = self.all.iter().position(waits) else { return };
            if let Some(oldest) = self.all.remove(at).and_then(|entry| entry.upgrade()) {
                oldest.end();
            }
        }
    }

    /// What nobody else's coming would end: the slow, and those above the room when no more fit in.
    fn look(&mut self) {
        self.end_slow();
        self.end_oldest(self.number.get().saturating_sub(self.room));
    }

    fn end_slow(&mut self) {
        self.all.retain(|entry| {
            let Some(connection) = entry.upgrade() else { return false };
            let slow = connection.has_waited(PATIENCE);
            if slow {
                // What was not read is dropped, and not left to the kernel to deliver.
                let _ = connection.socket.set_linger(Some(Duration::ZERO));
                connection.end();
            }
            !slow
        });
    }
}

/// A connection was opened, on the worker that has it.
///
/// # Errors
/// No second handle to be had: too many files are open, and nothing could end it.
pub(super) fn opened(stream: &impl AsFd, room: usize) -> std::io::Result<Rc<Connection>> {
    let socket = Socket::from(stream.as_fd().try_clone_to_owned()?);
    Ok(OPEN.with_borrow_mut(|open| {
        open.room = room;
        if !std::mem::replace(&mut open.watched, true) {
            actix_web::rt::spawn(watch());
        }
        open.add(socket)
    }))
}

/// Goes on for as long as its worker.
async fn watch() {
    loop {
        tokio::time::sleep(LOOK).await;
        OPEN.with_borrow_mut(OpenConnections::look);
    }
}

/// Marks the time between a request's header and its answer as the service's own. Outermost of all.
pub(super) async fn track_activity(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let Some(connection) = Connection::of(request.request()) else {
        return next.call(request).await.map(ServiceResponse::map_into_boxed_body);
    };
    if !connection.begin(request.headers()) {
        connection.end();
        return Ok(request.into_response(HttpResponse::BadRequest().force_close().finish()));
    }
    connection.work();
    let answer = next.call(request).await;
    connection.wait();
    answer.map(ServiceResponse::map_into_boxed_body)
}

#[cfg(test)]
mod tests {
    use std::io::Read;
    use std::os::unix::net::UnixStream;

    use super::*;

    fn pair(open: &mut OpenConnections) -> (Rc<Connection>, UnixStream) {
        let (ours, peer) = UnixStream::pair().unwrap();
        peer.set_nonblocking(true).unwrap();
        (open.add(Socket::from(std::os::fd::OwnedFd::from(ours))), peer)
    }

    fn ended(all: &mut [(Rc<Connection>, UnixStream)]) -> Vec<bool> {
        all.iter_mut().map(|(_, peer)| matches!(peer.read(&mut [0]), Ok(0))).collect()
    }

    fn waiting_for(connection: &Connection, time: Duration) {
        connection.waits.set(Instant::now().checked_sub(time));
        assert!(connection.waits.get().is_some(), "the machine has not run for long enough");
    }

    #[test]
    fn the_one_that_waits_longest_goes_and_never_one_that_is_worked_on() {
        let mut open = OpenConnections { room: 3, ..OpenConnections::default() };
        let mut all: Vec<_> = (0..3).map(|_| pair(&mut open)).collect();
        all.iter().for_each(|(connection, _)| waiting_for(connection, GRACE));
        all[0].0.work();
        all.push(pair(&mut open));
        assert_eq!(ended(&mut all), [false, true, false, false]);
        // One over the room, and looked at again: the next oldest, not the one that has just come.
        open.look();
        assert_eq!(ended(&mut all), [false, true, true, false]);
        open.look();
        assert_eq!(ended(&mut all), [false, true, true, false]);
    }

    #[test]
    fn an_answer_that_is_not_taken_ends_also_where_there_is_room() {
        let mut open = OpenConnections { room: 100, ..OpenConnections::default() };
        let mut all: Vec<_> = (0..3).map(|_| pair(&mut open)).collect();
        waiting_for(&all[0].0, PATIENCE);
        waiting_for(&all[1].0, PATIENCE / 2);
        all[2].0.work();
        open.look();
        assert_eq!(ended(&mut all), [true, false, false]);
    }

    #[test]
    fn what_has_ended_is_neither_counted_nor_kept() {
        let mut open = OpenConnections { room: 4, ..OpenConnections::default() };
        for _ in 0..1000 {
            drop(pair(&mut open));
        }
        assert!(open.number.get() == 0 && open.all.len() <= LEFT_OVER + 1, "{} left", open.all.len());
    }
}
