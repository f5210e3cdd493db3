// A browser with a profile folder on disk, as a phone has one: Debian's Chromium and Firefox, driven by Puppeteer.
import { existsSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import puppeteer from "puppeteer-core";

const WORK = process.env.PEERTALLY_WORK ?? tmpdir();
const PROGRAMS = {
  chromium: process.env.PEERTALLY_CHROMIUM ?? "/usr/bin/chromium",
  firefox: process.env.PEERTALLY_FIREFOX ?? "/usr/bin/firefox-esr",
};
/** As people have it: history and sessions are written, soon, and the session is kept for the next start. */
const LIKE_PEOPLE = {
  "browser.sessionstore.interval": 1000,
  "browser.sessionstore.resume_from_crash": true,
  "browser.startup.page": 3,
  "browser.startup.homepage_override.mstone": "ignore",
  "places.history.enabled": true,
  "browser.formfill.enable": true,
  "signon.rememberSignons": true,
  "browser.cache.disk.enable": true,
  // Nobody but loopback is reached.
  "network.proxy.type": 1,
  "network.proxy.http": "127.0.0.1",
  "network.proxy.http_port": 9,
  "network.proxy.ssl": "127.0.0.1",
  "network.proxy.ssl_port": 9,
  "network.proxy.no_proxies_on": "127.0.0.1",
};

export const BROWSERS = Object.keys(PROGRAMS);
export const newFolder = () => mkdtempSync(join(WORK, "phone-"));

/** Starts a browser over a profile folder; `ended()` ends it and waits until it has written what it writes. */
export async function phone(kind, folder) {
  if (!existsSync(PROGRAMS[kind])) throw new Error(`${PROGRAMS[kind]} is not here`);
  const browser = await puppeteer.launch({
    browser: kind === "firefox" ? "firefox" : "chrome",
    executablePath: PROGRAMS[kind],
    userDataDir: folder,
    headless: true,
    protocolTimeout: 60_000,
    ...(kind === "firefox" ? { extraPrefsFirefox: LIKE_PEOPLE } : { args: ["--no-sandbox", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"] }),
  });
  const child = browser.process();
  const over = new Promise((done) => child.once("exit", done));
  return {
    folder,
    page: async (address) => {
      const page = await browser.newPage();
      page.setDefaultTimeout(20_000);
      if (address) await page.goto(address);
      return page;
    },
    ended: async () => {
      await browser.close();
      await over;
    },
  };
}

/** Types into a field in the place of what is there. */
export async function type(page, selector, text) {
  await page.$eval(selector, (field) => (field.value = ""));
  await page.type(selector, text);
}

/** A tally as a person types it. */
export async function typeTally(page, { receipt, card, week, area, setting, counts = {} }) {
  if (receipt && (await page.$("#receipt"))) await type(page, "#receipt", receipt);
  if (card) await type(page, "#card", card);
  for (const [name, value] of Object.entries({ week, area, setting })) if (value) await page.select(`select[name="${name}"]`, value);
  for (const [measure, count] of Object.entries(counts)) await type(page, `input[name="count.${measure}"]`, count);
}

export const until = (page, look, ...more) => page.waitForFunction(look, { polling: 50 }, ...more);
