// Pictures of what people meet, for somebody to look at: tests/output/looks/. What can be checked of a picture is that
// it is one, that it is not empty, and that two of them differ. PEERTALLY_DEEP takes all pages, else the first few.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { browser } from "./lib/browser.mjs";
import { fill } from "./lib/form.mjs";
import { made } from "./lib/pages.mjs";
import { ROOT, programme, replaced } from "./lib/programme.mjs";

const PLACE = join(ROOT, "tests/output/looks");
const A4 = { width: 794, height: 1123 };
let world, chrome;
before(async () => {
  mkdirSync(PLACE, { recursive: true });
  world = await programme({ published: true, change: (text) => replaced(text, /^tallies_per_hour = .*$/m, "tallies_per_hour = 1000") });
  world.sender = world.card();
  chrome = await browser();
});
after(async () => {
  await chrome?.close();
  await world?.stop();
});

/** Each picture: how to get to the page, and the size of the screen or paper. */
function pictures() {
  const sent = made(world);
  const plain = (path) => (page, lang) => page.goto(`${world.url}${path}${path.includes("?") ? "&" : "?"}lang=${lang}`);
  const filled = async (page, lang) => {
    await plain("/")(page, lang);
    await fill(page, { card: world.sender, area: "north", setting: "van", counts: { contacts: "7", syringes_out: "120" } });
  };
  const waiting = async (page, lang) => {
    await plain("/")(page, lang);
    await page.click("#device > summary");
    for (const name of ["queue", "card", "totals"]) await page.check(`#keep-${name}`);
    await page.route(`${world.url}/`, (route) => (route.request().method() === "POST" ? route.abort() : route.continue()));
    await fill(page, { card: world.sender, area: "north", setting: "van", counts: { contacts: "7" } });
    await page.click("#send");
    await page.locator("#queue:not([hidden])").waitFor();
  };
  const few = {
    "form": { go: filled, whole: false },
    "form-refused": { go: sent["the form, refused"] },
    "receipt": { go: sent["the receipt"] },
    "report": { go: plain("/reports/2025-Q1") },
    "brief": { go: plain("/reports/2025-Q1"), media: "print", ...A4 },
  };
  if (!process.env.PEERTALLY_DEEP) return few;
  return {
    ...few,
    "form-whole": { go: plain("/") },
    "form-waiting": { go: waiting },
    "form-320": { go: plain("/"), width: 320 },
    "form-wide": { go: plain("/"), width: 1280 },
    "correct": { go: plain("/correct") },
    "withdrawn": { go: sent["the withdrawal"] },
    "practice": { go: plain("/practice") },
    "help": { go: plain("/help") },
    "no-release": { go: sent["a period without a release"] },
    "reports": { go: plain("/reports") },
    "report-wide": { go: plain("/reports/2025-Q1"), width: 1280 },
    "over-time": { go: plain("/reports/over-time"), width: 1280 },
    "policy": { go: plain("/policy") },
    "audit": { go: plain("/audit") },
    "paper": { go: plain("/paper"), media: "print", ...A4 },
  };
}

for (const scheme of ["light", "dark"]) {
  for (const lang of ["en", "ar"]) {
    test(`pictures, ${lang}, ${scheme}`, async () => {
      const seen = new Map();
      const page = await chrome.open({ scheme });
      for (const [name, { go, whole = true, media = null, width = 360, height = 640 }] of Object.entries(pictures())) {
        // Paper is white.
        if (media === "print" && scheme === "dark") continue;
        await page.setViewportSize({ width, height });
        await page.emulateMedia({ media, colorScheme: scheme });
        await go(page, lang);
        const picture = await page.screenshot({ path: join(PLACE, `${name}.${lang}.${scheme}.png`), fullPage: whole });
        assert.ok(picture.length > 2_000, `${name} is empty`);
        const digest = createHash("sha256").update(picture).digest("hex");
        assert.ok(!seen.has(digest), `${name} looks like ${seen.get(digest)}`);
        seen.set(digest, name);
        await page.unrouteAll();
      }
      console.log(`${seen.size} pictures, ${lang}, ${scheme}: ${PLACE}`);
    });
  }
}

test("pictures of the cards sheet", async () => {
  // Until the command takes a language, the sheet is in the first one.
  const languages = world.cli("cards", "issue", "--help").includes("--lang") ? ["en", "ar"] : [undefined];
  for (const lang of languages) {
    const sheet = join(world.work, `cards.${lang}.html`);
    world.cli("cards", "issue", "--count", "8", "--url", "https://notes.example.org/", ...(lang ? ["--lang", lang] : []), "--out", sheet);
    const page = await chrome.open(A4);
    await page.emulateMedia({ media: "print" });
    await page.goto(`file://${sheet}`);
    assert.equal(await page.locator(".card .qr svg").count(), 8);
    await page.screenshot({ path: join(PLACE, `cards.${lang ?? "en"}.light.png`), fullPage: true });
  }
});

test("the brief prints without what only a screen needs", async () => {
  const page = await chrome.open(A4);
  await page.goto(`${world.url}/reports/2025-Q1`);
  const file = join(PLACE, "brief.en.pdf");
  await page.pdf({ path: file, format: "A4", margin: { top: "12mm", bottom: "12mm", left: "12mm", right: "12mm" } });
  const sheets = readFileSync(file, "latin1").match(/\/Type\s*\/Page\b/g).length;
  console.log(`the report of 2025-Q1 prints on ${sheets} sheets of A4`);
  await page.emulateMedia({ media: "print" });
  for (const screen of ["#leave", "nav", "#languages"]) assert.ok(await page.locator(screen).first().isHidden(), `${screen} is printed`);
});
