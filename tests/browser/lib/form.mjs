// The form as a person meets it: what the tests type, and where. All names of the pages stand here and in the contract.
import { fail } from "./programme.mjs";

export const FULL = { area: "north", setting: "van", counts: { contacts: "7", syringes_out: "12" } };

/** Types a tally; what is not named stays as it is. */
export async function fill(page, { receipt, card, week, area, setting, counts = {} }) {
  if (receipt !== undefined) await page.fill("#receipt", receipt);
  if (card !== undefined) await page.fill("#card", card);
  for (const [name, value] of Object.entries({ week, area, setting })) {
    if (value !== undefined) await choose(page, name, value);
  }
  for (const [measure, value] of Object.entries(counts)) await page.fill(field(measure), value);
}

export const field = (measure) => `[name="count.${measure}"]`;
/** Receipt that the form carries. */
export const hidden = (page) => page.inputValue('input[name="receipt"]');
export const send = (page) => page.click("#send");

async function choose(page, name, value) {
  const list = page.locator(`select[name="${name}"]`);
  if (await list.count()) await list.selectOption(value);
  else await page.locator(`input[type=radio][name="${name}"][value="${value}"]`).check();
}

/** What the form holds now. */
export function held(page) {
  return page.evaluate(() => Object.fromEntries(new FormData(document.querySelector("#form"))));
}

/** What a person would have to type again: everything but the receipt and the language. */
export async function typed(page) {
  const { receipt, lang, ...rest } = await held(page);
  return rest;
}

/** The receipt that a page shows. */
export async function shownReceipt(page) {
  const text = (await page.locator(".receipt").innerText()).replace(/[^0-9]/g, "");
  return /^\d{16}$/.test(text) ? text : fail(`no receipt on the page: ${text}`);
}

/** The body that the form's fields stand for, as the API takes it. */
export function asTally({ week, area, setting, counts }) {
  const numbers = Object.entries(counts).map(([measure, value]) => [measure, Number(value)]);
  return { week, area, setting, counts: Object.fromEntries(numbers) };
}
