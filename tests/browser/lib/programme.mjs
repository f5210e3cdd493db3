// A programme of its own for one test file: DATA, cards, a running service on a port of loopback.
import { execFileSync, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), "../../..");
const PROGRAM = resolve(ROOT, process.env.PEERTALLY_PROGRAM ?? "target/release/peertally");
const WORK = process.env.PEERTALLY_WORK ?? tmpdir();

/** Where "leave this page" goes in the tests: a host that only `lib/outside.mjs` answers for. */
export const EXIT = "https://exit.example/";

/**
 * Makes DATA and starts the service.
 * `change(text)` may edit the shipped programme file; `published` adds two published quarters.
 */
export async function programme({ change = (text) => text, published = false, cards = 24 } = {}) {
  const work = mkdtempSync(join(WORK, "programme-"));
  const data = join(work, "data");
  const cli = (...args) => execFileSync(PROGRAM, [...args, "--data", data], { encoding: "utf8", stdio: "pipe" });
  const shipped = readFileSync(join(ROOT, "config/programme.toml"), "utf8");
  const own = change(replaced(shipped, /^exit = .*$/m, `exit = "${EXIT}"`));
  writeFileSync(join(work, "programme.toml"), own);
  cli("init", "--config", join(work, "programme.toml"));
  if (published) {
    for (const period of ["2025-Q1", "2025-Q2"]) {
      cli("period", "open", period);
      if (period === "2025-Q1") cli("import", join(ROOT, "tests/data/outreach-40.csv"));
      cli("close", period);
    }
  }
  const codes = join(work, "cards.codes");
  cli("cards", "issue", "--count", String(cards), "--url", "https://notes.example.org/", "--out", join(work, "cards.html"), "--codes", codes);
  const service = await serve(data);
  const deck = readFileSync(codes, "utf8").trim().split("\n");
  const get = async (path) => (await fetch(service.url + path)).json();
  let facts = await get("/v1/programme");
  if (facts.open_weeks.length < 3) {
    // A quarter has just begun: the weeks before are those of one that a new programme has not opened.
    const periods = new Set([1, 2].map((back) => periodOf(facts.open_weeks[0], back)));
    periods.delete(periodOf(facts.open_weeks[0], 0));
    for (const period of periods) cli("period", "open", period);
    facts = await get("/v1/programme");
  }
  return {
    ...service,
    work,
    data,
    cli,
    /** A card that no other test of this file uses. */
    card: () => deck.shift() ?? fail("the deck is used up: ask for more cards"),
    facts,
    get,
    put: (card, receipt, tally) => send(service.url, "PUT", card, receipt, tally),
    remove: (card, receipt) => send(service.url, "DELETE", card, receipt),
    /** A digest of every byte in the store. */
    storeBytes: () => digest(join(data, "store")),
    stop: service.stop,
  };
}

/** The quarter of the week that lies `back` weeks before: that of its Thursday. */
function periodOf(week, back) {
  const [year, number] = week.split("-W").map(Number);
  const fourth = new Date(Date.UTC(year, 0, 4));
  const thursday = new Date(fourth.getTime() + ((number - 1 - back) * 7 + 3 - ((fourth.getUTCDay() + 6) % 7)) * 86_400_000);
  return `${thursday.getUTCFullYear()}-Q${Math.floor(thursday.getUTCMonth() / 3) + 1}`;
}

async function send(url, method, card, receipt, tally) {
  const headers = { Authorization: `Bearer ${card}`, "Content-Type": "application/json" };
  const body = tally && JSON.stringify(tally);
  return (await fetch(`${url}/v1/tallies/${receipt}`, { method, headers, body })).status;
}

/** How many new tallies the card has sent within the hour, for whichever weeks: fills it up by tallies of `week`, and counts what still went in. */
export async function sentWith(world, card, week) {
  const limit = world.facts.limits.tallies_per_hour;
  for (let used = 0; used <= limit; used++) {
    const status = await world.put(card, receipt(), tallyOf(world.facts, week));
    if (status === 429) return limit - used;
    if (status !== 201) fail(`a made-up tally was answered with ${status}`);
  }
  return fail("the hour never fills up");
}

export const tallyOf = (facts, week) => ({
  week,
  ...Object.fromEntries(facts.dimensions.map((d) => [d.id, d.categories[0].id])),
  counts: { [facts.measures[0].id]: 1 },
});

/** A new receipt: 15 random digits and Damm's check digit. */
export function receipt() {
  const table = [
    "0317598642", "7092154863", "4206871359", "1750983426", "6123045978",
    "3674209581", "5869720134", "8945362017", "9438617205", "2581436790",
  ];
  const digits = Array.from({ length: 15 }, () => Math.floor(Math.random() * 10));
  const check = digits.reduce((interim, digit) => Number(table[interim][digit]), 0);
  return digits.join("") + check;
}

async function serve(data) {
  const child = spawn(PROGRAM, ["serve", "--data", data, "--listen", "127.0.0.1:0"], { stdio: ["ignore", "pipe", "pipe"] });
  // The script that runs the tests ends what is left over.
  const mark = join(WORK, `running-${child.pid}`);
  if (process.env.PEERTALLY_WORK) writeFileSync(mark, "");
  let log = "";
  child.stderr.on("data", (bytes) => (log += bytes));
  const ended = new Promise((done) => child.on("exit", done));
  const url = await new Promise((done, broken) => {
    let text = "";
    child.stdout.on("data", (bytes) => {
      text += bytes;
      const found = /listening on (http:\S+)/.exec(text);
      if (found) done(found[1]);
    });
    child.on("exit", () => broken(new Error(`the service did not start: ${log}`)));
  });
  const stop = async () => {
    child.kill();
    await ended;
    rmSync(mark, { force: true });
  };
  return { url, stop };
}

function digest(folder) {
  const hash = createHash("sha256");
  const names = readdirSync(folder, { recursive: true, withFileTypes: true });
  for (const file of names.filter((f) => f.isFile()).map((f) => join(f.parentPath ?? f.path, f.name)).sort()) {
    hash.update(file).update("\0").update(readFileSync(file));
  }
  return hash.digest("hex");
}

export function replaced(text, pattern, by) {
  if (!pattern.test(text)) fail(`the programme file has no ${pattern}`);
  return text.replace(pattern, by);
}

export function fail(reason) {
  throw new Error(reason);
}
