//! `serve`: takes tallies, shows reports, watches the calendar.

use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::UnixListener;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use super::args::ServeArgs;
use super::output::Output;
use super::{Done, init};
use crate::admin;
use crate::clock::SystemClock;
use crate::log::{OpenedBy, PeriodState};
use crate::period::{DataDir, DataPaths, counting, witness};
use crate::sandbox::{self, Openings, SandboxStatus};
use crate::store::{Embedded, Store};
use crate::web::{self, Listener, NextRelease, Site, telemetry};

/// How often the calendar is looked at.
const TICK: Duration = Duration::from_secs(60);

pub(super) fn run(data: &Path, options: &ServeArgs, output: &Output) -> Done {
    telemetry::start();
    let folder = DataPaths::new(data);
    folder.check()?;
    // A second service must not take the first one's socket away.
    Embedded::check_free(&folder.store())?;
    let programme = options.config.as_deref().map(init::read).transpose()?;
    let door = BoundListener::open(&options.listen)?;
    witness::check_siblings(&folder)?;
    let witness = witness::prepare(&folder);
    let openings = Openings { beside: witness.as_deref(), also: &folder.key_files(), program: counting::program() };
    let held = sandbox::enter(folder.path(), openings);
    // From here on there may be threads.
    let data_dir = Arc::new(DataDir::open(folder, Arc::new(SystemClock))?);
    if options.trust_clock {
        data_dir.trust_clock();
    }
    if let (Some(text), Some(file)) = (programme, &options.config) {
        data_dir.adopt_programme(&text, &file.display().to_string())?;
    }
    serve(data_dir, door, &held, |address| {
        output.done(&format!("listening on {address}"), &serde_json::json!({"listening": address}));
    })
}

/// Where the service is reached; opened before the sandbox, which forbids it.
pub(super) struct BoundListener {
    listener: Listener,
    address: String,
}

/// Serves an opened data folder until a signal comes.
pub(super) fn serve(
    data_dir: Arc<DataDir>,
    door: BoundListener,
    held: &SandboxStatus,
    ready: impl FnOnce(&str),
) -> Done {
    let BoundListener { listener, address } = door;
    if let Some(reason) = held.missing() {
        tracing::warn!(event = "sandbox", reason);
    }
    if let Err(reason) = sandbox::no_core_dumps() {
        tracing::warn!(event = "core_dumps", reason);
    }
    if let Some(reason) = data_dir.unwitnessed() {
        tracing::warn!(event = "witness", reason);
    }
    let mut told = Vec::new();
    look_at_calendar(&data_dir, &mut told);
    admin::listen(Arc::clone(&data_dir), &data_dir.folder().socket())?;
    let calendar = Arc::clone(&data_dir);
    std::thread::Builder::new().name("calendar".to_owned()).spawn(move || {
        loop {
            std::thread::sleep(TICK);
            // A service that no longer looks at the calendar would keep keys for ever: it ends instead.
            if catch_unwind(AssertUnwindSafe(|| look_at_calendar(&calendar, &mut told))).is_err() {
                calendar.fail(&"the calendar's thread broke down: start the service again");
                return;
            }
        }
    })?;
    tracing::info!(event = "serving", listen = %address);
    ready(&address);
    #[cfg(feature = "test-hooks")]
    sandbox::probe::start();
    let site = Arc::new(site(&data_dir)?);
    let stop = vec![data_dir.services().store.failure(), data_dir.failure()];
    web::run(site, listener, stop, sandbox::open_files())?;
    tracing::info!(event = "stopped");
    Ok(ExitCode::SUCCESS)
}

fn site(data_dir: &Arc<DataDir>) -> Result<Site, Box<dyn std::error::Error>> {
    let calendar = Arc::clone(data_dir);
    let next = move || {
        let ledger = calendar.ledger();
        let open = ledger.periods().find(|(_, view)| view.state == PeriodState::Open && view.by == OpenedBy::Calendar);
        open.map(|(period, _)| NextRelease {
            period,
            day: calendar.programme().closing_day(period),
            by_itself: !calendar.kept_offline(period),
        })
    };
    let desk = Arc::clone(&data_dir.services().intake);
    Ok(Site::new(desk, data_dir.folder().public(), data_dir.policy().clone(), data_dir.log_key().parse()?, next))
}

/// Problems are told each time; what waits for a key only when it is not what was told before.
fn look_at_calendar(data_dir: &DataDir, told: &mut Vec<String>) {
    let tick = data_dir.tick();
    data_dir.services().intake.look();
    for problem in tick.problems {
        tracing::error!(event = "calendar", reason = %problem);
    }
    for waiting in tick.waiting.iter().filter(|words| !told.contains(words)) {
        tracing::info!(event = "calendar", reason = %waiting);
    }
    *told = tick.waiting;
}

impl BoundListener {
    /// Listens at an address or, after `unix:`, at a path.
    pub(super) fn open(listen: &str) -> Result<Self, String> {
        let (listener, address) = listener(listen)?;
        Ok(Self { listener, address })
    }
}

fn listener(listen: &str) -> Result<(Listener, String), String> {
    if let Some(path) = listen.strip_prefix("unix:") {
        let broken = |error| format!("cannot listen at {listen} ({error}): choose a path in a folder of your own");
        if std::fs::symlink_metadata(path).is_ok_and(|m| std::os::unix::fs::FileTypeExt::is_socket(&m.file_type())) {
            std::fs::remove_file(path).map_err(broken)?;
        }
        let socket = UnixListener::bind(path).map_err(broken)?;
        // The folder decides who gets at it; the proxy runs as another user.
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o666)).map_err(broken)?;
        return Ok((Listener::Unix(socket), listen.to_owned()));
    }
    let broken =
        |error| format!("cannot listen at {listen} ({error}): name another address, such as --listen 127.0.0.1:8081");
    let tcp = TcpListener::bind(listen).map_err(broken)?;
    let address = tcp.local_addr().map_err(broken)?;
    Ok((Listener::Tcp(tcp), format!("http://{address}")))
}
