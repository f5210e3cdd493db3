// Looks through every file of a folder for values, as somebody would who copied a phone: as they are, in other
// spellings, in UTF-16, base64 and hex, and inside what browsers pack (gzip, LZ4 with Firefox's head, snappy).
import { readFileSync, readdirSync } from "node:fs";
import { join, relative } from "node:path";
import { constants, gunzipSync } from "node:zlib";

import lz4 from "lz4js";

const utf16 = (text) => Buffer.from(text, "utf16le");
/** What a text looks like inside base64, wherever it begins: the part that does not depend on what is around it. */
const inBase64 = (text) =>
  [0, 1, 2].map((before) => {
    const whole = Buffer.concat([Buffer.alloc(before), Buffer.from(text)]);
    return whole.toString("base64").slice(Math.ceil((before * 8) / 6), Math.floor((whole.length * 8) / 6));
  });

/** A text in every form that is looked for. */
function forms(text) {
  const bytes = [Buffer.from(text), utf16(text), Buffer.from(Buffer.from(text).toString("hex"))];
  if (text.length >= 8) bytes.push(...inBase64(text).map((part) => Buffer.from(part)));
  return bytes;
}

/** A card in every spelling; a receipt; a count where it stands as a value. */
export const spellings = {
  card: (card) => {
    const [groups, all] = [card.split("-"), card.replaceAll("-", "")];
    const spelt = [...["-", " ", "+", "%20", "%2D"].map((between) => groups.join(between)), all, all.slice(0, 19)];
    return spelt.flatMap((text) => [text, text.toLowerCase()]);
  },
  receipt: (receipt) => ["", " ", "-", "+", "%20", "\u00a0", "\u202f"].map((between) => receipt.match(/.{4}/g).join(between)),
  id: (id) => [id],
  count: (count) => [`=${count}`, `%3D${count}`, `"${count}"`],
};

/** Named values to look for: `{ name: [kind, value] }`. */
export const needles = (named) =>
  Object.entries(named).map(([name, [kind, value]]) => ({ name, whole: kind === "count", forms: spellings[kind](value).flatMap(forms) }));

const isDigit = (byte) => byte >= 48 && byte <= 57;
/** Whether the bytes stand there; a whole number is not the beginning of a longer one. */
function stands(bytes, form, whole) {
  for (let at = bytes.indexOf(form); at >= 0; at = bytes.indexOf(form, at + 1)) {
    if (!whole || !isDigit(bytes[at + form.length])) return true;
  }
  return false;
}

/** Counts have four digits, which stand anywhere by chance: also two of them close together are found. */
const NEAR = 120;
export const near = (name, counts) => ({ name, counts: counts.map((count) => Buffer.from(count)) });

function isNear(bytes, counts) {
  const places = counts.map((count) => {
    const found = [];
    for (let at = bytes.indexOf(count); at >= 0; at = bytes.indexOf(count, at + 1)) found.push(at);
    return found;
  });
  return places.some((these, i) => places.some((those, j) => j > i && these.some((a) => those.some((b) => Math.abs(a - b) < NEAR))));
}

/** Snappy from `start` on, as far as it can be read; nothing if it is plainly none. */
export function unsnappy(bytes, start) {
  let [at, length, shift] = [start, 0, 0];
  for (;;) {
    const byte = bytes[at++];
    if (byte === undefined || shift > 21) return undefined;
    length |= (byte & 127) << shift;
    shift += 7;
    if (byte < 128) break;
  }
  if (length < 16 || length > 1 << 20) return undefined;
  const out = Buffer.alloc(length);
  let to = 0;
  while (to < length && at < bytes.length) {
    const tag = bytes[at++];
    if ((tag & 3) === 0) {
      let size = (tag >> 2) + 1;
      if (size > 60) {
        const more = size - 60;
        if (at + more > bytes.length) break;
        size = bytes.readUIntLE(at, more) + 1;
        at += more;
      }
      if (to + size > length || at + size > bytes.length) break;
      bytes.copy(out, to, at, at + size);
      [at, to] = [at + size, to + size];
    } else {
      const wide = tag & 3;
      let [size, back] = [(tag >> 2) + 1, 0];
      if (wide === 1) {
        size = ((tag >> 2) & 7) + 4;
        back = ((tag >> 5) << 8) | (bytes[at++] ?? 0);
      } else {
        const width = wide === 2 ? 2 : 4;
        if (at + width > bytes.length) break;
        back = bytes.readUIntLE(at, width);
        at += width;
      }
      if (back === 0 || back > to || to + size > length) break;
      for (let n = 0; n < size; n++, to++) out[to] = out[to - back];
    }
  }
  // Too little came out: these bytes are something else.
  return to >= Math.min(length, 32) ? out.subarray(0, to) : undefined;
}

const MOZ_LZ4 = Buffer.from("mozLz40\0");
const SNAPPY_FRAMES = Buffer.from([0xff, 6, 0, 0, ...Buffer.from("sNaPpY")]);
/** Files in which snappy may begin anywhere: tables of LevelDB, and Firefox's databases of sites. */
const MAY_HOLD_SNAPPY = /\.(ldb|sst)$|storage[/\\]default[/\\].*\.sqlite/;

/** A file's bytes and whatever is packed in it. */
function* layers(name, bytes) {
  yield bytes;
  if (bytes.subarray(0, 8).equals(MOZ_LZ4)) {
    const out = Buffer.alloc(bytes.readUInt32LE(8));
    lz4.decompressBlock(bytes, out, 12, bytes.length - 12, 0);
    yield out;
  }
  for (let at = bytes.indexOf("\x1f\x8b\x08", 0, "latin1"); at >= 0; at = bytes.indexOf("\x1f\x8b\x08", at + 1, "latin1")) {
    try {
      yield gunzipSync(bytes.subarray(at), { finishFlush: constants.Z_SYNC_FLUSH });
    } catch {
      // Not the head of anything.
    }
  }
  if (bytes.subarray(0, 10).equals(SNAPPY_FRAMES)) {
    const parts = [];
    for (let at = 0; at + 4 <= bytes.length; ) {
      const size = bytes.readUIntLE(at + 1, 3);
      if (bytes[at] === 0) parts.push(unsnappy(bytes.subarray(0, at + 4 + size), at + 8) ?? Buffer.alloc(0));
      if (bytes[at] === 1) parts.push(bytes.subarray(at + 8, at + 4 + size));
      at += 4 + size;
    }
    yield Buffer.concat(parts);
  } else if (MAY_HOLD_SNAPPY.test(name) && bytes.length < 4 << 20) {
    for (let at = 0; at < bytes.length; at++) {
      const out = unsnappy(bytes, at);
      if (out) yield out;
    }
  }
}

/** Which of `wanted` are in which files: `["card in Default/History", …]`. */
export function traces(folder, wanted) {
  const found = new Set();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath ?? entry.path, entry.name);
    const name = relative(folder, path);
    const here = (bytes) => {
      for (const { name: what, forms, whole, counts } of wanted) {
        // Firefox's own settings, megabytes of digits that no page writes: three numbers stand near each other by chance.
        if (counts && name.startsWith(join("storage", "permanent", "chrome"))) continue;
        const is = forms ? forms.some((form) => stands(bytes, form, whole)) : isNear(bytes, counts);
        if (is) found.add(`${what} in ${name}`);
      }
    };
    here(Buffer.from(entry.name));
    if (!entry.isFile()) continue;
    let bytes;
    try {
      bytes = readFileSync(path);
    } catch {
      // Gone while it was looked for, as in a browser that runs.
      continue;
    }
    for (const layer of layers(name, bytes)) here(layer);
  }
  return [...found].sort();
}
