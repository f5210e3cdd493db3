// What a phone may keep, only when its owner says so: unsent tallies, the card, own totals. Each tally that waited is
// stored once, whatever happens on the way.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { browser } from "./lib/browser.mjs";
import { asTally, field, fill, hidden, send, shownReceipt, typed } from "./lib/form.mjs";
import { programme, receipt, replaced, sentWith, tallyOf } from "./lib/programme.mjs";

const DAY = 24 * 60 * 60 * 1000;
let world, chrome, week, lastWeek;
before(async () => {
  world = await programme({ change: (text) => replaced(text, /^tallies_per_hour = .*$/m, "tallies_per_hour = 6"), cards: 40 });
  chrome = await browser();
  [week, lastWeek] = world.facts.open_weeks;
});
after(async () => {
  await chrome?.close();
  await world?.stop();
});

async function open({ keep = [], lang = "en" } = {}) {
  const page = await chrome.open();
  await page.goto(`${world.url}/?lang=${lang}`);
  if (keep.length > 0) await page.click("#device > summary");
  for (const name of keep) {
    await page.check(`#keep-${name}`);
    await kept(page, "options");
  }
  return page;
}

/** Waits until the phone keeps something under this name. */
const kept = (page, name) =>
  page.waitForFunction(async (name) => {
    const found = (await indexedDB.databases()).find((d) => d.name === "notes");
    if (!found) return false;
    const base = await new Promise((done) => (indexedDB.open("notes").onsuccess = (event) => done(event.target.result)));
    const keys = await new Promise((done) => (base.transaction("kept").objectStore("kept").getAllKeys().onsuccess = (event) => done(event.target.result)));
    base.close();
    return keys.includes(name);
  }, name);

const said = (page, words) => page.waitForFunction((words) => document.querySelector("#said").textContent.includes(words), words);
const databases = (page) => page.evaluate(async () => (await indexedDB.databases()).length);
const tally = (n, more = {}) => ({ week, area: "north", setting: "van", counts: { contacts: String(n) }, ...more });
const waitingIs = (page, words) => page.waitForFunction((words) => document.querySelector("#queue").innerText.includes(words), words);
const nothingWaits = (page) => page.waitForFunction(() => document.querySelector("#queue").hidden);

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

test("without the switch nothing is kept, and what was typed stays in the form", async () => {
  const [page, card] = [await open(), world.card()];
  await page.context().setOffline(true);
  const number = await hidden(page);
  await fill(page, { card, ...tally(4) });
  const before = await typed(page);
  await send(page);
  await said(page, "no connection");
  assert.deepEqual(await typed(page), before);
  assert.equal(await databases(page), 0);
  await page.context().setOffline(false);
  await send(page);
  assert.equal(await shownReceipt(page), number);
  assert.equal(await sentWith(world, card, week), 1);
});

test("three tallies wait; the network comes back; each is stored once", async () => {
  const [page, card] = [await open({ keep: ["queue"] }), world.card()];
  await page.context().setOffline(true);
  const tallies = [tally(1), tally(2), tally(3)];
  const receipts = await queued(page, card, tallies);
  await waitingIs(page, "3");
  assert.equal(await page.inputValue(field("contacts")), "", "each leaves an empty form");
  // Locked: nothing of it can be read where it lies, and the key cannot be taken out.
  const [bytes, extractable] = await page.evaluate(async () => {
    const base = await new Promise((done) => (indexedDB.open("notes").onsuccess = (event) => done(event.target.result)));
    const all = await new Promise((done) => (base.transaction("kept").objectStore("kept").getAll().onsuccess = (event) => done(event.target.result)));
    base.close();
    const text = (value) => (value instanceof ArrayBuffer || ArrayBuffer.isView(value) ? new TextDecoder("latin1").decode(value) : JSON.stringify(value) ?? "");
    return [all.flatMap((entry) => [text(entry), ...Object.values(entry).map(text)]).join("\n"), all.filter((entry) => entry instanceof CryptoKey).map((key) => key.extractable)];
  });
  assert.deepEqual(extractable, [false]);
  assert.ok(bytes.length > 300 && !bytes.includes(card) && !bytes.includes("north"), "it lies there in the clear");

  await page.context().setOffline(false);
  await nothingWaits(page);
  for (const [n, number] of receipts.entries()) assert.equal(await world.put(card, number, asTally(tallies[n])), 200);
  assert.equal(await sentWith(world, card, week), 3);
});

test("two tabs send what waits at the same time; each is stored once", async () => {
  const [page, card] = [await open({ keep: ["queue"] }), world.card()];
  await page.context().setOffline(true);
  await queued(page, card, [tally(1), tally(2)]);
  await page.context().setOffline(false);
  const other = await page.context().newPage();
  await other.goto(`${world.url}/`);
  for (const tab of [page, other]) await tab.evaluate(() => dispatchEvent(new Event("online")));
  for (const tab of [page, other]) await nothingWaits(tab);
  assert.equal(await sentWith(world, card, week), 2);
});

for (const [name, change, times] of [
  ["an answer that is lost on the way: sent again, stored once", (body) => body, 1],
  ["control: with another receipt it would be there twice", (body) => body.replace(/receipt=\d+/, `receipt=${receipt()}`), 2],
]) {
  test(name, async () => {
    const [page, card] = [await open({ keep: ["queue"] }), world.card()];
    await page.route(`${world.url}/`, async (route) => {
      if (route.request().method() !== "POST") return route.continue();
      const arrived = await route.fetch({ postData: change(route.request().postData()) });
      assert.equal(arrived.status(), 200);
      return route.abort();
    });
    await queued(page, card, [tally(5)]);
    await page.unrouteAll({ behavior: "wait" });
    await page.click("#queue button >> nth=0");
    await nothingWaits(page);
    assert.equal(await sentWith(world, card, week), times);
  });
}

test("what waits is sent when the page is opened again, and may be deleted instead", async () => {
  const [page, card] = [await open({ keep: ["queue"] }), world.card()];
  const cut = () => page.route(`${world.url}/`, (route) => (route.request().method() === "POST" ? route.abort() : route.continue()));
  await cut();
  await queued(page, card, [tally(5)]);
  await page.unrouteAll({ behavior: "wait" });
  await page.goto(`${world.url}/`);
  await said(page, "has been sent");
  await cut();
  await queued(page, card, [tally(6)]);
  await page.unrouteAll({ behavior: "wait" });
  await page.click("#queue button >> nth=1");
  await nothingWaits(page);
  await page.goto(`${world.url}/`);
  assert.equal(await sentWith(world, card, week), 1, "the deleted one was not sent");
});

for (const [days, arrives] of [[6, true], [8, false]]) {
  test(`after ${days} days it is ${arrives ? "sent" : "deleted, and said"}`, async () => {
    const [page, card] = [await open({ keep: ["queue"], lang: "fr" }), world.card()];
    await page.context().setOffline(true);
    await queued(page, card, [tally(5)]);
    // A later visit, on the same phone.
    const later = await page.context().newPage();
    await page.close();
    await later.context().setOffline(false);
    await later.clock.install({ time: Date.now() + days * DAY });
    await later.goto(`${world.url}/?lang=fr`);
    const words = await later.evaluate((name) => document.querySelector("#words").dataset[name], arrives ? "sent" : "expired");
    await said(later, words);
    assert.ok(words.length > 10 && !words.includes("waited") && !words.includes("sent."), "in the page's language");
    await nothingWaits(later);
    assert.equal(await sentWith(world, card, week), arrives ? 1 : 0);
  });
}

test("one that is refused keeps its words and says why; put right, it is stored", async () => {
  const [page, card] = [await open({ keep: ["queue"], lang: "ar" }), world.card()];
  await page.context().setOffline(true);
  const [number] = await queued(page, card, [tally(5, { counts: { contacts: "5", sharps_in: "9" } })]);
  // Meanwhile it arrived elsewhere, and was withdrawn there.
  assert.equal(await world.put(card, number, tallyOf(world.facts, week)), 201);
  assert.equal(await world.remove(card, number), 204);
  await page.context().setOffline(false);
  await page.locator("#queue button >> nth=0").waitFor();
  const text = await page.locator("#queue").innerText();
  assert.ok(/[\u0600-\u06FF]/.test(text) && !/[A-Za-z]{4,}/.test(text), text);
  await page.click("#queue button >> nth=0");
  assert.equal(await hidden(page), number);
  assert.equal(await page.inputValue(field("sharps_in")), "9");
  assert.equal(await page.inputValue("#card"), card);
  // Its receipt is spent: it is refused once more, with another receipt, and then taken as a new tally.
  await fill(page, { week: lastWeek });
  await send(page);
  await page.locator("#problems").waitFor();
  await send(page);
  assert.notEqual(await shownReceipt(page), number);
  await page.goto(`${world.url}/`);
  await nothingWaits(page);
  assert.equal(await sentWith(world, card, lastWeek), 2, "the withdrawn one gives nothing back");
});

test("all is off at first; the card and own totals only when switched on; one button clears it", async () => {
  const [page, card] = [await open(), world.card()];
  for (const name of ["card", "queue", "totals"]) assert.ok(!(await page.isChecked(`#keep-${name}`)));
  await fill(page, { card, ...tally(4) });
  await send(page);
  await shownReceipt(page);
  await page.goto(`${world.url}/`);
  assert.equal(await page.inputValue("#card"), "");
  assert.equal(await databases(page), 0);

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
  await page.waitForFunction(async () => (await indexedDB.databases()).length === 0);
  for (const name of ["card", "queue", "totals"]) assert.ok(!(await page.isChecked(`#keep-${name}`)));
  await page.goto(`${world.url}/`);
  assert.equal(await page.inputValue("#card"), "");
});

test("practice never waits", async () => {
  const page = await open({ keep: ["queue"] });
  await page.goto(`${world.url}/practice`);
  await page.context().setOffline(true);
  await fill(page, { card: world.card(), ...tally(4) });
  await send(page).catch(() => {});
  await page.context().setOffline(false);
  await page.goto(`${world.url}/`);
  await page.locator("#device:not([hidden])").waitFor();
  assert.ok(await page.locator("#queue").isHidden());
});
