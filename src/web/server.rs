//! Starts the server on a listener it is given.

use std::net::TcpListener;
use std::os::unix::net::UnixListener;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use actix_web::http::KeepAlive;
use actix_web::middleware::from_fn;
use actix_web::{App, HttpServer, web};
use socket2::SockRef;
use tokio::sync::watch::Receiver;

use super::abort_unread;
use super::chunked::in_parts;
use super::compress::packed;
use super::connections;
use super::headers::{limit_headers, on_every_answer};
use super::routes::routes;
use super::site::Site;

/// Most connections held open at a time, per core; more wait in the kernel's queue.
const CONNECTIONS: usize = 1024;
/// How many may wait in the kernel's queue, where the system allows as many.
const QUEUE: i32 = 1024;
/// Open files left to the store, the log and public files.
const OTHER_FILES: u64 = 256;
/// How long a header may take.
const HEADER_PATIENCE: Duration = Duration::from_secs(5);

/// Where the service listens; made by the caller, so that port 0 works.
pub enum Listener {
    /// TCP.
    Tcp(TcpListener),
    /// A Unix socket, for a proxy on the same machine.
    Unix(UnixListener),
}

/// Resolves to the reason for which the service must end.
pub type Stop = Receiver<Option<String>>;

/// Serves on this thread until a signal comes or one of `stop` holds a reason.
/// `files` is how many files this process may have open.
///
/// # Errors
/// The listener's, or the reason.
pub fn run(site: Arc<Site>, listener: Listener, stop: Vec<Stop>, files: u64) -> std::io::Result<()> {
    actix_web::rt::System::new().block_on(serve(site, listener, stop, files))
}

/// Connections of one worker: each needs two of the open files.
fn share(files: u64, workers: usize) -> usize {
    let all = usize::try_from(files.saturating_sub(OTHER_FILES) / 2).unwrap_or(usize::MAX);
    (all / workers).clamp(16, CONNECTIONS)
}

async fn serve(site: Arc<Site>, listener: Listener, stop: Vec<Stop>, files: u64) -> std::io::Result<()> {
    let site = web::Data::from(site);
    let workers = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let connections = share(files, workers);
    let server = HttpServer::new(move || {
        App::new()
            .app_data(site.clone())
            .wrap(from_fn(packed))
            .wrap(from_fn(in_parts))
            .wrap(from_fn(limit_headers))
            .wrap(on_every_answer(&site.mark))
            .wrap(from_fn(abort_unread::hold_payload))
            .wrap(from_fn(connections::track_activity))
            .configure(routes)
    })
    // A quarter is left free, so that there is always one to answer by.
    .on_connect(move |stream, data| connections::opened(stream, data, connections - connections / 4))
    .workers(workers)
    .client_request_timeout(HEADER_PATIENCE)
    .client_disconnect_timeout(Duration::from_secs(1))
    // actix times the header of a connection's first request only: a kept connection could
    // be held open for ever by half a header. One request a connection; a proxy pools in front.
    .keep_alive(KeepAlive::Disabled)
    .max_connections(connections)
    .shutdown_timeout(5);
    // The standard library listens with a queue of 128, and actix leaves a given listener as it is.
    let server = match listener {
        Listener::Tcp(tcp) => {
            SockRef::from(&tcp).listen(QUEUE)?;
            server.listen(tcp)?
        }
        Listener::Unix(unix) => {
            SockRef::from(&unix).listen(QUEUE)?;
            server.listen_uds(unix)?
        }
    }
    .run();
    let handle = server.handle();
    let reason = Arc::new(OnceLock::new());
    for mut stop in stop {
        let (handle, reason) = (handle.clone(), Arc::clone(&reason));
        actix_web::rt::spawn(async move {
            let why = stop.wait_for(Option::is_some).await.ok().and_then(|why| why.clone());
            if let Some(why) = why {
                // The first reason is the one that is told.
                let _ = reason.set(why);
                // Those who wait get their 503 before the connections end.
                handle.stop(true).await;
            }
        });
    }
    server.await?;
    reason.get().map_or(Ok(()), |reason| Err(std::io::Error::other(reason.clone())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn connections_leave_files_to_the_rest_of_the_program() {
        assert_eq!(share(1024, 2), 192);
        assert_eq!(share(8192, 2), CONNECTIONS);
        assert_eq!(share(8192, 64), 62);
        assert_eq!(share(0, 2), 16);
    }
}
