// A text that is compared with a file of the repository. UPDATE=1 writes it anew, to be read before it is committed.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";

export function matches(name, text) {
  const file = new URL(`../snapshots/${name}`, import.meta.url);
  const plain = `${masked(text).trimEnd()}\n`;
  if (process.env.UPDATE) writeFileSync(file, plain);
  assert.equal(plain, readFileSync(file, "utf8"), `${name} has changed; if that is meant, UPDATE=1 tests/scripts/browser`);
}

/** Weeks, receipts and cards are others each time. */
const masked = (text) =>
  text
    .replace(/\d{4}-W\d\d/g, "YEAR-WEEK")
    .replace(/\b\d{16}\b|\b\d{4}( \d{4}){3}\b/g, "RECEIPT")
    // An answer stands one step below the root, and its links lead to the same places as the form's.
    .replace(/\/url: (?:https?:\/\/[^/\s]+\/|\.\.\/)(\.\/)?/g, "/url: ./")
    .replace(/\/url: \.\/(?=[a-z])/g, "/url: ")
    .replace(/\b[0-9A-Z]{5}(-[0-9A-Z]{5}){3}\b/g, "CARD");
