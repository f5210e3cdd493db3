//! Starts the server on a listener it is given.

use std::net::TcpListener;
use std::os::unix::net::UnixListener;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use actix_web::http::KeepAlive;
use actix_web::middleware::from_fn;
use actix_web::{App, HttpServer, web};
use tokio::sync::watch::Receiver;

use super::headers::{bounded, on_every_answer};
use super::routes::routes;
use super::site::Site;
use super::unread;

/// Connections held open at a time, per core; more wait in the kernel's queue.
const CONNECTIONS: usize = 1024;
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
///
/// # Errors
/// The listener's, or the reason.
pub fn run(site: Arc<Site>, listener: Listener, stop: Vec<Stop>) -> std::io::Result<()> {
    actix_web::rt::System::new().block_on(serve(site, listener, stop))
}

async fn serve(site: Arc<Site>, listener: Listener, stop: Vec<Stop>) -> std::io::Result<()> {
    let site = web::Data::from(site);
    let server = HttpServer::new(move || {
        App::new()
            .app_data(site.clone())
            .wrap(from_fn(bounded))
            .wrap(on_every_answer())
            .wrap(from_fn(unread::closed))
            .configure(routes)
    })
    .client_request_timeout(HEADER_PATIENCE)
    .client_disconnect_timeout(Duration::from_secs(1))
    // actix times the header of a connection's first request only: a kept connection could
    // be held open for ever by half a header. One request a connection; a proxy pools in front.
    .keep_alive(KeepAlive::Disabled)
    .max_connections(CONNECTIONS)
    .backlog(1024)
    .shutdown_timeout(5);
    let server = match listener {
        Listener::Tcp(tcp) => server.listen(tcp)?,
        Listener::Unix(unix) => server.listen_uds(unix)?,
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
