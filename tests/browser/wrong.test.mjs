// Whatever goes wrong: what was typed is kept, the words are the page's language, and there is a next step.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { browser, until } from "./lib/browser.mjs";
import { FULL, field, fill, hidden, send, shownReceipt, typed } from "./lib/form.mjs";
import { programme, receipt, replaced, tallyOf } from "./lib/programme.mjs";

let world, chrome, week, strange;
before(async () => {
  world = await programme({ change: (text) => replaced(text, /^tallies_per_hour = .*$/m, "tallies_per_hour = 2"), cards: 60 });
  chrome = await browser();
  week = world.facts.open_weeks[0];
  const other = await programme({ cards: 1 });
  strange = other.card();
  await other.stop();
});
after(async () => {
  await chrome?.close();
  await world?.stop();
});

/** `max_per_tally` of contacts in the shipped programme. */
const most = 150;
const MISTYPED = (card) => card.slice(0, -1) + (card.endsWith("0") ? "1" : "0");

/** What is typed, what has happened meanwhile, and which field the words lead to. */
const CASES = {
  "a card of elsewhere": { at: "card", type: () => ({ card: strange }) },
  "no card": { at: "card", type: () => ({ card: "" }) },
  "a mistyped card": { at: "card", type: ({ card }) => ({ card: MISTYPED(card) }) },
  "a week that has closed in this tab": {
    at: "pick-week",
    closed: true,
    meanwhile: (page) => page.evaluate(() => document.querySelector("#pick-week").add(new Option("2026-W02", "2026-W02", true, true))),
    type: () => ({ week: "2026-W02" }),
  },
  "no area": { at: "pick-area", type: () => ({ area: "" }) },
  "too large a number": { at: "count.contacts", says: most, type: () => ({ counts: { contacts: String(most + 1), sharps_in: "3" } }) },
  "a word in a number": { at: "count.contacts", type: () => ({ counts: { contacts: "seven", sharps_in: "3" } }) },
  "half a contact": { at: "count.contacts", type: () => ({ counts: { contacts: "1,5", sharps_in: "3" } }) },
  "no number at all": { at: "counts", type: () => ({ counts: {} }) },
  "too many within an hour": {
    at: "card",
    says: 2,
    // It is the card's, for every week: nothing that is typed puts it right.
    later: true,
    type: () => ({}),
    meanwhile: async (page, card) => {
      for (const _ of [1, 2]) assert.equal(await world.put(card, receipt(), tallyOf(world.facts, week)), 201);
    },
  },
};

const digits = (text) => text.replace(/[\u0660-\u0669]/g, (d) => String(d.charCodeAt(0) - 0x660)).replace(/\u066C|[ \u202F,.]/g, "");
const words = {};

const DEEP = Boolean(process.env.PEERTALLY_DEEP);
for (const lang of ["en", "ar"]) {
  for (const scripts of DEEP ? [true, false] : [lang === "ar"]) {
    describe(`${lang}, scripts ${scripts ? "on" : "off"}`, () => {
      for (const [name, { at, says, type, meanwhile, closed, later }] of Object.entries(CASES)) {
        test(name, async () => {
          const [page, card] = [await chrome.open({ scripts }), world.card()];
          await page.goto(`${world.url}/?lang=${lang}`);
          const number = await hidden(page);
          await meanwhile?.(page, card);
          await fill(page, { card, week, ...FULL, ...type({ card }) });
          const before = await typed(page);
          await send(page);
          await page.locator("#problems").waitFor();

          const now = await typed(page);
          // A week that is no longer offered cannot stay chosen; another one must not be chosen instead.
          if (closed && now.week === "") before.week = "";
          assert.deepEqual(now, before, "what was typed is kept");
          assert.equal(await hidden(page), number, "it is still the same tally");
          assert.equal(await page.getAttribute("html", "lang"), lang);
          assert.equal(await page.getAttribute("html", "dir"), lang === "ar" ? "rtl" : "ltr");
          const summary = page.locator("#problems");
          assert.equal(await summary.getAttribute("role"), "alert");
          // The summary gets the focus, so that it is read out.
          await until(page, () => document.querySelector("#problems").contains(document.activeElement));
          const text = await summary.innerText();
          if (says) assert.ok(digits(text).includes(String(says)), `${says} is not in: ${text}`);
          // Each line leads to its field, which is marked and described by the same words.
          const link = summary.locator(`a[href="#${at}"]`);
          await link.click();
          const target = page.locator(`[id="${at}"]`);
          if (at !== "counts") {
            assert.equal(await page.evaluate(() => document.activeElement.id), at, "the link leads into the field");
            assert.equal(await target.getAttribute("aria-invalid"), "true");
          }
          const described = await target.getAttribute("aria-describedby");
          const beside = await page.locator(`[id="${described}"]`).innerText();
          assert.ok(beside.length > 10 && text.includes(beside), `${beside} is not in ${text}`);
          assert.deepEqual(page.notes.complaints, []);
          (words[name] ??= {})[lang] = text;

          // And when it is put right, the next tap sends it.
          if (at !== "pick-week" && !later) {
            await fill(page, { card, week, ...FULL });
            await send(page);
            assert.equal(await shownReceipt(page), number);
          }
        });
      }

      test("a tally that was withdrawn in another tab", async () => {
        const [page, card] = [await chrome.open({ scripts }), world.card()];
        await page.goto(`${world.url}/?lang=${lang}`);
        const number = await hidden(page);
        assert.equal(await world.put(card, number, tallyOf(world.facts, week)), 201);
        assert.equal(await world.remove(card, number), 204);
        await fill(page, { card, week, ...FULL });
        const before = await typed(page);
        await send(page);
        await page.locator("#problems").waitFor();
        assert.deepEqual(await typed(page), before);
        // The next tap sends it as a new tally.
        await send(page);
        assert.notEqual(await shownReceipt(page), number);
        assert.equal(await page.getAttribute("html", "lang"), lang);
      });
    });
  }
}

test("the words are not English on an Arabic page", () => {
  assert.ok(Object.keys(words).length >= Object.keys(CASES).length);
  for (const [name, said] of Object.entries(words)) {
    assert.notEqual(said.ar, said.en, name);
    assert.ok(/[\u0600-\u06FF]/.test(said.ar) && !/[A-Za-z]{4,}/.test(said.ar), `${name}: ${said.ar}`);
  }
});

test("control: a field that was not kept is seen", async () => {
  const page = await chrome.open();
  await page.goto(`${world.url}/`);
  await fill(page, FULL);
  const before = await typed(page);
  await page.fill(field("contacts"), "");
  assert.notDeepEqual(await typed(page), before);
});
