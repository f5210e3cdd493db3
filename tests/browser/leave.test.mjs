// "Leave this page": first, in view, without scripts too; three times Shift does the same, Escape nothing.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { browser, stopScripts } from "./lib/browser.mjs";
import { FULL, fill, typed } from "./lib/form.mjs";
import { EXIT, programme } from "./lib/programme.mjs";

let world, chrome;
before(async () => {
  world = await programme({ published: true });
  chrome = await browser();
});
after(async () => {
  await chrome?.close();
  await world?.stop();
});

const keep = () =>
  new Promise((done) => {
    localStorage.setItem("kept", "1");
    const asked = indexedDB.open("kept");
    asked.onsuccess = () => done(asked.result.close());
  });
const kept = async () => [localStorage.length, (await indexedDB.databases()).length];

for (const scripts of [true, false]) {
  test(`the way out clears what the browser keeps, and tells nothing on, scripts ${scripts ? "on" : "off"}`, async () => {
    const keeper = await chrome.open();
    await keeper.goto(`${world.url}/help`);
    await keeper.evaluate(keep);
    // Control: it is there.
    assert.deepEqual(await keeper.evaluate(kept), [1, 1]);
    const page = await keeper.context().newPage();
    if (!scripts) await stopScripts(page);
    await page.goto(`${world.url}/`);
    const asked = chrome.outside.seen.length;
    await page.click("#leave");
    await page.waitForURL(EXIT);
    const [arrived] = chrome.outside.seen.slice(asked);
    assert.equal(arrived.headers.referer, undefined);
    assert.equal(arrived.headers.cookie, undefined);
    assert.deepEqual(await keeper.evaluate(kept), [0, 0]);
  });

  test(`it is first on every page and in view, scripts ${scripts ? "on" : "off"}`, async () => {
    const page = await chrome.open({ scripts });
    for (const path of ["/", "/practice", "/correct", "/paper", "/help", "/reports", "/reports/2025-Q1", "/reports/over-time", "/policy", "/audit", "/api"]) {
      await page.goto(world.url + path);
      const first = page.locator("a, button, input:not([type=hidden]), select, summary").first();
      assert.ok((await first.getAttribute("href"))?.split("?")[0].endsWith("exit"), `${path}: the first thing to reach is the way out`);
      const box = await first.boundingBox();
      assert.ok(box.y >= 0 && box.y + box.height <= 640 && box.height >= 44, `${path}: ${JSON.stringify(box)}`);
    }
  });
}

test("with scripts the page is blank at once, and back does not show it", async () => {
  const page = await chrome.open();
  await page.goto(`${world.url}/help`);
  await page.goto(`${world.url}/`);
  await fill(page, FULL);
  // In the same breath as the tap, before anything was asked of the network.
  const left = await page.evaluate(() => {
    document.querySelector("#leave").click();
    return [document.body.innerText, document.title, location.pathname];
  });
  assert.deepEqual(left, ["", "", "/"]);
  await page.waitForURL(EXIT);
  await page.goBack();
  assert.equal(page.url(), `${world.url}/help`, "the form's place in the history was taken");
});

test("without a network the page ends blank, and nothing of this site is on it", async () => {
  for (const [name, cut] of Object.entries({
    "the phone knows it": (page) => page.context().setOffline(true),
    "the service is not reached": (page) => page.route(`${world.url}/exit`, (route) => route.abort()),
    "somebody else answers": (page) => page.route(`${world.url}/exit`, (route) => route.fulfill({ status: 200, contentType: "text/html", body: "<h1>Pay here</h1>" })),
  })) {
    const page = await chrome.open();
    await page.goto(`${world.url}/help`);
    await page.goto(`${world.url}/`);
    await fill(page, FULL);
    await cut(page);
    await page.click("#leave");
    await page.waitForURL("about:blank");
    assert.deepEqual(await page.evaluate(() => [document.title, document.body.innerText]), ["", ""], name);
  }
});

test("Shift three times leaves", async () => {
  const page = await chrome.open();
  await page.goto(`${world.url}/`);
  await page.focus('[name="count.contacts"]');
  for (const _ of [1, 2]) await page.keyboard.press("Shift");
  assert.equal(page.url(), `${world.url}/`, "twice is nothing");
  await page.keyboard.press("Shift");
  await page.waitForURL(EXIT);
});

test("Escape does not, nor Shift while typing", async () => {
  const page = await chrome.open();
  await page.goto(`${world.url}/`);
  await fill(page, FULL);
  const before = await typed(page);
  await page.focus("#card");
  for (const key of ["Escape", "Escape", "Escape", "Shift", "A", "Shift", "B", "Shift", "Backspace", "Backspace", "Shift+C", "Shift+D", "Shift+E"]) {
    await page.keyboard.press(key);
  }
  await page.waitForTimeout(0);
  assert.equal(page.url(), `${world.url}/`);
  assert.deepEqual({ ...(await typed(page)), card: "" }, { ...before, card: "" });
});
