//! What a disk may hold after a power cut: a model of a page cache and of a journal of names.
//!
//! - A file holds what its last finished sync covered. Of each 4 KiB page
//!   written since, the disk has the old version, any version in between, the
//!   newest, or two of them mixed by sectors of 512 bytes. Each page is drawn
//!   by itself, so later writes may be there without earlier ones. The length
//!   is drawn in the same way; bytes that never came are zeros.
//! - Names (made, renamed, removed) are there if their folder was synced since.
//!   Of the later ones, each folder keeps some first part of them, by itself. A
//!   rename from one folder to another is one change, and syncing either
//!   folder makes it and all that it rests on durable.
#![allow(dead_code, missing_docs, unreachable_pub, reason = "a part of one test")]

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};
use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::Path;

use super::record::Event;
use crate::common::life::Dice;

const PAGE: usize = 4096;
const SECTOR: usize = 512;
const ROOT: usize = 0;

#[derive(Clone)]
enum Change {
    Write(usize, Vec<u8>),
    Cut(usize),
}

/// One file or folder.
#[derive(Default)]
struct Node {
    folder: bool,
    durable: Vec<u8>,
    pending: VecDeque<Change>,
    /// Changes ever made, and how many of them each finished but withheld sync covers.
    changes: usize,
    withheld: VecDeque<usize>,
}

enum Name {
    Link(usize, String, usize),
    Unlink(usize, String),
    Rename((usize, String), (usize, String)),
}

impl Name {
    fn folders(&self) -> Vec<usize> {
        match self {
            Self::Link(folder, ..) | Self::Unlink(folder, _) => vec![*folder],
            Self::Rename((from, _), (to, _)) => vec![*from, *to],
        }
    }
}

type Names = BTreeMap<(usize, String), usize>;

/// Which syncs are taken for not done, to show that the test can fail.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Withheld {
    Nothing,
    /// The last three syncs of the store's file.
    Store,
    /// The last three syncs of each folder with files of the log.
    LogNames,
}
const LAST: usize = 3;

pub struct Disk {
    nodes: Vec<Node>,
    by_inode: HashMap<u64, usize>,
    live: Names,
    durable: Names,
    /// Changes of names that are not durable yet, with their numbers.
    pending: VecDeque<(usize, Name, bool)>,
    names: usize,
    syncs: HashMap<u64, (usize, usize)>,
    withheld: Withheld,
}

impl Disk {
    /// A folder as it lies, all of it durable.
    pub fn of(folder: &Path, withheld: Withheld) -> Self {
        let mut disk = Self {
            nodes: vec![Node { folder: true, ..Node::default() }],
            by_inode: HashMap::new(),
            live: Names::new(),
            durable: Names::new(),
            pending: VecDeque::new(),
            names: 0,
            syncs: HashMap::new(),
            withheld,
        };
        disk.by_inode.insert(fs::metadata(folder).unwrap().ino(), ROOT);
        disk.load(folder, ROOT);
        disk.durable = disk.live.clone();
        disk
    }

    fn load(&mut self, folder: &Path, at: usize) {
        for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
            let (meta, path) = (entry.metadata().unwrap(), entry.path());
            let durable = if meta.is_dir() { Vec::new() } else { fs::read(&path).unwrap() };
            let node = self.add(meta.ino(), Node { folder: meta.is_dir(), durable, ..Node::default() });
            self.live.insert((at, entry.file_name().into_string().unwrap()), node);
            if meta.is_dir() {
                self.load(&path, node);
            }
        }
    }

    fn add(&mut self, inode: u64, node: Node) -> usize {
        self.nodes.push(node);
        self.by_inode.insert(inode, self.nodes.len() - 1);
        self.nodes.len() - 1
    }

    /// The folder's node and the last part of a path.
    fn place(&self, path: &str) -> (usize, String) {
        let mut at = ROOT;
        let mut parts: Vec<&str> = path.split('/').collect();
        let last = parts.pop().unwrap();
        for part in parts {
            at = self.live[&(at, part.to_owned())];
        }
        (at, last.to_owned())
    }

    fn path_of(&self, path: &str) -> Option<usize> {
        self.live.get(&self.place(path)).copied()
    }

    fn rename(&mut self, name: Name) {
        apply(&mut self.live, &name);
        self.pending.push_back((self.names, name, false));
        self.names += 1;
    }

    pub fn step(&mut self, event: &Event) {
        match event {
            Event::Create { file, path } | Event::MakeFolder { file, path } if !path.is_empty() => {
                let folder = matches!(event, Event::MakeFolder { .. });
                let node = self.add(*file, Node { folder, ..Node::default() });
                let (at, name) = self.place(path);
                self.rename(Name::Link(at, name, node));
            }
            Event::Create { file, .. } | Event::MakeFolder { file, .. } => {
                self.by_inode.insert(*file, ROOT);
            }
            Event::Cut { file, size } => self.change(*file, Change::Cut(usize::try_from(*size).unwrap())),
            Event::Write { file, at, bytes } => {
                self.change(*file, Change::Write(usize::try_from(*at).unwrap(), bytes.clone()));
            }
            Event::SyncBegin { file, token } => {
                let node = &self.nodes[self.by_inode[file]];
                self.syncs.insert(*token, (node.changes, self.names));
            }
            Event::SyncEnd { file, token } => {
                let (changes, names) = self.syncs.remove(token).unwrap();
                self.synced(self.by_inode[file], changes, names);
            }
            Event::Rename { from, to } => {
                let (from, to) = (self.place(from), self.place(to));
                // Of a folder too: what is in it goes by the folder, not by its name.
                self.rename(Name::Rename(from, to));
            }
            Event::Unlink { path } | Event::RemoveFolder { path } => {
                let (at, name) = self.place(path);
                self.rename(Name::Unlink(at, name));
            }
            Event::Note(_) => {}
        }
    }

    fn change(&mut self, file: u64, change: Change) {
        let node = &mut self.nodes[self.by_inode[&file]];
        node.changes += 1;
        node.pending.push_back(change);
    }

    fn synced(&mut self, at: usize, changes: usize, names: usize) {
        let is = |path| self.path_of_if_there(path) == Some(at);
        let folder = self.nodes[at].folder;
        let late = match self.withheld {
            Withheld::Nothing => 0,
            Withheld::Store if is("store/db") => LAST,
            Withheld::LogNames if folder && self.is_in_log(at) => LAST,
            _ => 0,
        };
        let node = &mut self.nodes[at];
        node.withheld.push_back(if folder { names } else { changes });
        while node.withheld.len() > late {
            let covered = node.withheld.pop_front().unwrap();
            if folder {
                self.settle_names(at, covered);
                return;
            }
            while node.changes - node.pending.len() < covered {
                let change = node.pending.pop_front().unwrap();
                write(&mut node.durable, &change);
            }
        }
    }

    fn path_of_if_there(&self, path: &str) -> Option<usize> {
        let mut at = ROOT;
        for part in path.split('/') {
            at = *self.live.get(&(at, part.to_owned()))?;
        }
        Some(at)
    }

    fn is_in_log(&self, folder: usize) -> bool {
        let Some(log) = self.path_of_if_there("public/log") else { return false };
        let mut at = folder;
        while at != ROOT && at != log {
            let Some(above) = self.live.iter().find(|(_, node)| **node == at).map(|((above, _), _)| *above) else {
                return false;
            };
            at = above;
        }
        at == log
    }

    /// Makes the changes of a folder's names durable, and those that they rest on.
    fn settle_names(&mut self, folder: usize, covered: usize) {
        let mut settled = BTreeSet::new();
        for (number, name, done) in self.pending.iter_mut().rev() {
            let folders = name.folders();
            let now = *number < covered && folders.contains(&folder);
            if now || *done || folders.iter().any(|f| settled.contains(f)) {
                *done = true;
                settled.extend(folders);
            }
        }
        // What comes first and is settled goes into the durable names.
        while self.pending.front().is_some_and(|(_, _, done)| *done) {
            let (_, name, _) = self.pending.pop_front().unwrap();
            apply(&mut self.durable, &name);
        }
    }

    /// Writes one thing that the disk may hold after a cut at this moment. `None` for what it holds without a cut.
    pub fn image(&self, to: &Path, mut dice: Option<&mut Dice>) {
        let mut names = self.durable.clone();
        let keep_names = dice.as_deref_mut().map_or(10, |dice| [0, 3, 7, 9, 10][roll(dice, 5)]);
        let keep_pages = dice.as_deref_mut().map_or(10, |dice| [0, 1, 5, 9, 10][roll(dice, 5)]);
        let mut broken = BTreeSet::new();
        for (_, name, done) in &self.pending {
            let folders = name.folders();
            let kept = |dice: &mut Dice| roll(dice, 10) < keep_names;
            let whole = !folders.iter().any(|f| broken.contains(f));
            if *done || (whole && dice.as_deref_mut().is_none_or(kept)) {
                apply(&mut names, name);
            } else {
                broken.extend(folders);
            }
        }
        self.write_folder(&names, ROOT, to, keep_pages, &mut dice);
    }

    fn write_folder(&self, names: &Names, at: usize, to: &Path, keep: usize, dice: &mut Option<&mut Dice>) {
        fs::create_dir_all(to).unwrap();
        fs::set_permissions(to, fs::Permissions::from_mode(0o700)).unwrap();
        for ((_, name), node) in names.range((at, String::new())..(at + 1, String::new())) {
            let path = to.join(name);
            if self.nodes[*node].folder {
                self.write_folder(names, *node, &path, keep, dice);
            } else {
                fs::write(&path, self.nodes[*node].content(keep, dice)).unwrap();
                fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
            }
        }
    }
}

impl Node {
    fn content(&self, keep: usize, dice: &mut Option<&mut Dice>) -> Vec<u8> {
        let mut bytes = self.durable.clone();
        let Some(dice) = dice.as_deref_mut().filter(|_| !self.pending.is_empty()) else {
            self.pending.iter().for_each(|change| write(&mut bytes, change));
            return bytes;
        };
        // The lengths that the file had, and the pages that changed, with the changes that did it.
        let (mut length, mut lengths) = (bytes.len(), vec![bytes.len()]);
        let mut pages: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (number, change) in self.pending.iter().enumerate() {
            let touched = match change {
                Change::Write(at, new) => {
                    length = length.max(at + new.len());
                    at / PAGE..(at + new.len()).div_ceil(PAGE)
                }
                Change::Cut(size) => {
                    let before = std::mem::replace(&mut length, *size);
                    size / PAGE..before.div_ceil(PAGE)
                }
            };
            lengths.push(length);
            touched.for_each(|page| pages.entry(page).or_default().push(number));
        }
        let longest = *lengths.iter().max().unwrap();
        bytes.resize(longest.div_ceil(PAGE) * PAGE, 0);
        for (page, numbers) in pages {
            let old = bytes[page * PAGE..(page + 1) * PAGE].to_vec();
            let version = |count: usize| {
                let mut old = old.clone();
                numbers.iter().take(count).for_each(|n| write_page(&mut old, page * PAGE, &self.pending[*n]));
                old
            };
            let newest = numbers.len();
            let new = match roll(dice, 4) {
                // Torn: two versions, mixed by sectors.
                0 => {
                    let first = roll(dice, newest);
                    let (mut mixed, other) = (version(first), version(first + 1 + roll(dice, newest - first)));
                    for at in (0..PAGE).step_by(SECTOR).filter(|_| roll(dice, 2) == 0).collect::<Vec<_>>() {
                        mixed[at..at + SECTOR].copy_from_slice(&other[at..at + SECTOR]);
                    }
                    if keep == 0 { version(0) } else { mixed }
                }
                _ if roll(dice, 10) < keep => version(newest),
                1 => version(roll(dice, newest)),
                _ => version(0),
            };
            bytes[page * PAGE..(page + 1) * PAGE].copy_from_slice(&new);
        }
        let length = if roll(dice, 10) < keep { length } else { lengths[roll(dice, lengths.len())] };
        bytes.truncate(length);
        bytes
    }
}

fn roll(dice: &mut Dice, end: usize) -> usize {
    usize::try_from(dice.below(end as u64)).unwrap()
}

fn apply(names: &mut Names, name: &Name) {
    match name {
        Name::Link(folder, name, node) => {
            names.insert((*folder, name.clone()), *node);
        }
        Name::Unlink(folder, name) => {
            names.remove(&(*folder, name.clone()));
        }
        Name::Rename(from, to) => {
            if let Some(node) = names.remove(from) {
                names.insert(to.clone(), node);
            }
        }
    }
}

fn write(bytes: &mut Vec<u8>, change: &Change) {
    match change {
        Change::Cut(size) => bytes.resize(*size, 0),
        Change::Write(at, new) => {
            if bytes.len() < at + new.len() {
                bytes.resize(at + new.len(), 0);
            }
            bytes[*at..at + new.len()].copy_from_slice(new);
        }
    }
}

/// The part of a change that lies in one page.
fn write_page(page: &mut [u8], begin: usize, change: &Change) {
    match change {
        Change::Cut(size) => page[size.saturating_sub(begin).min(PAGE)..].fill(0),
        Change::Write(at, new) => {
            let (from, to) = ((*at).max(begin), (at + new.len()).min(begin + PAGE));
            if from < to {
                page[from - begin..to - begin].copy_from_slice(&new[from - at..to - at]);
            }
        }
    }
}
