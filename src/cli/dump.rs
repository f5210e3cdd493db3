//! `dump`: a portable copy of the store.

use std::io::Write;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use serde_json::json;

use super::args::Dump;
use super::output::Output;
use super::{Done, progress};
use crate::admin::{Answer, Desk, Request};
use crate::clock::SystemClock;
use crate::crypto::digest::Hasher;
use crate::durable;
use crate::period::Folder;

pub(super) fn run(data: &Path, options: &Dump, output: &Output) -> Done {
    let desk = Desk::reach(Folder::new(data), Arc::new(SystemClock))?;
    // No numbers: how many rows there are is an exact count, and nobody's to see.
    let bar = progress::spinner(output, "copying the sealed rows");
    let written = durable::replace_with(&options.out, durable::PRIVATE, |file| {
        let mut hasher = Hasher::default();
        let answer = desk.copy(&Request::Dump, &mut |piece| {
            hasher.update(piece.as_bytes());
            file.write_all(piece.as_bytes())
        })?;
        let digest = hasher.finish().to_string();
        match answer {
            Answer::Dumped { sha256 } if sha256 == digest => Ok::<_, Box<dyn std::error::Error>>(digest),
            _ => Err("what arrived is not what the service sent: run the command again".into()),
        }
    });
    bar.finish_and_clear();
    let (digest, out) = (written?, options.out.display().to_string());
    output.done(
        &format!(
            "The sealed rows, withdrawals and card verifiers are in {out} (SHA-256 {digest}).\n\
             It can be loaded only beside {0}/keys and {0}/public, and no key is in it. Destroy it when its periods\n\
             are closed: with a copy of their keys it would open them for ever.",
            data.display()
        ),
        &json!({"written": out, "sha256": digest}),
    );
    Ok(ExitCode::SUCCESS)
}
