// What a page costs a phone, and what it is not allowed to do: ask for anything elsewhere, complain, run what is inline.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { gzipSync } from "node:zlib";

import { browser, strangers } from "./lib/browser.mjs";
import { everythingKept } from "./lib/kept.mjs";
import { linked, made } from "./lib/pages.mjs";
import { EXIT, programme, replaced } from "./lib/programme.mjs";

const KB = 1024;
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

/** Everything that a visit fetches: what the browser asks for, and the icon, which headless Chromium leaves out. */
async function load(page, path) {
  const answers = [];
  const note = (answer) => answers.push(answer);
  page.on("response", note);
  await page.goto(world.url + path, { waitUntil: "networkidle" });
  page.off("response", note);
  const parts = [];
  for (const answer of answers.filter((answer) => !answer.url().startsWith("data:"))) {
    const sizes = await answer.request().sizes();
    parts.push({
      name: new URL(answer.url()).pathname,
      packed: answer.status() === 304 ? 0 : gzipSync(await answer.body(), { level: 6 }).length,
      sent: sizes.responseBodySize + sizes.responseHeadersSize,
    });
  }
  const icon = (await page.evaluate(() => document.querySelector("link[rel~=icon]")?.href)) ?? `${world.url}/favicon.ico`;
  if (!icon.startsWith("data:")) {
    const body = Buffer.from(await (await fetch(icon)).arrayBuffer());
    parts.push({ name: new URL(icon).pathname, packed: gzipSync(body).length, sent: body.length });
  }
  return parts;
}

const sum = (parts, of) => parts.reduce((total, part) => total + part[of], 0);
const shown = (bytes) => `${(bytes / KB).toFixed(1)} KB`;
const told = (parts) => `${parts.length} requests, ${shown(sum(parts, "sent"))} sent with headers, bodies packed ${shown(sum(parts, "packed"))}: ${parts.map((p) => `${p.name} ${shown(p.packed)}`).join(", ")}`;

/** Most bytes, and most requests: a report may have a style sheet of its own. */
const [FORM, REPORT] = [{ bytes: 30 * KB, requests: 3, later: 5 * KB }, { bytes: 60 * KB, requests: 4, later: 60 * KB }];
for (const [path, most] of [["/", FORM], ["/?lang=ar", FORM], ["/practice", FORM], ["/reports/2025-Q1", REPORT], ["/reports/over-time", REPORT]]) {
  test(`first load of ${path} is small, a later one smaller`, async () => {
    const page = await chrome.open();
    const parts = await load(page, path);
    console.log(`${path}: ${told(parts)}`);
    assert.ok(parts.length <= most.requests, JSON.stringify(parts));
    for (const weight of ["sent", "packed"]) assert.ok(sum(parts, weight) <= most.bytes, `${weight}: ${sum(parts, weight)} bytes`);
    const again = await load(page, path);
    console.log(`${path} again: ${shown(sum(again, "sent"))} sent`);
    assert.ok(sum(again, "packed") <= most.later, JSON.stringify(again));
  });
}

test("control: a planted request is counted and weighed", async () => {
  const page = await chrome.open();
  await page.goto(`${world.url}/`, { waitUntil: "networkidle" });
  const asked = page.notes.requests.length;
  await page.evaluate(() => {
    const more = document.createElement("script");
    more.src = "form.js?again";
    document.head.append(more);
    return new Promise((done) => (more.onload = done));
  });
  assert.equal(page.notes.requests.length, asked + 1);
  // What is sent unpacked and large is too much.
  await page.route(`${world.url}/help`, async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, body: (await answer.text()) + Array.from({ length: 9000 }, () => Math.random().toString(36)).join("") });
  });
  assert.ok(sum(await load(page, "/help"), "packed") > 60 * KB);
});

test("no page asks elsewhere, complains, or stores anything", async () => {
  const page = await chrome.open();
  const forms = made(world);
  const ways = (await linked(world.url)).map((path) => [path, (lang) => page.goto(`${world.url}${path}${path.includes("?") ? "&" : "?"}lang=${lang}`)]);
  for (const [name, go] of Object.entries(forms)) ways.push([name, (lang) => go(page, lang)]);
  for (const [name, go] of ways) {
    await go("ar");
    await page.waitForLoadState("networkidle");
    assert.deepEqual(strangers(page.notes, world.url), [], name);
    assert.deepEqual(page.notes.complaints, [], name);
    assert.deepEqual(await everythingKept(page), [], name);
    const answer = await fetch(page.url());
    assert.deepEqual(answer.headers.getSetCookie(), [], name);
  }
  assert.deepEqual(chrome.outside.seen, [], "nothing has left");
  console.log(`${ways.length} pages ask nobody else, complain of nothing and keep nothing`);
});

test("every answer carries a policy that lets nothing inline run", async () => {
  for (const path of [...(await linked(world.url)), "/style.css", "/form.js", "/nothing-here", "/openapi.json"]) {
    const policy = (await fetch(world.url + path)).headers.get("content-security-policy") ?? "";
    assert.match(policy, /default-src 'none'/, path);
    assert.ok(!/unsafe|\*|https?:/.test(policy), `${path}: ${policy}`);
  }
});

test("control: the policy stops what is planted, and the listener sees who was asked", async () => {
  const page = await chrome.open();
  await page.goto(`${world.url}/`);
  await page.evaluate(() => {
    const inline = document.createElement("script");
    inline.textContent = "window.ran = true";
    document.head.append(inline);
    const image = new Image();
    image.src = "https://elsewhere.example/x.png";
    document.body.append(image);
    return new Promise((done) => (image.onerror = done));
  });
  assert.equal(await page.evaluate(() => window.ran), undefined);
  assert.ok(page.notes.complaints.length >= 2, "the browser says that it refused them");
  assert.deepEqual(chrome.outside.seen, [], "refused, not sent");
  // Without the policy it is sent, and seen.
  const bare = await chrome.open({ bypassCSP: true });
  await bare.goto(`${world.url}/`);
  await bare.evaluate(() => fetch("https://elsewhere.example/y", { mode: "no-cors" }));
  assert.deepEqual(strangers(bare.notes, world.url), ["https://elsewhere.example/y"]);
  assert.equal(chrome.outside.seen.splice(0).length, 1);
  await bare.goto(`${world.url}/help`);
  await bare.click("#leave");
  await bare.waitForURL(EXIT);
});
