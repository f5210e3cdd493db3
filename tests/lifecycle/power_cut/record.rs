//! Reads what `recorder.c` wrote down.
#![allow(dead_code, missing_docs, unreachable_pub, reason = "a part of one test")]

use std::path::Path;

/// One thing that happened, in the order in which it did. `file` is an inode number.
#[derive(Clone, Debug)]
pub enum Event {
    Create { file: u64, path: String },
    Cut { file: u64, size: u64 },
    Write { file: u64, at: u64, bytes: Vec<u8> },
    SyncBegin { file: u64, token: u64 },
    SyncEnd { file: u64, token: u64 },
    Rename { from: String, to: String },
    Unlink { path: String },
    MakeFolder { file: u64, path: String },
    RemoveFolder { path: String },
    Note(String),
}

/// Reads a whole record; paths are made relative to `data`.
pub fn read(record: &Path, data: &Path) -> Vec<Event> {
    let bytes = std::fs::read(record).unwrap();
    let mut rest = bytes.as_slice();
    let mut events = Vec::new();
    let inside = |path: &[u8]| {
        let path = std::str::from_utf8(path).unwrap();
        let path = Path::new(path).strip_prefix(data).expect("a rename into or out of the folder");
        path.to_str().unwrap().to_owned()
    };
    while !rest.is_empty() {
        let mut head = [0_u64; 6];
        for number in &mut head {
            *number = u64::from_le_bytes(take(&mut rest, 8).try_into().unwrap());
        }
        let [kind, file, b, one, two, length] = head;
        let (one, two, bytes) = (take(&mut rest, one), take(&mut rest, two), take(&mut rest, length));
        events.push(match kind {
            1 => Event::Create { file, path: inside(one) },
            2 => Event::Cut { file, size: b },
            3 => Event::Write { file, at: b, bytes: bytes.to_vec() },
            4 => Event::SyncBegin { file, token: b },
            5 => Event::SyncEnd { file, token: b },
            6 => Event::Rename { from: inside(one), to: inside(two) },
            7 => Event::Unlink { path: inside(one) },
            8 => Event::MakeFolder { file, path: inside(one) },
            9 => Event::RemoveFolder { path: inside(one) },
            10 => Event::Note(String::from_utf8(bytes.to_vec()).unwrap()),
            other => panic!("an event of kind {other}"),
        });
    }
    events
}

fn take<'a>(rest: &mut &'a [u8], length: u64) -> &'a [u8] {
    let (taken, left) = rest.split_at(usize::try_from(length).unwrap());
    *rest = left;
    taken
}
