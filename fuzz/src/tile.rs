//! Tile paths and entry bundles, beside the crate `tlog_tiles`.

use peertally::log::Tile;
use peertally::log::tile::{decode_bundle, encode_bundle};
use tlog_tiles::Tile as OtherTile;

/// A path that parses is the tile's one path, stays inside the log, and names the same tile to `tlog_tiles`; what that
/// crate reads, we read. Bytes are a bundle of one width at most, and of that width give the same bytes again.
pub fn check(bytes: &[u8]) {
    if let Ok(path) = std::str::from_utf8(bytes) {
        tile_path(path);
    }
    bundle(&super::texts::raw(bytes));
}

fn tile_path(path: &str) {
    let ours = Tile::parse(path);
    let theirs = other(path);
    assert_eq!(ours.map(parts), theirs.map(|tile| (level(&tile), tile.level_index(), tile.width())));
    let Some(tile) = ours else { return };
    assert_eq!(tile.path(), path);
    assert!(path.split('/').all(|part| !part.is_empty() && part != "." && part != ".."));
    assert!((1..=256).contains(&tile.width) && tile.is_full() == (tile.width == 256));
    assert!(tile.reach() >= tile.range().start && tile.range().end - tile.range().start <= 256);
    assert_eq!(tile.hashes(&[]), None, "an empty log has no tiles");
}

fn parts(tile: Tile) -> (Option<u8>, u64, u32) {
    (tile.level, tile.index, tile.width.into())
}

fn level(tile: &OtherTile) -> Option<u8> {
    (!tile.is_data()).then_some(tile.level())
}

/// The other program's reading. Its paths name the height, which C2SP tlog-tiles fixes at 8, and call entries `data`;
/// levels above 63 and empty tiles make it panic, so it is not asked about them.
fn other(path: &str) -> Option<OtherTile> {
    let (level, rest) = path.strip_prefix("tile/")?.split_once('/')?;
    let level = match level {
        "entries" => "data",
        "data" => return None,
        number => Some(number).filter(|n| n.parse::<u8>().is_ok_and(|n| n <= 63))?,
    };
    let empty = rest.rsplit_once('/').is_some_and(|(_, width)| width.parse() == Ok(0_u32));
    if rest.contains(".p/") && empty { None } else { OtherTile::from_path(&format!("tile/8/{level}/{rest}")).ok() }
}

fn bundle(bytes: &[u8]) {
    let width = entries(bytes);
    for asked in [0, 1, 2, 255, 256].into_iter().chain(width) {
        let decoded = decode_bundle(bytes, asked);
        assert_eq!(decoded.is_some(), Some(asked) == width, "as {asked} entries");
        if let Some(decoded) = decoded {
            let again = encode_bundle(&decoded.into_iter().map(<[u8]>::to_vec).collect::<Vec<_>>());
            assert_eq!(again.as_deref(), Some(bytes));
        }
    }
}

/// How many entries the bytes hold, counted by their lengths.
fn entries(bytes: &[u8]) -> Option<u16> {
    let (mut at, mut count) = (0, 0_u16);
    while at < bytes.len() {
        let length = 256 * usize::from(*bytes.get(at)?) + usize::from(*bytes.get(at + 1)?);
        (at, count) = (at + 2 + length, count.checked_add(1)?);
    }
    (at == bytes.len()).then_some(count)
}
