// The way of a tally in a real browser, with scripts and without: card, tally, receipt, a second one, back, a double tap.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { browser } from "./lib/browser.mjs";
import { FULL, asTally, field, fill, hidden, send, shownReceipt, typed } from "./lib/form.mjs";
import { programme, receipt, replaced, sentWith } from "./lib/programme.mjs";

/** Where an answer is read: at an address that says nothing, or, fetched by the script, where the form stood. */
const where = (scripts, page) => new RegExp(`/(sent/n1-[0-9a-f]{32}${scripts ? `|${page}` : ""})$`);

let world, chrome, week, empty, title;
before(async () => {
  // A small limit counts for us: what is left of it says how many new tallies a card has sent within the hour.
  world = await programme({ change: (text) => replaced(text, /^tallies_per_hour = .*$/m, "tallies_per_hour = 6") });
  chrome = await browser();
  week = world.facts.open_weeks[1];
  const page = await chrome.open();
  await page.goto(`${world.url}/`);
  empty = await typed(page);
  title = await page.title();
});
after(async () => {
  await chrome?.close();
  await world?.stop();
});

for (const scripts of [true, false]) {
  describe(`scripts ${scripts ? "on" : "off"}`, () => {
    const open = async () => {
      const page = await chrome.open({ scripts });
      await page.goto(`${world.url}/`);
      return page;
    };

    test("a tally is sent, stored once, and shown once without its card", async () => {
      const [page, card] = [await open(), world.card()];
      const number = await hidden(page);
      await fill(page, { card, week, ...FULL });
      await send(page);
      assert.equal(await shownReceipt(page), number);
      assert.match(page.url(), where(scripts, ""), "nothing of it stands in the address");
      assert.equal(await page.title(), title, "nor in the title");
      const text = await page.locator("#sent").innerText();
      for (const sent of ["12", "7", week, "North", "Van"]) assert.ok(text.includes(sent), `${sent} is not shown`);
      const body = await page.locator("body").innerText();
      for (const part of [card, card.replaceAll("-", "")]) assert.ok(!body.includes(part), "the card is shown");
      if (!scripts) {
        // Read again: a page that says nothing of it.
        await page.reload();
        const again = await page.locator("body").innerText();
        for (const secret of [number, number.slice(0, 4), week, "North"]) assert.ok(!again.includes(secret), `${secret} is shown again`);
      }
      // The API knows it: the same again is no new one.
      assert.equal(await world.put(card, number, asTally({ week, ...FULL })), 200);
      assert.equal(await sentWith(world, card, week), 1);
    });

    test("with receipt and card it is corrected and withdrawn", async () => {
      const [page, card] = [await open(), world.card()];
      await fill(page, { card, week, ...FULL });
      await send(page);
      const number = await shownReceipt(page);
      const counts = { contacts: "8", syringes_out: "", naloxone_out: "2" };

      await page.click('main a[href*="correct"]');
      await fill(page, { receipt: number, card, week, ...FULL, counts });
      await page.click("#replace");
      assert.equal(await shownReceipt(page), number);
      assert.match(page.url(), where(scripts, "correct"), "nothing of it stands in the address");
      assert.equal(await sentWith(world, card, week), 1, "a correction is not a second tally");

      await page.goto(`${world.url}/correct`);
      await fill(page, { receipt: number, card });
      await page.click("#withdraw");
      await page.locator("main:not(:has(#form))").waitFor();
      assert.match(page.url(), where(scripts, "correct"), "nothing of it stands in the address");
      assert.equal(await page.locator("#problems").count(), 0);
      // Gone, and it stays gone.
      assert.equal(await world.remove(card, number), 404);
      assert.equal(await world.put(card, number, asTally({ week, ...FULL })), 409);
    });

    test("a tally of somebody else cannot be withdrawn, and what was typed stays", async () => {
      const [page, card, other] = [await open(), world.card(), world.card()];
      await fill(page, { card, week, ...FULL });
      await send(page);
      const number = await shownReceipt(page);
      await page.goto(`${world.url}/correct`);
      await fill(page, { receipt: number, card: other });
      await page.click("#withdraw");
      await page.locator("#problems").waitFor();
      assert.equal(await page.inputValue("#receipt"), number);
      assert.equal(await page.inputValue("#card"), other);
      assert.equal(await world.put(card, number, asTally({ week, ...FULL })), 200, "it is still there");
    });

    test("back shows an empty form with another receipt", async () => {
      const page = await open();
      const number = await hidden(page);
      await fill(page, { card: world.card(), week, ...FULL });
      assert.notDeepEqual(await typed(page), empty, "control: something was typed");
      await send(page);
      await shownReceipt(page);
      await page.goBack();
      await page.locator("#card").waitFor();
      assert.deepEqual(await typed(page), empty);
      assert.notEqual(await hidden(page), number);
    });

    test("a double tap on Send stores one", async () => {
      const [page, card] = [await open(), world.card()];
      await fill(page, { card, week, ...FULL });
      await page.locator("#send").dblclick();
      await shownReceipt(page);
      await page.waitForLoadState("networkidle");
      assert.equal(await sentWith(world, card, week), 1);
    });

    test("two tabs send two tallies", async () => {
      const [one, card] = [await open(), world.card()];
      const other = await one.context().newPage();
      await other.goto(`${world.url}/`);
      for (const page of [one, other]) await fill(page, { card, week, ...FULL });
      for (const page of [one, other]) await send(page);
      assert.notEqual(await shownReceipt(one), await shownReceipt(other));
      assert.equal(await sentWith(world, card, week), 2);
    });

    test("digits of Arabic and Persian are numbers", async () => {
      const [page, card] = [await open(), world.card()];
      const number = await hidden(page);
      await fill(page, { card, week, area: "north", setting: "van", counts: { contacts: "\u0661\u0662", syringes_out: "\u06F3" } });
      await send(page);
      await shownReceipt(page);
      const tally = { week, area: "north", setting: "van", counts: { contacts: 12, syringes_out: 3 } };
      assert.equal(await world.put(card, number, tally), 200);
    });
  });
}

test("the card in a link is put into the field and taken out of the address", async () => {
  const [page, card] = [await chrome.open(), world.card()];
  await page.goto(`${world.url}/#${card}`);
  await page.waitForFunction(() => document.querySelector("#card").value !== "");
  assert.equal(await page.inputValue("#card"), card);
  assert.equal(page.url(), `${world.url}/`);
  assert.ok(page.notes.requests.every((request) => !request.url.includes(card.slice(0, 5)) || request.url.includes("#")));
});

test("control: the hour counts what was sent", async () => {
  const card = world.card();
  for (const _ of [1, 2, 3]) assert.equal(await world.put(card, receipt(), asTally({ week, ...FULL })), 201);
  assert.equal(await sentWith(world, card, week), 3);
});

test("a page that comes back from the browser's memory is empty as well", async () => {
  const keeper = await browser({ keepsPages: true });
  try {
    const page = await keeper.open();
    await page.goto(`${world.url}/`);
    await fill(page, { card: world.card(), week, ...FULL });
    await page.goto(`${world.url}/help`);
    await page.goBack();
    await page.waitForFunction(() => document.querySelector("#card")?.value === "");
    assert.equal(await page.inputValue(field("contacts")), "");
  } finally {
    await keeper.close();
  }
});
