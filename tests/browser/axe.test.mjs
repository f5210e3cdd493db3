// axe finds nothing on any page, in any language, light and dark, narrow and wide; nothing has to be scrolled sideways.
// Sampled: each page in both schemes at both widths, the languages spread over them (each one, and Arabic on every
// page). PEERTALLY_DEEP runs all of it. The seed is printed; SEED repeats it.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { createRequire } from "node:module";

import { browser } from "./lib/browser.mjs";
import { linked, made } from "./lib/pages.mjs";
import { programme, replaced } from "./lib/programme.mjs";
import { shuffled } from "./lib/seed.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const DEEP = Boolean(process.env.PEERTALLY_DEEP);
const SCREENS = ["light", "dark"].flatMap((scheme) => [320, 1280].map((width) => ({ scheme, width })));

let world, chrome;
before(async () => {
  world = await programme({ published: true, change: (text) => replaced(text, /^tallies_per_hour = .*$/m, "tallies_per_hour = 1000") });
  world.sender = world.card();
  chrome = await browser();
});
after(async () => {
  await chrome?.close();
  await world?.stop();
});

/** What axe finds, in words; folded parts are unfolded first. */
async function found(page, disabled = []) {
  await page.evaluate(() => document.querySelectorAll("details").forEach((part) => (part.open = true)));
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(AXE);
  const { violations } = await page.evaluate((off) => {
    const rules = Object.fromEntries(off.map((rule) => [rule, { enabled: false }]));
    return axe.run(document, { resultTypes: ["violations"], rules });
  }, disabled);
  return violations.map((v) => `${v.id}: ${v.nodes.map((n) => `${n.target} ${n.failureSummary?.split("\n").slice(1).join(" ") ?? ""}`).slice(0, 3).join(" | ")}`);
}

const sideways = () => {
  const over = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  if (over <= 0) return [];
  const scrolls = (e) => e && (getComputedStyle(e).overflowX !== "visible" || scrolls(e.parentElement));
  const out = ({ left, right }) => right > document.documentElement.clientWidth + 1 || left < -1;
  const wide = [...document.body.querySelectorAll("*")].filter((e) => out(e.getBoundingClientRect()) && !scrolls(e.parentElement));
  return [`${over}px wider than the screen: ${wide.slice(-1).map((e) => e.outerHTML.slice(0, 120))}`];
};

/** Contrast between the lightest and the darkest spot of an element as it is drawn. */
async function contrastOf(element) {
  const picture = (await element.screenshot()).toString("base64");
  const blank = await chrome.open();
  const [dark, light] = await blank.evaluate(async (data) => {
    const image = new Image();
    image.src = `data:image/png;base64,${data}`;
    await image.decode();
    const canvas = new OffscreenCanvas(image.width, image.height).getContext("2d");
    canvas.drawImage(image, 0, 0);
    // Without the edge: a border or what lies beside would do for a text.
    const edge = Math.min(6, Math.floor(image.height / 4));
    const pixels = canvas.getImageData(edge, edge, image.width - 2 * edge, image.height - 2 * edge).data;
    const linear = (part) => (part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4);
    let [dark, light] = [1, 0];
    for (let at = 0; at < pixels.length; at += 4) {
      const luminance = 0.2126 * linear(pixels[at]) + 0.7152 * linear(pixels[at + 1]) + 0.0722 * linear(pixels[at + 2]);
      [dark, light] = [Math.min(dark, luminance), Math.max(light, luminance)];
    }
    return [dark, light];
  }, picture);
  await blank.context().close();
  return (light + 0.05) / (dark + 0.05);
}

test("no page has a violation", { timeout: DEEP ? 3_000_000 : 270_000 }, async () => {
  const page = await chrome.open();
  const forms = made(world);
  const locales = shuffled(world.facts.locales);
  const ways = { ...Object.fromEntries((await linked(world.url)).map((path) => [path, (lang) => page.goto(address(path, lang))])) };
  for (const [name, go] of Object.entries(forms)) ways[name] = (lang) => go(page, lang);
  const faults = new Map();
  const looked = { pages: new Set(), locales: new Set(), screens: 0 };
  let turn = 0;
  for (const [name, go] of Object.entries(ways)) {
    const plan = DEEP
      ? SCREENS.flatMap((screen) => locales.map((lang) => ({ ...screen, lang })))
      : SCREENS.map((screen) => ({ ...screen, lang: locales[turn++ % locales.length] }));
    if (!plan.some((screen) => screen.lang === "ar")) plan[turn % SCREENS.length].lang = "ar";
    for (const { scheme, width, lang } of plan) {
      await page.emulateMedia({ colorScheme: scheme });
      await page.setViewportSize({ width, height: 800 });
      await go(lang);
      for (const fault of [...(await found(page)), ...(await page.evaluate(sideways))]) {
        const where = faults.get(`${name}: ${fault}`) ?? [];
        faults.set(`${name}: ${fault}`, [...where, `${lang} ${scheme} ${width}`]);
      }
      looked.pages.add(name);
      looked.locales.add(lang);
      looked.screens += 1;
    }
  }
  console.log(`axe: ${looked.pages.size} pages, ${looked.locales.size} languages, ${looked.screens} screens`);
  assert.equal(looked.locales.size, world.facts.locales.length);
  assert.equal(looked.pages.size, Object.keys(ways).length);
  assert.deepEqual([...faults].map(([fault, where]) => `${fault} (${where.join(", ")})`), []);
});

test("control: light is light and dark is dark", async () => {
  const page = await chrome.open();
  const paper = async (colorScheme) => {
    await page.emulateMedia({ colorScheme });
    await page.goto(`${world.url}/`);
    const parts = await page.evaluate(() => getComputedStyle(document.body).backgroundColor.match(/\d+/g).map(Number));
    return parts[0] + parts[1] + parts[2];
  };
  const [light, dark] = [await paper("light"), await paper("dark")];
  assert.ok(light > 600 && dark < 150, `${light}, ${dark}`);
});

test("no language makes a narrow screen scroll sideways", async () => {
  const page = await chrome.open({ width: 320 });
  const ways = { ...made(world) };
  for (const path of ["/", "/practice", "/correct", "/paper", "/help", "/reports"]) ways[path] = (page, lang) => page.goto(address(path, lang));
  const faults = [];
  for (const [name, go] of Object.entries(ways)) {
    for (const lang of world.facts.locales) {
      await go(page, lang);
      faults.push(...(await page.evaluate(sideways)).map((fault) => `${name} ${lang}: ${fault}`));
    }
  }
  assert.deepEqual(faults, []);
});

const address = (path, lang) => `${world.url}${path}${path.includes("?") ? "&" : "?"}lang=${lang}`;

test("the form at twice the size has nothing to scroll sideways, and no violation", async () => {
  const page = await chrome.open();
  const session = await page.context().newCDPSession(page);
  for (const lang of ["en", "de", "ar"]) {
    // The browser's own zoom halves the width; larger letters alone leave it.
    for (const [width, letters] of [[640, 16], [360, 32]]) {
      await page.setViewportSize({ width: width / (letters === 16 ? 2 : 1), height: 640 });
      await session.send("Page.setFontSizes", { fontSizes: { standard: letters } });
      await page.goto(`${world.url}/?lang=${lang}`);
      assert.deepEqual([...(await found(page)), ...(await page.evaluate(sideways))], [], `${lang} ${width} px, letters ${letters} px`);
    }
  }
});

test("forced colours leave nothing unreadable, reduced motion nothing moving", async () => {
  const page = await chrome.open();
  const moving = () =>
    [...document.querySelectorAll("*")].filter((e) => {
      const style = getComputedStyle(e);
      return [style.transitionDuration, style.animationDuration].some((d) => d.split(",").some((t) => parseFloat(t) > 0.01));
    }).length;
  for (const path of ["/", "/reports/2025-Q1"]) {
    await page.emulateMedia({ forcedColors: "active", reducedMotion: "reduce" });
    await page.goto(world.url + path);
    // Chromium tells axe the page's own colours, not the forced ones: those are read off the picture.
    assert.deepEqual(await found(page, ["color-contrast"]), [], path);
    for (const seen of ["#leave", "h1", ...(path === "/" ? ["#send", "label[for=card]", "legend"] : [])]) {
      const contrast = await contrastOf(page.locator(seen));
      assert.ok(contrast >= 4.5, `${path} ${seen}: contrast ${contrast.toFixed(2)}`);
    }
    assert.equal(await page.evaluate(moving), 0);
    // What marks a field or a button in colours alone is gone here: a border must be left.
    const bare = await page.evaluate(() =>
      [...document.querySelectorAll("input:not([type=hidden]):not([type=checkbox]), select, button")]
        .filter((e) => e.checkVisibility() && parseFloat(getComputedStyle(e).borderTopWidth) < 1)
        .map((e) => e.outerHTML.slice(0, 80)),
    );
    assert.deepEqual(bare, []);
  }
  // Control: a movement would be seen.
  await page.evaluate(() => (document.querySelector("h1").style.transition = "color 1s"));
  assert.equal(await page.evaluate(moving), 1);
  // And a text without contrast.
  await page.reload();
  await page.evaluate(() => Object.assign(document.querySelector("h1").style, { forcedColorAdjust: "none", color: "#fff", background: "#fff" }));
  const pale = await contrastOf(page.locator("h1"));
  assert.ok(pale < 4.5, `contrast ${pale}`);
});

test("control: axe and the ruler find what is planted", async () => {
  const page = await chrome.open();
  await page.setViewportSize({ width: 320, height: 640 });
  await page.goto(`${world.url}/`);
  await page.evaluate(() => {
    document.querySelector("label[for=card]").removeAttribute("for");
    const line = document.createElement("p");
    line.textContent = "pale";
    line.style.color = "#eee";
    line.style.background = "#fff";
    line.style.inlineSize = "400px";
    document.querySelector("main").append(line);
  });
  const names = (await found(page)).map((fault) => fault.split(":")[0]);
  for (const name of ["label", "color-contrast"]) assert.ok(names.includes(name), `${name} is not in ${names}`);
  assert.equal((await page.evaluate(sideways)).length, 1);
});
