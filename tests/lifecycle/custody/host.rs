//! A host under a mock clock, with its pages and its admin socket, so that the real program talks to it.

use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use jiff::civil::Date;
use peertally::admin::{self, Request, Role, execute};
use peertally::clock::MockClock;
use peertally::crypto::PrivateKeyFile;
use peertally::crypto::pseudonym::{new_card, stub_of};
use peertally::period::{Custody, DataDir, DataPaths};
use peertally::policy::embedded;
use peertally::web::{self, Listener, Site};
use serde_json::Value;

use crate::common::life;
use crate::common::{Answer, PROGRAM, Programme, request};

pub(crate) struct Host {
    pub(crate) folder: tempfile::TempDir,
    pub(crate) program: Programme,
    pub(crate) clock: Arc<MockClock>,
    pub(crate) data_dir: Arc<DataDir>,
    address: SocketAddr,
    stop: tokio::sync::watch::Sender<Option<String>>,
}

impl Host {
    pub(crate) fn new(today: Date) -> Self {
        crate::common::counted_by_the_program();
        // Beside the host's folder lies another one: a machine that is not the host.
        let (folder, program) = (tempfile::tempdir().unwrap(), Programme { folder: tempfile::tempdir().unwrap() });
        let clock = Arc::new(MockClock::new(today));
        let data = DataPaths::new(&program.data());
        let data_dir =
            DataDir::create_under(Custody::Offline, data, embedded::PROGRAMME, embedded::POLICY, clock.clone())
                .unwrap();
        let data_dir = Arc::new(data_dir);
        admin::listen(Arc::clone(&data_dir), &data_dir.folder().socket()).unwrap();
        let tcp = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = tcp.local_addr().unwrap();
        let (stop, stopped) = tokio::sync::watch::channel(None);
        let desk = Arc::clone(&data_dir.services().intake);
        let (public, policy) = (data_dir.folder().public(), data_dir.policy().clone());
        let site = Site::new(desk, public, policy, data_dir.log_key().parse().unwrap(), || None);
        std::thread::spawn(move || {
            // It ends with the reason below.
            let _ = web::run(Arc::new(site), Listener::Tcp(tcp), vec![stopped], 1024);
        });
        Self { folder, program, clock, data_dir, address, stop }
    }

    pub(crate) fn data(&self) -> PathBuf {
        self.program.data()
    }

    pub(crate) fn card(&self, until: &str) -> String {
        let card = new_card().unwrap();
        let stubs = vec![stub_of(&card).reveal().to_string()];
        let request = Request::AddCards { stubs, until: Some(until.parse().unwrap()) };
        execute(&self.data_dir, Role::Coordinator, request, &|_| {}).unwrap();
        card.reveal().to_string()
    }

    pub(crate) fn get(&self, path: &str) -> Answer {
        request(self.address, "GET", path, &[], b"")
    }

    pub(crate) fn put(&self, card: &str, receipt: &str, body: &Value) -> Answer {
        let (bearer, path) = (format!("Bearer {card}"), format!("/v1/tallies/{receipt}"));
        request(self.address, "PUT", &path, &[("Authorization", &bearer)], body.to_string().as_bytes())
    }

    pub(crate) fn delete(&self, card: &str, receipt: &str) -> Answer {
        let (bearer, path) = (format!("Bearer {card}"), format!("/v1/tallies/{receipt}"));
        request(self.address, "DELETE", &path, &[("Authorization", &bearer)], b"")
    }

    /// The data folder copied as it stands, under a running service.
    pub(crate) fn seized(&self) -> Programme {
        let copy = Programme { folder: tempfile::tempdir().unwrap() };
        life::copy(&self.data(), &copy.data());
        copy
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        self.stop.send_replace(Some("the test is over".to_owned()));
    }
}

/// `keygen` by the real program; answers the paths of the public and the private file.
pub(crate) fn key_pair(folder: &Path, name: &str) -> (String, String) {
    let path = |kind: &str| folder.join(format!("{name}.{kind}")).display().to_string();
    let (public, private) = (path("public"), path("private"));
    let done =
        Command::new(PROGRAM).args(["keygen", "--private-key", &private, "--public-key", &public]).output().unwrap();
    assert!(done.status.success(), "{}", life::stderr(&done));
    (public, private)
}

pub(crate) fn private_key(path: &str) -> PrivateKeyFile {
    PrivateKeyFile::parse(&std::fs::read(path).unwrap()).unwrap()
}
