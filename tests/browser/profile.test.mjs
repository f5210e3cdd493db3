// What a copy of a phone shows: the browser's whole profile folder, searched while it runs and after it has ended, for
// card, receipt, week, categories and counts in every spelling. Each search has a control that must find something.
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { gzipSync } from "node:zlib";

import lz4 from "lz4js";
import snappy from "snappyjs";

import { BROWSERS, newFolder, phone, type, typeTally, until } from "./lib/phone.mjs";
import { programme, receipt as newReceipt, replaced } from "./lib/programme.mjs";
import { sharedOrigin } from "./lib/shared.mjs";
import { near, needles, traces } from "./lib/traces.mjs";

const word = () => Array.from({ length: 10 }, () => String.fromCharCode(97 + Math.floor(Math.random() * 26))).join("");
const four = () => String(3000 + Math.floor(Math.random() * 7000));
/** Categories with names that stand nowhere else, one of each for each tally, and counts of four digits. */
const unique = (text) => {
  const labels = ["en", "fr", "es", "de", "pt", "nl", "ar"].map((code) => `label.${code} = "Here"`).join(", ");
  const list = () => Array.from({ length: 12 }, () => `    { id = "${word()}", ${labels} },\n`).join("");
  const named = text.replace(/^category = \[\n[^\]]*\]/gm, () => `category = [\n${list()}]`);
  const large = replaced(named, /^max_per_tally = .*$/gm, "max_per_tally = 9999");
  return replaced(large, /^cap = .*$/gm, "cap = 9999");
};

let world, front, areas, settings, week;
before(async () => {
  world = await programme({ change: unique, cards: 200 });
  front = await sharedOrigin({ "/": world.url });
  [areas, settings] = world.facts.dimensions.map((dimension) => dimension.categories.map((category) => category.id));
  week = world.facts.open_weeks[1];
  assert.ok([...areas, ...settings].every((id) => /^[a-z]{10}$/.test(id)));
});
after(async () => {
  front?.stop();
  await world?.stop();
});

let turn = 0;
/** A tally like no other in its browser, typed for the week before: this week is chosen by itself. */
const tally = () => ({
  card: world.card(),
  week,
  area: areas[1 + (++turn % (areas.length - 1))],
  setting: settings[1 + (turn % (settings.length - 1))],
  counts: { contacts: four(), syringes_out: four(), naloxone_out: four() },
});

/** What to look for after `tally` was typed. */
function wantedOf(name, { card, receipt, area, setting, counts }) {
  const values = Object.values(counts ?? {});
  const named = { card: ["card", card], area: ["id", area], setting: ["id", setting], receipt: ["receipt", receipt] };
  for (const count of values) named[`count ${count}`] = ["count", count];
  const present = Object.entries(named).filter(([, [, value]]) => value);
  const wanted = needles(Object.fromEntries(present.map(([what, needle]) => [`${name}: ${what}`, needle])));
  return values.length > 1 ? [...wanted, near(`${name}: counts`, values)] : wanted;
}
const weekOf = () => needles({ week: ["id", week] });

/** The bytes that each sealed tally begins with. */
const sealedTo = () => Buffer.from(world.facts.queue_key_id, "hex");

const receiptOf = (page) => page.$eval('input[name="receipt"]', (field) => field.value);
const shown = (page) => until(page, () => document.querySelector("#number"));
const go = (page, path) => page.goto(front.url + path);
/** A tap, and the page that comes of it, whichever way it comes. */
const tap = (page, selector) => page.click(selector);

/** Each way of a form, in a tab of its own that stays open. Gives what was typed. */
const FORMS = {
  "a tally sent": async (page) => {
    const typed = tally();
    await go(page, "/");
    typed.receipt = await receiptOf(page);
    await typeTally(page, typed);
    await tap(page, "#send");
    await shown(page);
    return typed;
  },
  "a slip, put right and sent": async (page) => {
    const typed = tally();
    await go(page, "/");
    typed.receipt = await receiptOf(page);
    await typeTally(page, typed);
    await type(page, '[name="count.contacts"]', "many");
    await tap(page, "#send");
    await until(page, () => document.querySelector("#problems"));
    await type(page, '[name="count.contacts"]', typed.counts.contacts);
    await tap(page, "#send");
    await shown(page);
    return typed;
  },
  "a slip, left as it is": async (page) => {
    const typed = tally();
    await go(page, "/");
    typed.receipt = await receiptOf(page);
    await typeTally(page, typed);
    await type(page, '[name="count.contacts"]', "many");
    await tap(page, "#send");
    await until(page, () => document.querySelector("#problems"));
    return typed;
  },
  "a tally typed, and not sent": async (page) => {
    const typed = tally();
    await go(page, "/");
    typed.receipt = await receiptOf(page);
    await typeTally(page, typed);
    return typed;
  },
  "a correction": async (page) => {
    const typed = { ...tally(), receipt: newReceipt() };
    assert.equal(await world.put(typed.card, typed.receipt, { week, area: areas[0], setting: settings[0], counts: { contacts: 1 } }), 201);
    await go(page, "/correct");
    await typeTally(page, typed);
    await tap(page, "#replace");
    await shown(page);
    return typed;
  },
  "a withdrawal": async (page) => {
    const typed = { card: world.card(), receipt: newReceipt() };
    assert.equal(await world.put(typed.card, typed.receipt, { week, area: areas[0], setting: settings[0], counts: { contacts: 1 } }), 201);
    await go(page, "/correct");
    await typeTally(page, typed);
    await tap(page, "#withdraw");
    await until(page, () => !document.querySelector("#form"));
    return typed;
  },
  practice: async (page) => {
    const typed = tally();
    await go(page, "/practice");
    typed.receipt = await receiptOf(page);
    await typeTally(page, typed);
    await tap(page, "#send");
    await shown(page);
    return typed;
  },
};

/** The form with these switches on. */
async function switchedOn(page, keep) {
  await go(page, "/");
  await until(page, () => !document.querySelector("#device").hidden);
  await page.click("#device > summary");
  for (const name of keep) {
    await page.click(`#keep-${name}`);
    await until(page, async (name) => {
      for (const store of await caches.keys()) {
        const found = await (await caches.open(store)).match(`${location.pathname}kept/options`);
        if (found && (await found.json())[name]) return true;
      }
      return false;
    }, name);
  }
}

/** A tally that waits: the network was away when it was sent. */
async function queued(page) {
  const typed = tally();
  typed.receipt = await receiptOf(page);
  await typeTally(page, typed);
  front.offline = true;
  await tap(page, "#send");
  await until(page, (old) => document.querySelector('[name="receipt"]').value !== old, typed.receipt);
  return typed;
}

const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

/** Runs a browser over a new profile; gives what is found of what `act` says was typed, running and ended. */
async function copied(kind, act) {
  const folder = newFolder();
  const browser = await phone(kind, folder);
  let wanted;
  let running = [];
  try {
    wanted = await act(browser);
    // Longer than it takes a browser to write down its session.
    await pause(4000);
    running = traces(folder, wanted);
  } finally {
    front.offline = false;
    await browser.ended();
  }
  return { folder, wanted, found: [...new Set([...running, ...traces(folder, wanted)])].sort() };
}

for (const kind of BROWSERS) {
  describe(kind, () => {
    for (const scripts of [true, false]) {
      test(`forms leave nothing of what was typed, scripts ${scripts ? "on" : "off"}`, async (context) => {
        const all = {};
        front.scripts = scripts;
        try {
          const { found, folder } = await copied(kind, async (browser) => {
            for (const [name, way] of Object.entries(FORMS)) all[name] = wantedOf(name, await way(await browser.page()));
            return [...Object.values(all).flat(), ...weekOf()];
          });
          // Control: that the site was visited does stand there.
          const site = needles({ site: ["id", new URL(front.url).host] });
          assert.ok(traces(folder, site).length > 0, "nothing was searched");
          for (const name of Object.keys(all)) {
            await context.test(name, () => assert.deepEqual(found.filter((line) => line.startsWith(`${name}: `)), []));
          }
          await context.test("the week", () => assert.deepEqual(found.filter((line) => line.startsWith("week")), []));
        } finally {
          front.scripts = true;
        }
      });
    }

    test("a tally that waits can be read by nobody; nor after it was sent", async () => {
      const { found, folder } = await copied(kind, async (browser) => {
        const page = await browser.page();
        await switchedOn(page, ["queue"]);
        const typed = await queued(page);
        return [...wantedOf("waiting", typed), ...weekOf()];
      });
      assert.deepEqual(found, []);
      // Control: something does wait there, under the key that the page was given.
      const sealed = [{ name: "sealed", forms: [sealedTo()] }];
      assert.ok(traces(folder, sealed).length > 0, "no sealed tally is on the disk");
      // The next day, with a network: it is sent, and no sealed tally is left either.
      const browser = await phone(kind, folder);
      const page = await browser.page();
      await go(page, "/");
      await until(page, () => document.querySelector("#said").textContent.length > 0 && document.querySelector("#queue").hidden);
      await browser.ended();
      assert.deepEqual(traces(folder, sealed), [], "what was sent is still there");
    });

    for (const way of ["clear", "leave"]) {
      for (const network of [true, false]) {
        test(`after “${way}”, ${network ? "with" : "without"} a network, nothing is left of what was switched on`, async () => {
          const { found } = await copied(kind, async (browser) => {
            const page = await browser.page();
            await switchedOn(page, ["card", "queue", "totals"]);
            const sent = tally();
            sent.receipt = await receiptOf(page);
            await typeTally(page, sent);
            await tap(page, "#send");
            await shown(page);
            await go(page, "/");
            const waits = await queued(page);
            await pause(1500);
            for (const kept of [needles({ card: ["card", waits.card] }), [{ name: "sealed", forms: [sealedTo()] }]]) {
              assert.ok(traces(browser.folder, kept).length > 0, "control: it is there before");
            }
            front.offline = !network;
            if (way === "clear") {
              await page.click("#device > summary");
              await page.click("#clear");
              await until(page, () => document.querySelector("#said").textContent.length > 0 && document.querySelector("#queue").hidden);
            } else {
              await page.evaluate(() => document.querySelector("#leave").click());
              for (const end = Date.now() + 10_000; page.url().startsWith(front.url) && Date.now() < end; ) await pause(100);
            }
            // Nor a sealed tally; in Chromium not even that anything was switched on. Firefox's list of a site's
            // files is a database, whose log may keep the name of an entry that is gone: SECURITY.md says so.
            const names = [{ name: "a sealed tally", forms: [sealedTo()] }];
            if (kind === "chromium") names.push({ name: "a kept entry", forms: [Buffer.from("/kept/")] });
            return [...wantedOf("sent", sent), ...wantedOf("waiting", waits), ...weekOf(), ...names];
          });
          assert.deepEqual(found, []);
        });
      }
    }

    test("own totals open with the card alone", async () => {
      const { found } = await copied(kind, async (browser) => {
        const page = await browser.page();
        await switchedOn(page, ["totals"]);
        const typed = tally();
        typed.receipt = await receiptOf(page);
        await typeTally(page, typed);
        await tap(page, "#send");
        await shown(page);
        await go(page, "/");
        return [...wantedOf("sent", typed), ...weekOf()];
      });
      assert.deepEqual(found, []);
    });

    test("a card's link without the code leaves none; by design: a link with it, and a remembered card, leave it", async () => {
      const plain = world.card();
      const [linked, remembered] = [world.card(), world.card()];
      const { found } = await copied(kind, async (browser) => {
        const page = await browser.page(`${front.url}/`);
        await type(page, "#card", plain);
        const link = await browser.page(`${front.url}/#${linked}`);
        await until(link, () => document.querySelector("#card").value && !location.hash);
        const keeper = await browser.page();
        await switchedOn(keeper, ["card"]);
        const typed = { ...tally(), card: remembered };
        await typeTally(keeper, typed);
        await tap(keeper, "#send");
        await shown(keeper);
        return needles({ plain: ["card", plain], linked: ["card", linked], remembered: ["card", remembered] });
      });
      assert.deepEqual(found.filter((line) => line.startsWith("plain")), []);
      assert.ok(found.some((line) => line.startsWith("linked")), "SECURITY.md says that it stays in the history");
      assert.ok(found.some((line) => line.startsWith("remembered")), "SECURITY.md says that it cannot be protected");
      console.log(`${kind}: ${found.join("; ")}`);
    });

    test("control: what other pages leave is found: a form sent the plain way, a field, a title, an address", async () => {
      const page = (body) => `<!doctype html><title>Elsewhere</title>${body}`;
      const form = '<form method="post"><input id="card" name="card"><input name="count.contacts" id="n"><button id="send">Send</button></form>';
      const other = createServer((from, to) => {
        from.resume();
        to.setHeader("Content-Type", "text/html").end(page(from.method === "POST" ? "<p id=done>Done" : form));
      });
      await new Promise((done) => other.listen(0, "127.0.0.1", done));
      try {
        const address = `http://127.0.0.1:${other.address().port}/`;
        const [sent, typed, titled, count] = [world.card(), world.card(), world.card(), four()];
        const { found } = await copied(kind, async (browser) => {
          const page = await browser.page(address);
          await type(page, "#card", sent);
          await type(page, "#n", count);
          await page.click("#send");
          await until(page, () => document.querySelector("#done"));
          const field = await browser.page(address);
          await type(field, "#card", typed);
          await type(field, "#n", count);
          const title = await browser.page(address);
          await title.evaluate((text) => (document.title = text), titled);
          await browser.page(`${address}?x=${four()}`);
          return needles({ sent: ["card", sent], typed: ["card", typed], titled: ["card", titled], count: ["count", count] });
        });
        console.log(`${kind}: ${found.join("; ")}`);
        for (const name of ["sent", "typed", "titled", "count"]) assert.ok(found.some((line) => line.startsWith(name)), `${name} was not found: ${found}`);
      } finally {
        other.closeAllConnections();
        other.close();
      }
    });

    test("control: the browser's databases keep what was deleted, or the reason to avoid them is gone", async (context) => {
      const card = world.card();
      const { found } = await copied(kind, async (browser) => {
        const page = await browser.page(`${front.url}/help`);
        await page.evaluate(async (card) => {
          localStorage.setItem("card", card);
          await new Promise((done) => setTimeout(done, 6000));
          localStorage.removeItem("card");
        }, card);
        return needles({ deleted: ["card", card] });
      });
      context.diagnostic(`${kind}: ${found.join("; ") || "not found"}`);
      if (kind === "chromium") assert.ok(found.length > 0, "local storage could be used again");
    });
  });
}

test("control: the search finds every spelling, and looks into what is packed", () => {
  const folder = mkdtempSync(join(process.env.PEERTALLY_WORK ?? tmpdir(), "planted-"));
  const card = world.card();
  const all = card.replaceAll("-", "");
  const packed = (bytes) => {
    const out = Buffer.alloc(lz4.compressBound(bytes.length));
    const size = lz4.compressBlock(bytes, out, 0, bytes.length, new Uint32Array(65536));
    const head = Buffer.alloc(12);
    head.write("mozLz40\0", "latin1");
    head.writeUInt32LE(bytes.length, 8);
    return Buffer.concat([head, out.subarray(0, size)]);
  };
  const twice = Buffer.from(`${"some words that stand here often, ".repeat(20)}${all}`);
  const plants = {
    plain: card,
    lower: all.toLowerCase(),
    token: all.slice(0, 19),
    encoded: card.replaceAll("-", "%20"),
    wide: Buffer.from(card, "utf16le"),
    base64: Buffer.from(Buffer.from(`x${card}`).toString("base64")),
    gzip: Buffer.concat([Buffer.from("head"), gzipSync(twice)]),
    "lz4.jsonlz4": packed(twice),
    "table.ldb": Buffer.concat([Buffer.from("head"), Buffer.from(snappy.compress(twice)), Buffer.from("tail")]),
    [`name ${all}`]: "nothing",
  };
  mkdirSync(join(folder, "deep"));
  for (const [name, text] of Object.entries(plants)) writeFileSync(join(folder, "deep", name), text);
  const found = traces(folder, needles({ card: ["card", card] }));
  assert.deepEqual(found, Object.keys(plants).map((name) => `card in deep/${name}`).sort());
  // Nothing of another card; a count only where it stands whole, or two of them close together.
  assert.deepEqual(traces(folder, needles({ card: ["card", world.card()] })), []);
  for (const [text, is] of [["x=4711&", true], ["x=47110&", false], ['"4711"', true], ["4711", false], ["4711 and 8150", true], [`4711${" ".repeat(300)}8150`, false]]) {
    writeFileSync(join(folder, "deep", "count"), text);
    const counts = traces(folder, [...needles({ count: ["count", "4711"] }), near("counts", ["4711", "8150"])]);
    assert.equal(counts.length > 0, is, text);
  }
  rmSync(folder, { recursive: true });
});
