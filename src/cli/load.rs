//! `load`: fills an empty store from a dump.

use std::fs::File;
use std::io::BufReader;
use std::path::Path;
use std::process::ExitCode;

use serde_json::json;

use super::args::LoadArgs;
use super::output::Output;
use super::{Done, progress};
use crate::period::{DataPaths, dump};

pub(super) fn run(data: &Path, options: &LoadArgs, output: &Output) -> Done {
    let file = File::open(&options.file)
        .map_err(|error| format!("{} cannot be read ({error}): check the name", options.file.display()))?;
    let bar = progress::spinner(output, "loading the sealed rows");
    let loaded = dump::load(&DataPaths::new(data), &mut BufReader::new(file));
    bar.finish_and_clear();
    let left_out = loaded?;
    for period in &left_out {
        output.say(&format!("{period} was released meanwhile: its rows open no more, and were left out"));
    }
    output.done(
        &format!(
            "The store of {} holds what the dump holds. Next: peertally doctor, then peertally serve",
            data.display()
        ),
        &json!({"loaded": true, "left_out": left_out}),
    );
    Ok(ExitCode::SUCCESS)
}
