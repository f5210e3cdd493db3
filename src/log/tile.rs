//! Tiles and entry bundles (C2SP tlog-tiles): their paths and their bytes.
//!
//! Guarantee: [`Tile::parse`] accepts only the path that [`Tile::path`] gives,
//! so a request's path that parses never leaves the log's folder.
//! Non-guarantee: a tile that parses need not exist.

use crate::crypto::digest::Digest;

use super::merkle;

/// Hashes or entries in a full tile.
pub const TILE_WIDTH: u64 = 256;
/// Highest level a path may name.
const MAX_LEVEL: u8 = 63;
/// Longest entry, in bytes: its length is written in two.
pub const MAX_ENTRY: usize = u16::MAX as usize;

/// One file under `tile/`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Tile {
    /// Level of the hashes; `None` for a bundle of entries.
    pub level: Option<u8>,
    /// Position within the level.
    pub index: u64,
    /// Hashes or entries in it, 1 to 256; below 256 the tile is partial.
    pub width: u16,
}

impl Tile {
    /// Path inside the log's folder, such as `tile/0/x001/234.p/5`.
    #[must_use]
    pub fn path(&self) -> String {
        let mut index = format!("{:03}", self.index % 1000);
        let mut rest = self.index / 1000;
        while rest > 0 {
            index = format!("x{:03}/{index}", rest % 1000);
            rest /= 1000;
        }
        let level = self.level.map_or_else(|| "entries".to_owned(), |level| level.to_string());
        let part = if self.is_full() { String::new() } else { format!(".p/{}", self.width) };
        format!("tile/{level}/{index}{part}")
    }

    /// The tile of a path; `None` for every other spelling.
    #[must_use]
    pub fn parse(path: &str) -> Option<Self> {
        let (level, rest) = path.strip_prefix("tile/")?.split_once('/')?;
        let level = if level == "entries" { None } else { Some(level.parse::<u8>().ok()?) };
        let (index, width) = match rest.split_once(".p/") {
            Some((index, width)) => (index, width.parse::<u16>().ok()?),
            None => (rest, 256),
        };
        let mut number = 0_u64;
        for part in index.split('/') {
            let digits = part.strip_prefix('x').unwrap_or(part);
            number = number.checked_mul(1000)?.checked_add(digits.parse().ok()?)?;
        }
        let tile = Self { level, index: number, width };
        let valid = level.is_none_or(|level| level <= MAX_LEVEL) && (1..=256).contains(&width);
        (valid && tile.path() == path).then_some(tile)
    }

    /// Whether it holds all 256.
    #[must_use]
    pub fn is_full(&self) -> bool {
        u64::from(self.width) == TILE_WIDTH
    }

    /// Every tile of a log of `size` entries, bundles first, then level by level.
    #[must_use]
    pub fn all(size: u64) -> Vec<Self> {
        let mut tiles = Self::of_level(None, size);
        let (mut level, mut hashes) = (0, size);
        while hashes > 0 {
            tiles.extend(Self::of_level(Some(level), hashes));
            (level, hashes) = (level + 1, hashes / TILE_WIDTH);
        }
        tiles
    }

    /// The bytes of this hash tile over `leaves`; `None` for a bundle, and where the log is shorter.
    #[must_use]
    pub fn hashes(&self, leaves: &[Digest]) -> Option<Vec<u8>> {
        let each = usize::try_from(TILE_WIDTH.checked_pow(u32::from(self.level?))?).ok()?;
        let first = usize::try_from(self.index.checked_mul(TILE_WIDTH)?).ok()?;
        let mut bytes = Vec::with_capacity(usize::from(self.width) * 32);
        for n in first..first.checked_add(usize::from(self.width))? {
            let start = n.checked_mul(each)?;
            let leaves = leaves.get(start..start.checked_add(each)?)?;
            bytes.extend_from_slice(merkle::root(leaves).as_bytes());
        }
        Some(bytes)
    }

    /// The range of hashes within the level, or of entries, that it holds.
    #[must_use]
    pub fn range(&self) -> std::ops::Range<u64> {
        let start = self.index.saturating_mul(TILE_WIDTH);
        start..start.saturating_add(u64::from(self.width))
    }

    /// Entries that a log must have for this tile to exist.
    #[must_use]
    pub fn reach(&self) -> u64 {
        let each = TILE_WIDTH.saturating_pow(u32::from(self.level.unwrap_or(0)));
        self.range().end.saturating_mul(each)
    }

    fn of_level(level: Option<u8>, count: u64) -> Vec<Self> {
        let full = (0..count / TILE_WIDTH).map(|index| Self { level, index, width: 256 });
        let width = u16::try_from(count % TILE_WIDTH).unwrap_or(0);
        let partial = (width > 0).then_some(Self { level, index: count / TILE_WIDTH, width });
        full.chain(partial).collect()
    }
}

/// The bytes of an entry bundle; `None` if an entry is longer than [`MAX_ENTRY`].
#[must_use]
pub fn encode_bundle(entries: &[Vec<u8>]) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    for entry in entries {
        bytes.extend_from_slice(&u16::try_from(entry.len()).ok()?.to_be_bytes());
        bytes.extend_from_slice(entry);
    }
    Some(bytes)
}

/// The entries of a bundle of exactly `width`; `None` if the bytes do not fit.
#[must_use]
pub fn decode_bundle(mut bytes: &[u8], width: u16) -> Option<Vec<&[u8]>> {
    let mut entries = Vec::with_capacity(usize::from(width));
    for _ in 0..width {
        let (length, rest) = bytes.split_first_chunk::<2>()?;
        let (entry, rest) = rest.split_at_checked(usize::from(u16::from_be_bytes(*length)))?;
        entries.push(entry);
        bytes = rest;
    }
    bytes.is_empty().then_some(entries)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_the_standards() {
        for (level, index, width, path) in [
            (Some(0), 0, 256, "tile/0/000"),
            (Some(63), 1_234_067, 255, "tile/63/x001/x234/067.p/255"),
            (None, 1000, 1, "tile/entries/x001/000.p/1"),
            (Some(1), u64::MAX, 256, "tile/1/x018/x446/x744/x073/x709/x551/615"),
        ] {
            let tile = Tile { level, index, width };
            assert_eq!(tile.path(), path);
            assert_eq!(Tile::parse(path), Some(tile));
        }
    }

    #[test]
    fn other_spellings_are_refused() {
        for path in [
            "",
            "checkpoint",
            "tile/0",
            "tile/0/",
            "tile/0/0",
            "tile/0/0000",
            "tile/0/x000/000",
            "tile/0/001/000",
            "tile/0/x001",
            "tile/00/000",
            "tile/+0/000",
            "tile/64/000",
            "tile/data/000",
            "tile/0/000.p/0",
            "tile/0/000.p/256",
            "tile/0/000.p/01",
            "tile/0/000.p/+1",
            "tile/0/000.p/1/",
            "tile/0/000.p",
            "tile/0/000.tmp",
            "tile/0/../../../log.key",
            "/tile/0/000",
            "tile/0/x018/x446/x744/x073/x709/x551/616",
            "tile/0/-01",
            "tile/0/٠٠٠",
        ] {
            assert_eq!(Tile::parse(path), None, "{path}");
        }
    }

    #[test]
    fn a_log_has_the_tiles_of_the_standards_example() {
        let tiles = Tile::all(70_000);
        let count = |level, width| tiles.iter().filter(|t| t.level == level && t.width == width).count();
        assert_eq!((count(None, 256), count(None, 112)), (273, 1));
        assert_eq!((count(Some(0), 256), count(Some(0), 112)), (273, 1));
        assert_eq!((count(Some(1), 256), count(Some(1), 17), count(Some(2), 1)), (1, 1, 1));
        assert_eq!(tiles.len(), 551);
        assert_eq!(Tile::all(0), []);
    }

    #[test]
    fn bundles_have_one_form() {
        let entries = vec![b"one".to_vec(), Vec::new(), vec![b'x'; MAX_ENTRY]];
        let bytes = encode_bundle(&entries).unwrap();
        assert_eq!(decode_bundle(&bytes, 3).unwrap(), entries);
        assert_eq!((decode_bundle(&bytes, 2), decode_bundle(&bytes, 4)), (None, None));
        assert_eq!(decode_bundle(&bytes[..bytes.len() - 1], 3), None);
        assert_eq!(encode_bundle(&[vec![0; MAX_ENTRY + 1]]), None);
    }
}
