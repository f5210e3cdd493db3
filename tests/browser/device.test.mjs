// What a phone may keep, only when its owner says so: unsent tallies, the card, own totals. Each tally that waited is
// stored once, whatever happens on the way, and none goes before it was tried. What a copy of the phone's disk shows:
// profile.test.mjs.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { browser } from "./lib/browser.mjs";
import { asTally, field, fill, hidden, send, shownReceipt, typed } from "./lib/form.mjs";
import { SEALED, bytesOf, everythingKept, waitingIn } from "./lib/kept.mjs";
import { programme, receipt, replaced, sentWith } from "./lib/programme.mjs";
import { sharedOrigin } from "./lib/shared.mjs";

const DAY = 24 * 60 * 60 * 1000;
const quota = (text) => replaced(text, /^tallies_per_hour = .*$/m, "tallies_per_hour = 6");
let world, other, chrome, week;
before(async () => {
  world = await programme({ change: quota, cards: 60 });
  other = await programme({ change: quota });
  chrome = await browser();
  [week] = world.facts.open_weeks;
});
after(async () => {
  await chrome?.close();
  await world?.stop();
  await other?.stop();
});

async function open({ keep = [], lang = "en", url = world.url } = {}) {
  const page = await chrome.open();
  await page.goto(`${url}/?lang=${lang}`);
  await page.locator("#device:not([hidden])").waitFor({ state: "attached" });
  if (keep.length > 0) await page.click("#device > summary");
  for (const name of keep) {
    await page.check(`#keep-${name}`);
    await keptIs(page, (kept) => kept.some((entry) => entry.name === "options" && JSON.parse(bytesOf(entry))[name]));
  }
  return page;
}

/** Waits until what the phone keeps is so. */
async function keptIs(page, so) {
  for (const end = Date.now() + 10_000; Date.now() < end; await page.waitForTimeout(20)) {
    if (so(await everythingKept(page))) return;
  }
  assert.fail(`never: ${so}: ${JSON.stringify(await everythingKept(page)).slice(0, 500)}`);
}
const nothingKept = (page) => keptIs(page, (kept) => kept.length === 0);

const said = (page, words) => page.waitForFunction((words) => document.querySelector("#said").textContent.includes(words), words);
const wordsOf = (page, name) => page.evaluate((name) => document.querySelector("#words").dataset[name], name);
const tally = (n, more = {}) => ({ week, area: "north", setting: "van", counts: { contacts: String(n) }, ...more });
const waitingIs = (page, words) => page.waitForFunction((words) => document.querySelector("#queue").innerText.includes(words), words);
const nothingWaits = (page) => page.waitForFunction(() => document.querySelector("#queue").hidden);
const offline = (page, off = true) => page.context().setOffline(off);

/** Tallies tapped away without a network; gives their receipts. */
async function queued(page, card, tallies) {
  const receipts = [];
  for (const one of tallies) {
    receipts.push(await hidden(page));
    await fill(page, { card, ...one });
    await send(page);
    await page.waitForFunction((old) => document.querySelector('[name="receipt"]').value !== old, receipts.at(-1));
  }
  return receipts;
}

/** Answers what is sent to `path` by POST in the service's place, or hinders it. */
const cut = (page, path, act) =>
  page.route(`${world.url}${path}`, (route) => (route.request().method() === "POST" ? act(route) : route.continue()));
const uncut = (page) => page.unrouteAll({ behavior: "wait" });

test("without the switch nothing is kept, and what was typed stays in the form", async () => {
  const [page, card] = [await open(), world.card()];
  await offline(page);
  const number = await hidden(page);
  await fill(page, { card, ...tally(4) });
  const before = await typed(page);
  await send(page);
  await said(page, "no connection");
  assert.deepEqual(await typed(page), before);
  assert.deepEqual(await everythingKept(page), []);
  await offline(page, false);
  await send(page);
  assert.equal(await shownReceipt(page), number);
  assert.equal(await sentWith(world, card, week), 1);
});

test("three tallies wait; the network comes back; each is stored once", async () => {
  const [page, card] = [await open({ keep: ["queue"] }), world.card()];
  await offline(page);
  const tallies = [tally(1), tally(2), tally(3)];
  const receipts = await queued(page, card, tallies);
  await waitingIs(page, "3");
  assert.equal(await page.inputValue(field("contacts")), "", "each leaves an empty form");

  // Three sealed tallies of one width, the switches, and nothing else: no card, receipt, week, count or time.
  const kept = await everythingKept(page);
  const waiting = waitingIn(kept);
  assert.deepEqual(waiting.map((entry) => bytesOf(entry).length), [SEALED, SEALED, SEALED]);
  assert.equal(new Set(waiting.map((entry) => bytesOf(entry).subarray(0, 8).toString("hex"))).size, 1, "one key");
  assert.deepEqual(kept.filter((entry) => !waiting.includes(entry)).map((entry) => [entry.name, String(bytesOf(entry))]), [["options", '{"queue":true}']]);
  assert.ok(waiting.every((entry) => /^q[0-9a-f]{32}$/.test(entry.name)));
  const all = kept.map((entry) => entry.store + entry.name + bytesOf(entry).toString("latin1")).join("\n");
  for (const secret of [card, card.replaceAll("-", ""), "north", "van", week, ...receipts]) assert.ok(!all.includes(secret), secret);

  await offline(page, false);
  await nothingWaits(page);
  for (const [n, number] of receipts.entries()) assert.equal(await world.put(card, number, asTally(tallies[n])), 200);
  assert.equal(await sentWith(world, card, week), 3);
});

test("two tabs send what waits at the same time; each is stored once", async () => {
  const [page, card] = [await open({ keep: ["queue"] }), world.card()];
  await offline(page);
  await queued(page, card, [tally(1), tally(2)]);
  await offline(page, false);
  const second = await page.context().newPage();
  await second.goto(`${world.url}/`);
  for (const tab of [page, second]) await tab.evaluate(() => dispatchEvent(new Event("online")));
  for (const tab of [page, second]) await nothingWaits(tab);
  assert.equal(await sentWith(world, card, week), 2);
});

for (const [name, change, times] of [
  ["an answer that is lost on the way: sent again, stored once", (body) => body, 1],
  ["control: with another receipt it would be there twice", (body) => body.replace(/receipt=\d+/, `receipt=${receipt()}`), 2],
]) {
  test(name, async () => {
    const [page, card] = [await open({ keep: ["queue"] }), world.card()];
    await cut(page, "/", async (route) => {
      const arrived = await route.fetch({ postData: change(route.request().postData()), maxRedirects: 0 });
      assert.ok(arrived.status() < 400, String(arrived.status()));
      return route.abort();
    });
    await queued(page, card, [tally(5)]);
    // Nor does the answer to the sealed one arrive, at first.
    await uncut(page);
    let lost = 0;
    await cut(page, "/v1/sealed", async (route) => {
      lost = (await route.fetch()).status();
      return route.abort();
    });
    await page.click("#queue button >> nth=0");
    for (const end = Date.now() + 10_000; !lost && Date.now() < end; ) await page.waitForTimeout(20);
    assert.equal(lost, times === 1 ? 200 : 201);
    await waitingIs(page, "1");
    await uncut(page);
    await page.click("#queue button >> nth=0");
    await nothingWaits(page);
    assert.equal(await sentWith(world, card, week), times);
  });
}

test("what waits is sent when the page is opened again, and may be deleted instead", async () => {
  const [page, card] = [await open({ keep: ["queue"] }), world.card()];
  await offline(page);
  await queued(page, card, [tally(5)]);
  await offline(page, false);
  await page.goto(`${world.url}/`);
  await said(page, "has been sent");
  await offline(page);
  await queued(page, card, [tally(6)]);
  await page.click("#queue button >> nth=1");
  await nothingWaits(page);
  await offline(page, false);
  await page.goto(`${world.url}/`);
  assert.equal(await sentWith(world, card, week), 1, "the deleted one was not sent");
});

for (const [words, days] of [["eight days ahead", 8], ["ten years behind", -3650]]) {
  test(`a clock that is ${words} deletes nothing`, async () => {
    const [page, card] = [await open({ keep: ["queue"], lang: "fr" }), world.card()];
    await offline(page);
    await queued(page, card, [tally(5)]);
    // A later visit, on the same phone.
    const later = await page.context().newPage();
    await page.close();
    await offline(later, false);
    await later.clock.install({ time: Date.now() + days * DAY });
    await later.goto(`${world.url}/?lang=fr`);
    await said(later, await wordsOf(later, "sent"));
    await nothingWaits(later);
    assert.equal(await sentWith(world, card, week), 1);
  });
}

test("one that is refused is told, in the page's language, and goes by its owner's hand only", async () => {
  const page = await open({ keep: ["queue"], lang: "ar" });
  await offline(page);
  await queued(page, other.card(), [tally(5)]);
  await offline(page, false);
  const words = await wordsOf(page, "refused");
  for (const _ of [1, 2]) {
    await waitingIs(page, words);
    assert.ok(/[\u0600-\u06FF]/.test(words) && !/[A-Za-z]{4,}/.test(await page.locator("#queue").innerText()), words);
    assert.equal(waitingIn(await everythingKept(page)).length, 1);
    await page.reload();
  }
  await waitingIs(page, words);
  await page.click("#queue button");
  await nothingWaits(page);
  assert.deepEqual(waitingIn(await everythingKept(page)), []);
});

const ours = { "Log-Key": "" };
for (const [what, status, headers, words] of [
  ["a key that is gone is told", 410, ours, "gone"],
  ["an hour's limit", 429, ours],
  ["a service that cannot store", 503, ours],
  ["a front that says yes in the service's place", 201, {}],
  ["a portal that answers everything with its own page", 200, {}],
  ["an address that is not there", 404, ours],
]) {
  test(`${what}: what waits stays, and is stored once in the end`, async () => {
    const [page, card] = [await open({ keep: ["queue"] }), world.card()];
    await offline(page);
    await queued(page, card, [tally(5)]);
    const log = await page.evaluate(() => document.querySelector("script[data-log]").dataset.log);
    assert.match(log, /^[0-9a-f]{8}$/);
    let asked = 0;
    await cut(page, "/v1/sealed", (route) => {
      asked += 1;
      return route.fulfill({ status, headers: headers === ours ? { "Log-Key": log } : {}, contentType: "text/html", body: '<div id="main"><b id="number" data-state="new"></b></div>' });
    });
    await offline(page, false);
    await waitingIs(page, words ? await wordsOf(page, words) : "1");
    for (const end = Date.now() + 10_000; !asked && Date.now() < end; ) await page.waitForTimeout(20);
    assert.equal(asked, 1);
    assert.equal(waitingIn(await everythingKept(page)).length, 1);
    await uncut(page);
    await page.reload();
    await nothingWaits(page);
    assert.equal(await sentWith(world, card, week), 1);
  });
}

for (const keep of [[], ["queue"]]) {
  test(`somebody else's page with an id of ours is no answer: ${keep.length ? "the tally is kept" : "what was typed stays"}`, async () => {
    const [page, card] = [await open({ keep }), world.card()];
    const answer = '<title>Portal</title><div id="main"><h1>Pay here</h1><b id="number" data-state="new">1</b></div>';
    await cut(page, "/", (route) => route.fulfill({ status: 200, contentType: "text/html", body: answer }));
    await fill(page, { card, ...tally(5) });
    const before = await typed(page);
    const number = await hidden(page);
    await send(page);
    await said(page, "no connection");
    if (keep.length === 0) assert.deepEqual(await typed(page), before);
    else assert.equal(waitingIn(await everythingKept(page)).length, 1);
    await uncut(page);
    if (keep.length === 0) await send(page);
    else await page.click("#queue button >> nth=0");
    if (keep.length === 0) assert.equal(await shownReceipt(page), number);
    else await nothingWaits(page);
    assert.equal(await sentWith(world, card, week), 1);
  });
}

test("what would be refused is not sealed: the fields are marked, and put right it waits", async () => {
  const [page, card] = [await open({ keep: ["queue"] }), world.card()];
  await offline(page);
  const wrong = {
    card: { card: card.slice(0, -1) + (card.endsWith("0") ? "1" : "0") },
    area: { area: "" },
    "count.contacts": { counts: { contacts: "151" } },
    "count.syringes_out": { counts: { contacts: "1", syringes_out: "a few" } },
    "count.contacts ": { counts: { contacts: "", syringes_out: "" } },
  };
  for (const [name, part] of Object.entries(wrong)) {
    await fill(page, { card, ...tally(5), counts: { contacts: "5", syringes_out: "" }, ...part });
    const before = await typed(page);
    await send(page);
    await said(page, "marked fields");
    assert.deepEqual(await typed(page), before, name);
    const marked = await page.evaluate(() => [...document.querySelectorAll("[aria-invalid=true]")].map((part) => part.name));
    assert.deepEqual(marked, [name.trim()]);
    assert.equal(await page.evaluate(() => document.activeElement.name), name.trim());
    assert.deepEqual(waitingIn(await everythingKept(page)), []);
  }
  await queued(page, card, [tally(5)]);
  await offline(page, false);
  await nothingWaits(page);
  assert.equal(await sentWith(world, card, week), 1);
});

test("all is off at first; the card and own totals only when switched on; one button clears it", async () => {
  const [page, card] = [await open(), world.card()];
  for (const name of ["card", "queue", "totals"]) assert.ok(!(await page.isChecked(`#keep-${name}`)));
  await fill(page, { card, ...tally(4) });
  await send(page);
  await shownReceipt(page);
  await page.goto(`${world.url}/`);
  assert.equal(await page.inputValue("#card"), "");
  assert.deepEqual(await everythingKept(page), []);

  await page.click("#device > summary");
  for (const name of ["card", "totals"]) await page.check(`#keep-${name}`);
  for (const count of [4, 5]) {
    await fill(page, { card, ...tally(count) });
    await send(page);
    await shownReceipt(page);
    await page.goto(`${world.url}/`);
    await page.waitForFunction(() => document.querySelector("#card").value !== "");
  }
  assert.equal(await page.inputValue("#card"), card);
  await page.click("#device > summary");
  await page.waitForFunction(() => /\b9\b/.test(document.querySelector("#own-totals").innerText));

  await page.click("#clear");
  await nothingKept(page);
  await said(page, "deleted");
  for (const name of ["card", "queue", "totals"]) assert.ok(!(await page.isChecked(`#keep-${name}`)));
  await page.goto(`${world.url}/`);
  assert.equal(await page.inputValue("#card"), "");
});

test("own totals open with the card they were counted with, and with no other; what waits is in them", async () => {
  const [page, card, second] = [await open({ keep: ["totals", "queue"] }), world.card(), world.card()];
  const shows = (words) => page.waitForFunction((words) => (words ? new RegExp(words).test(document.querySelector("#own-totals").innerText) : document.querySelector("#own").hidden), words);
  await offline(page);
  await queued(page, card, [tally(7), tally(8)]);
  await queued(page, second, [tally(100)]);
  // Locked: two of one width, of which nothing can be read.
  const locked = (await everythingKept(page)).filter((entry) => entry.name.startsWith("t"));
  assert.deepEqual(locked.map((entry) => bytesOf(entry).length), [28 + 2048 + 16, 28 + 2048 + 16]);
  assert.ok(locked.every((entry) => !bytesOf(entry).includes("contacts")));
  await shows("");
  await page.fill("#card", card.toLowerCase().replaceAll("-", " "));
  await shows("\\b15\\b");
  await page.fill("#card", second);
  await shows("\\b100\\b");
  await page.fill("#card", world.card());
  await shows("");
  await page.fill("#card", card);
  await shows("\\b15\\b");
  await page.uncheck("#keep-totals");
  await keptIs(page, (kept) => !kept.some((entry) => entry.name.startsWith("t")));
  await offline(page, false);
  await nothingWaits(page);
});

for (const network of [true, false]) {
  test(`“Clear” and “Leave” delete at once, ${network ? "with" : "without"} a network`, async () => {
    for (const way of ["clear", "leave"]) {
      const [page, card] = [await open({ keep: ["card", "queue", "totals"] }), world.card()];
      const watch = await page.context().newPage();
      await watch.goto(`${world.url}/help`);
      await offline(page);
      await queued(page, card, [tally(5)]);
      assert.ok((await everythingKept(watch)).length >= 4, "control: it is there");
      await cut(page, "/v1/sealed", (route) => route.abort());
      if (network) await offline(page, false);
      await page.click(`#${way}`);
      await nothingKept(watch);
      if (way === "clear") await nothingWaits(page);
    }
  });
}

test("two programmes at one address know nothing of each other", async () => {
  const shared = await sharedOrigin({ "/notes/": world.url, "/b/": other.url });
  try {
    const [card, strange] = [world.card(), other.card()];
    const page = await open({ keep: ["queue", "card", "totals"], url: `${shared.url}/notes` });
    await offline(page);
    await queued(page, card, [tally(5)]);
    // The first waits, since nobody answers for it; the second is opened meanwhile.
    await page.route(`${shared.url}/notes/v1/sealed`, (route) => route.abort());
    await offline(page, false);
    const second = await page.context().newPage();
    await second.goto(`${shared.url}/b/`);
    await second.locator("#device:not([hidden])").waitFor({ state: "attached" });
    await second.click("#device > summary");
    assert.equal(await second.inputValue("#card"), "");
    assert.ok(await second.locator("#queue").isHidden());
    for (const name of ["card", "queue", "totals"]) assert.ok(!(await second.isChecked(`#keep-${name}`)));
    await second.check("#keep-card");
    await second.fill("#card", strange);
    await second.fill("#card", card);
    assert.ok(await second.locator("#own").isHidden(), "nor its totals, with its card");
    const before = (await everythingKept(page)).filter((entry) => entry.store.includes("/notes/"));
    assert.equal(before.length, 4);
    await second.click("#clear");
    await keptIs(second, (kept) => !kept.some((entry) => entry.store.endsWith("/b/")));
    assert.deepEqual((await everythingKept(page)).filter((entry) => entry.store.includes("/notes/")), before);
    assert.deepEqual(shared.asked.filter(({ path, method }) => path === "/b/" && method === "POST"), [], "nothing was sent there");
    await page.unrouteAll({ behavior: "wait" });
    await page.reload();
    await nothingWaits(page);
    assert.equal(await sentWith(world, card, week), 1);
  } finally {
    shared.stop();
  }
});

test("another programme at the same address and path sends nothing of the first", async () => {
  const services = { "/": world.url };
  const shared = await sharedOrigin(services);
  try {
    const [page, card] = [await open({ keep: ["queue"], url: shared.url }), world.card()];
    await offline(page);
    await queued(page, card, [tally(5)]);
    services["/"] = other.url;
    await offline(page, false);
    // The page of the first takes no word of the second for an answer.
    await page.evaluate(() => dispatchEvent(new Event("online")));
    await page.waitForTimeout(300);
    assert.equal(waitingIn(await everythingKept(page)).length, 1);
    await page.goto(`${shared.url}/`);
    await page.locator("#device:not([hidden])").waitFor({ state: "attached" });
    assert.ok(await page.locator("#queue").isHidden());
    services["/"] = world.url;
    await page.goto(`${shared.url}/`);
    await said(page, "has been sent");
    assert.equal(await sentWith(world, card, week), 1);
  } finally {
    shared.stop();
  }
});

for (const [path, button, type] of [
  ["/practice", "#send", (card) => ({ card, ...tally(4) })],
  ["/correct", "#replace", (card) => ({ receipt: receipt(), card, ...tally(4) })],
  ["/correct", "#withdraw", (card) => ({ receipt: receipt(), card })],
]) {
  test(`${path} ${button} never waits, says so, and what was typed stays`, async () => {
    const page = await open({ keep: ["queue", "card", "totals"] });
    await page.goto(world.url + path);
    await offline(page);
    await fill(page, type(world.card()));
    const before = await typed(page);
    await page.click(button);
    await said(page, "no connection");
    if (path === "/correct") await said(page, "cannot wait");
    assert.deepEqual(await typed(page), before);
    assert.equal(page.url(), world.url + path);
    assert.deepEqual((await everythingKept(page)).map((entry) => entry.name), ["options"]);
  });
}

test("dimensions may be called as a form's own properties and as parts of the page", async () => {
  const names = { area: "elements", setting: "action" };
  const change = (text) => quota(text).replace(/"(area|setting)"/g, (_, name) => `"${names[name]}"`);
  const odd = await programme({ change });
  const odder = await programme({ change: (text) => quota(text).replace(/"(area|setting)"/g, (_, name) => (name === "area" ? '"send"' : '"queue"')) });
  try {
    for (const [world, area, setting] of [[odd, "elements", "action"], [odder, "send", "queue"]]) {
      const [page, card] = [await open({ keep: ["queue"], url: world.url }), world.card()];
      const type = async (contacts) => {
        await fill(page, { card, week, counts: { contacts } });
        await page.selectOption(`select[name="${area}"]`, "north");
        await page.selectOption(`select[name="${setting}"]`, "van");
      };
      await type("1");
      await page.click("button#send");
      await shownReceipt(page);
      await page.goto(`${world.url}/`);
      await offline(page);
      await type("2");
      await page.click("button#send");
      await waitingIs(page, "1");
      await offline(page, false);
      await nothingWaits(page);
      const number = receipt();
      const tally = { week, [area]: "north", [setting]: "van", counts: { contacts: 1 } };
      assert.equal(await world.put(card, number, tally), 201);
      await page.goto(`${world.url}/correct`);
      await fill(page, { receipt: number, card });
      await page.click("#withdraw");
      await page.waitForFunction(() => !document.querySelector("#form"));
      assert.equal(await world.remove(card, number), 404);
    }
  } finally {
    await odd.stop();
    await odder.stop();
  }
});
