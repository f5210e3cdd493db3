// Practice stores nothing: not one byte of the store changes. A real tally, the control, does change it.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { browser } from "./lib/browser.mjs";
import { FULL, fill, send, shownReceipt } from "./lib/form.mjs";
import { everythingKept } from "./lib/kept.mjs";
import { programme } from "./lib/programme.mjs";

let world, chrome, week;
before(async () => {
  world = await programme();
  chrome = await browser();
  week = world.facts.open_weeks[0];
});
after(async () => {
  await chrome?.close();
  await world?.stop();
});

async function run(path, scripts) {
  const page = await chrome.open({ scripts });
  await page.goto(world.url + path);
  const marks = await page.locator("main .mark").count();
  await fill(page, { card: world.card(), week, ...FULL });
  await send(page);
  await shownReceipt(page);
  return { page, marks: [marks, await page.locator("main .mark").count()] };
}

for (const scripts of [true, false]) {
  test(`practice leaves the store's bytes as they were, scripts ${scripts ? "on" : "off"}`, async () => {
    const bytes = world.storeBytes();
    const { page, marks } = await run("/practice", scripts);
    assert.ok(marks.every((count) => count > 0), "practice is marked as such, before and after");
    assert.equal(world.storeBytes(), bytes);
    assert.match(page.url(), /\/(practice|sent\/n1-[0-9a-f]{32})$/);
    assert.deepEqual(page.notes.requests.filter((r) => r.method !== "GET").map((r) => r.method), ["POST"]);
    if (scripts) {
      assert.deepEqual(await everythingKept(page), [], "practice keeps nothing on the device");
    }
  });
}

test("control: a real tally changes them", async () => {
  const bytes = world.storeBytes();
  await run("/", true);
  assert.notEqual(world.storeBytes(), bytes);
});
