//! Starts the server on a listener it is given.

use std::net::TcpListener;
use std::os::unix::net::UnixListener;
use std::sync::Arc;
use std::time::Duration;

use actix_web::middleware::from_fn;
use actix_web::{App, HttpServer, web};

use super::headers::{bounded, on_every_answer};
use super::routes::routes;
use super::site::Site;

/// Connections held open at a time, per core; more wait in the kernel's queue.
const CONNECTIONS: usize = 1024;
/// How long a header may take.
const HEADER_PATIENCE: Duration = Duration::from_secs(5);
/// How long an idle connection is kept.
const KEEP_ALIVE: Duration = Duration::from_secs(15);

/// Where the service listens; made by the caller, so that port 0 works.
pub enum Listener {
    /// TCP.
    Tcp(TcpListener),
    /// A Unix socket, for a proxy on the same machine.
    Unix(UnixListener),
}

/// Serves until a signal comes or `stop` resolves to a reason.
///
/// # Errors
/// The listener's, or the reason.
pub async fn run(
    site: Arc<Site>,
    listener: Listener,
    mut stop: tokio::sync::watch::Receiver<Option<String>>,
) -> std::io::Result<()> {
    let site = web::Data::from(site);
    let server = HttpServer::new(move || {
        App::new().app_data(site.clone()).wrap(from_fn(bounded)).wrap(on_every_answer()).configure(routes)
    })
    .client_request_timeout(HEADER_PATIENCE)
    .client_disconnect_timeout(Duration::from_secs(1))
    .keep_alive(KEEP_ALIVE)
    .max_connections(CONNECTIONS)
    .backlog(1024)
    .shutdown_timeout(5);
    let server = match listener {
        Listener::Tcp(tcp) => server.listen(tcp)?,
        Listener::Unix(unix) => server.listen_uds(unix)?,
    }
    .run();
    let handle = server.handle();
    let failure = stop.clone();
    let watcher = async move {
        let reason = stop.wait_for(Option::is_some).await.ok().and_then(|reason| reason.clone());
        match reason {
            // Those who wait get their 503 first; nobody can be told that anything was stored.
            Some(reason) => {
                handle.stop(true).await;
                reason
            }
            None => std::future::pending().await,
        }
    };
    tokio::pin!(watcher);
    tokio::select! {
        // The server ends at the watcher's word: that is no good end.
        ended = server => match failure.borrow().clone() {
            Some(reason) => Err(std::io::Error::other(reason)),
            None => ended,
        },
        reason = &mut watcher => Err(std::io::Error::other(reason)),
    }
}
