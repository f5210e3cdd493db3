//! Starts the server on a listener it is given.

use std::future::ready;
use std::net::TcpListener;
use std::os::fd::AsFd;
use std::os::unix::net::UnixListener;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use actix_http::HttpService;
use actix_http::error::DispatchError;
use actix_server::GracefulShutdownSignal;
use actix_service::{ServiceFactory, ServiceFactoryExt, fn_service, map_config};
use actix_web::dev::{AppConfig, Server};
use actix_web::http::KeepAlive;
use actix_web::middleware::from_fn;
use actix_web::rt::net::{TcpStream, UnixStream};
use actix_web::{App, web};
use socket2::SockRef;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::sync::watch::Receiver;

use super::abort_unread;
use super::chunked::in_parts;
use super::compress::packed;
use super::connections;
use super::headers::{limit_headers, on_every_answer};
use super::one_request::OneRequest;
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
    let workers = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let connections = share(files, workers);
    let server = Server::build().workers(workers).max_concurrent_connections(connections).shutdown_timeout(5);
    let door = Door { site, ends: server.graceful_shutdown_signal(), connections };
    // The standard library listens with a queue of 128, and actix leaves a given listener as it is.
    let server = match listener {
        Listener::Tcp(tcp) => {
            SockRef::from(&tcp).listen(QUEUE)?;
            server.listen("tcp", tcp, move || door.service::<TcpStream>())?
        }
        Listener::Unix(unix) => {
            SockRef::from(&unix).listen(QUEUE)?;
            server.listen_uds("unix", unix, move || door.service::<UnixStream>())?
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

/// What each worker makes its service from.
#[derive(Clone)]
struct Door {
    site: Arc<Site>,
    ends: GracefulShutdownSignal,
    connections: usize,
}

impl Door {
    /// actix's own `HttpServer` gives its streams to nobody; this is what it does with them, but that each
    /// stream is one request long, and that no address is passed on.
    fn service<S: AsyncRead + AsyncWrite + AsFd + Unpin + 'static>(
        &self,
    ) -> impl ServiceFactory<S, Config = (), Response = (), Error = DispatchError, InitError = ()> + use<S> {
        // A quarter is left free, so that there is always one to answer by.
        let (site, ends, room) =
            (web::Data::from(Arc::clone(&self.site)), self.ends.clone(), self.connections - self.connections / 4);
        let app = App::new()
            .app_data(site)
            .wrap(from_fn(packed))
            .wrap(from_fn(in_parts))
            .wrap(from_fn(limit_headers))
            .wrap(on_every_answer(&self.site.mark))
            .wrap(from_fn(abort_unread::hold_payload))
            .wrap(from_fn(connections::track_activity))
            .configure(routes);
        let http = HttpService::build()
            .graceful_shutdown_signal(move || {
                let ends = ends.clone();
                async move { ends.notified().await }
            })
            .client_request_timeout(HEADER_PATIENCE)
            .client_disconnect_timeout(Duration::from_secs(1))
            // So that each answer says it, too: a proxy pools in front.
            .keep_alive(KeepAlive::Disabled)
            .on_connect_ext(|stream: &OneRequest<S>, data| {
                data.insert(stream.connection());
            })
            .h1(map_config(app, |()| AppConfig::default()));
        fn_service(move |stream: S| {
            let opened = connections::opened(&stream, room).map_err(DispatchError::Io);
            ready(opened.map(|connection| (OneRequest::new(stream, connection), None)))
        })
        .and_then(http)
    }
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
