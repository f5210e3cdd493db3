//! A connection as actix reads it: one request, and then no more.
//!
//! Guarantee: what comes after the first request is not handed on, so that it
//! costs no memory. actix (3.20) reads 128 KiB ahead, keeps every request that
//! it finds there (some thousand, at a thousand bytes each) and answers them
//! one by one, also where it is told to keep no connection. What follows reads
//! as the end of what the peer sends: it still gets its one answer.
//! Non-guarantee: where the first request ends is told by who has read it. In a
//! body in chunks a second header may be handed on; it ends the connection.

use std::io::{IoSlice, Result};
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, ready};

use actix_web::web::BytesMut;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

use super::connections::{Connection, Part};

/// Most bytes of a header that are handed on: what is over 8 KiB is refused with an answer, and this is
/// far more.
const HEADER: usize = 32 * 1024;

/// A stream of which one request is read.
pub(super) struct OneRequest<S> {
    stream: S,
    connection: Rc<Connection>,
    /// What was read and not handed on yet.
    held: BytesMut,
    /// Bytes of the header so far.
    header: usize,
    /// Whether the line that is being read is empty so far.
    empty_line: bool,
    /// An empty line was handed on: who reads looks at it first.
    looking: bool,
}

impl<S> OneRequest<S> {
    pub(super) fn new(stream: S, connection: Rc<Connection>) -> Self {
        Self { stream, connection, held: BytesMut::new(), header: 0, empty_line: false, looking: false }
    }

    pub(super) fn connection(&self) -> Rc<Connection> {
        Rc::clone(&self.connection)
    }

    /// How many of these bytes are handed on now: a header, as the end of chunks, is an empty line.
    fn cut(&mut self, part: Part, bytes: &[u8]) -> usize {
        if let Part::Body(left) = part {
            let most = usize::try_from(left).unwrap_or(usize::MAX).min(bytes.len());
            self.connection.read_on(most);
            return most;
        }
        let end = bytes.iter().position(|byte| self.ends_empty_line(*byte));
        self.looking = end.is_some();
        let most = end.map_or(bytes.len(), |at| at + 1);
        self.header += if part == Part::Header { most } else { 0 };
        most
    }

    fn ends_empty_line(&mut self, byte: u8) -> bool {
        let end = byte == b'\n' && self.empty_line;
        self.empty_line = byte == b'\n' || (byte == b'\r' && self.empty_line);
        end
    }

    /// Once the request is whole, anything more is as good as the end.
    fn is_over(&self, part: Part) -> bool {
        (part == Part::Whole && !self.held.is_empty()) || (part == Part::Header && self.header >= HEADER)
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for OneRequest<S> {
    fn poll_read(self: Pin<&mut Self>, context: &mut Context<'_>, to: &mut ReadBuf<'_>) -> Poll<Result<()>> {
        let this = self.get_mut();
        let part = this.connection.part();
        if this.is_over(part) {
            return Poll::Ready(Ok(()));
        }
        if part == Part::Whole {
            // Not taken any further, but a peer that has gone is noticed.
            return Pin::new(&mut this.stream).poll_read(context, &mut ReadBuf::new(&mut [0; 256]));
        }
        if std::mem::take(&mut this.looking) {
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        if this.held.is_empty() {
            let before = to.filled().len();
            ready!(Pin::new(&mut this.stream).poll_read(context, to))?;
            let new = to.filled().get(before..).unwrap_or_default();
            let now = this.cut(part, new);
            this.held.extend_from_slice(new.get(now..).unwrap_or_default());
            to.set_filled(before + now);
        } else {
            let held = std::mem::take(&mut this.held);
            let now = this.cut(part, held.get(..to.remaining()).unwrap_or(&held));
            this.held = held;
            to.put_slice(&this.held.split_to(now));
        }
        Poll::Ready(Ok(()))
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for OneRequest<S> {
    fn poll_write(self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<Result<usize>> {
        Pin::new(&mut self.get_mut().stream).poll_write(context, bytes)
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        all: &[IoSlice<'_>],
    ) -> Poll<Result<usize>> {
        Pin::new(&mut self.get_mut().stream).poll_write_vectored(context, all)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_flush(context)
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_shutdown(context)
    }
}
