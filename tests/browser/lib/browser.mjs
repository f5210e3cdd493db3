// Debian's Chromium, and pages that write down what they ask for and complain about.
import { chromium } from "playwright-core";

import { outside } from "./outside.mjs";

/** One browser for one test file. Downloads nothing; reaches nothing but loopback. */
export async function browser({ keepsPages = false } = {}) {
  const world = await outside();
  const chrome = await chromium.launch({
    executablePath: process.env.PEERTALLY_CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", `--host-resolver-rules=${world.rule}`],
    // With it, "back" shows a page as it was left, as on a phone.
    ignoreDefaultArgs: keepsPages ? ["--disable-back-forward-cache"] : [],
  });
  const close = async () => {
    await chrome.close();
    world.stop();
  };
  return { open: (options) => open(chrome, options), outside: world, close };
}

/**
 * A page in a context of its own. `page.notes` holds its requests and complaints; `scripts: false` as in a browser
 * that runs none.
 */
async function open(chrome, { scripts = true, scheme = "light", width = 360, height = 640, ...more } = {}) {
  const context = await chrome.newContext({
    javaScriptEnabled: scripts,
    colorScheme: scheme,
    viewport: { width, height },
    // The test's own "elsewhere" signs its own certificate.
    ignoreHTTPSErrors: true,
    ...more,
  });
  context.setDefaultTimeout(10_000);
  return watch(await context.newPage());
}

/** No scripts in this one page, while others of its context run theirs. */
export async function stopScripts(page) {
  const session = await page.context().newCDPSession(page);
  await session.send("Emulation.setScriptExecutionDisabled", { value: true });
}

/** Waits until `look`, run in the page, gives something true; also where the page runs no scripts and cannot wait itself. */
export async function until(page, look, what = String(look)) {
  for (const end = Date.now() + 10_000; Date.now() < end; ) {
    if (await page.evaluate(look)) return;
    await new Promise((done) => setTimeout(done, 20));
  }
  throw new Error(`never: ${what}`);
}

/** Writes down what the page asks for and what it complains about. */
export function watch(page) {
  const notes = { requests: [], complaints: [] };
  page.on("request", (request) => notes.requests.push({ url: request.url(), method: request.method() }));
  // Chromium reports each answer over 399 as a "failed load"; such answers are what some tests are about.
  page.on("console", (message) => {
    const plain = message.type() === "error" && message.text().startsWith("Failed to load resource: the server responded");
    if (["error", "warning"].includes(message.type()) && !plain) notes.complaints.push(`${message.type()}: ${message.text()}`);
  });
  page.on("pageerror", (error) => notes.complaints.push(`exception: ${error.message}`));
  return Object.assign(page, { notes });
}

/** Requests that went to another origin than `url`. */
export const strangers = (notes, url) =>
  notes.requests.map((r) => r.url).filter((address) => !address.startsWith(`${url}/`) && !/^(about|data|blob):/.test(address));
