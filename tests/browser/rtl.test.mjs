// Right to left: what reads from left to right all the same (a period, a week, a day, "from – to", a card's code) must
// not be turned round by the Arabic around it. Nothing in the markup shows that; where the characters are drawn does.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { browser } from "./lib/browser.mjs";
import { linked, made } from "./lib/pages.mjs";
import { programme } from "./lib/programme.mjs";

let world, chrome;
before(async () => {
  world = await programme({ published: true });
  world.sender = world.card();
  chrome = await browser();
});
after(async () => {
  await chrome?.close();
  await world?.stop();
});

/** What is drawn in another order than it is written. */
const turned = () => {
  document.querySelectorAll("details").forEach((part) => (part.open = true));
  const whole = /\d{4}-(?:W\d\d|Q\d|M\d\d|\d\d-\d\d)|\d[\d\u202F]* – \d[\d\u202F]*|[0-9A-Z]{5}(?:-[0-9A-Z]{5}){3}|\d{16}|[a-z]+\.[a-z]+|[A-Za-z0-9+/]{40,}=+/g;
  const faults = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    for (const found of node.data.matchAll(whole)) {
      const box = (at) => {
        const range = document.createRange();
        range.setStart(node, at);
        range.setEnd(node, at + 1);
        return range.getBoundingClientRect();
      };
      let [last, turned] = [box(found.index), false];
      for (let at = found.index + 1; at < found.index + found[0].length; at++) {
        const next = box(at);
        if (next.width > 0 && Math.abs(next.top - last.top) < 2 && next.left < last.left - 0.5) turned = true;
        last = next;
      }
      if (turned) faults.push(found[0]);
    }
  }
  return [...new Set(faults)];
};

test("nothing is turned round on any Arabic page", async () => {
  const page = await chrome.open();
  const ways = Object.entries(made(world));
  for (const path of await linked(world.url)) ways.push([path, () => page.goto(`${world.url}${path}${path.includes("?") ? "&" : "?"}lang=ar`)]);
  const faults = [];
  for (const [name, go] of ways) {
    await go(page, "ar");
    assert.equal(await page.getAttribute("html", "dir"), "rtl", name);
    const found = await page.evaluate(turned);
    if (found.length > 0) faults.push(`${name}: ${found.slice(0, 6).join(", ")}`);
  }
  assert.deepEqual(faults, []);
});

test("control: a period without isolation is seen, an isolated one is right", async () => {
  const page = await chrome.open();
  await page.goto(`${world.url}/help?lang=ar`);
  assert.deepEqual(await page.evaluate(turned), []);
  const planted = (html) => page.evaluate((html) => (document.querySelector("main").innerHTML = html), html);
  await planted("<p>الفترة 2025-Q1، من 0 – 281 حتى</p>");
  assert.deepEqual(await page.evaluate(turned), ["2025-Q1", "0 – 281"]);
  await planted('<p>الفترة <bdi dir="ltr">2025-Q1</bdi>، من <bdi dir="ltr">0 – 281</bdi> حتى</p>');
  assert.deepEqual(await page.evaluate(turned), []);
});
