// Every page there is: those that links lead to, and those that only a form brings.
import { FULL, fill, send, shownReceipt } from "./form.mjs";
import { fail } from "./programme.mjs";

/** Pages that the interface promises, so that a lost link is noticed. */
const PROMISED = ["/", "/practice", "/reports", "/reports/2025-Q1", "/policy", "/audit", "/help", "/correct", "/paper"];

/** Addresses of all pages that links lead to from the form, without their language. */
export async function linked(url) {
  const found = new Set();
  const next = ["/"];
  while (next.length > 0) {
    const path = next.pop();
    if (found.has(path)) continue;
    const answer = await fetch(url + path);
    if (!answer.headers.get("content-type")?.startsWith("text/html")) continue;
    found.add(path);
    for (const [, href] of (await answer.text()).matchAll(/<a [^>]*href="([^"#]+)"/g)) {
      const to = new URL(href.replaceAll("&amp;", "&"), url + path);
      to.searchParams.delete("lang");
      const plain = to.pathname + to.search;
      if (to.origin === url && !plain.endsWith("/exit") && !/^\/(v1|public)\//.test(plain)) next.push(plain);
    }
  }
  const missing = PROMISED.filter((path) => !found.has(path));
  if (missing.length > 0) fail(`no link leads to ${missing}`);
  return [...found].sort();
}

/** Pages that come from sending something, each with how to get there. */
export function made(world) {
  const week = world.facts.open_weeks[0];
  const start = (page, path, lang) => page.goto(`${world.url}${path}?lang=${lang}`);
  return {
    "the form, refused": async (page, lang) => {
      await start(page, "/", lang);
      await fill(page, { card: "4 legs", week, area: "", setting: "", counts: { contacts: "many" } });
      await send(page);
      await page.locator("#problems").waitFor();
    },
    "the receipt": async (page, lang) => {
      await start(page, "/", lang);
      await fill(page, { card: world.sender, week, ...FULL });
      await send(page);
      await shownReceipt(page);
    },
    "the receipt of practice": async (page, lang) => {
      await start(page, "/practice", lang);
      await fill(page, { card: world.sender, week, ...FULL });
      await send(page);
      await shownReceipt(page);
    },
    "the correction, refused": async (page, lang) => {
      await start(page, "/correct", lang);
      await fill(page, { receipt: "12", card: "4 legs" });
      await page.click("#replace");
      await page.locator("#problems").waitFor();
    },
    "the withdrawal": async (page, lang) => {
      await start(page, "/", lang);
      await fill(page, { card: world.sender, week, ...FULL });
      await send(page);
      const receipt = await shownReceipt(page);
      await start(page, "/correct", lang);
      await fill(page, { receipt, card: world.sender });
      await page.click("#withdraw");
      await page.locator("main:not(:has(#form))").waitFor();
    },
    "an answer that was read": (page, lang) => start(page, "/sent/n1-0", lang),
    "a period without a release": (page, lang) => start(page, "/reports/2031-Q1", lang),
  };
}
