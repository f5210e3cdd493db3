// The form by keyboard alone and as a screen reader is told of it: names, order, and what is announced. The snapshots
// are files, so that a change of a name or of the order is read by somebody.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { browser, until } from "./lib/browser.mjs";
import { field, held, hidden, shownReceipt } from "./lib/form.mjs";
import { programme } from "./lib/programme.mjs";
import { matches } from "./lib/snapshot.mjs";

let world, chrome;
before(async () => {
  world = await programme();
  chrome = await browser();
});
after(async () => {
  await chrome?.close();
  await world?.stop();
});

async function open(path = "/", options) {
  const page = await chrome.open(options);
  await page.goto(world.url + path);
  return page;
}

/** Role and name of what has the focus, as the browser tells a screen reader. */
async function focused(page) {
  const session = (page.session ??= await page.context().newCDPSession(page));
  const { result } = await session.send("Runtime.evaluate", { expression: "document.activeElement" });
  const { nodes } = await session.send("Accessibility.getPartialAXTree", { objectId: result.objectId, fetchRelatives: false });
  const [node] = nodes;
  return `${node.role.value} "${node.name?.value ?? ""}"`;
}

const onBody = (page) => page.evaluate(() => document.activeElement === document.body);

/** Goes on by Tab until something of this name has the focus; says what it went past. */
async function tabTo(page, name) {
  for (let steps = 0; steps < 60; steps++) {
    await page.keyboard.press("Tab");
    if ((await focused(page)).includes(name)) return;
  }
  assert.fail(`${name} is not reached by Tab`);
}

for (const lang of ["en", "ar"]) {
  test(`the form as a screen reader is told, ${lang}`, async () => {
    const page = await open(`/?lang=${lang}`);
    matches(`form.${lang}.yml`, await page.locator("body").ariaSnapshot());
  });
}

test("the order of Tab is the order on the page", async () => {
  const page = await open();
  const order = [];
  for (let steps = 0; steps < 80; steps++) {
    await page.keyboard.press("Tab");
    if (await onBody(page)) break;
    order.push(await focused(page));
    const covered = await page.evaluate(() => {
      const box = document.activeElement.getBoundingClientRect();
      return box.bottom < 0 || box.top > innerHeight || !document.activeElement.matches(":focus-visible");
    });
    assert.ok(!covered, `${order.at(-1)} has the focus and is not seen`);
    assert.ok(!/ ""$/.test(order.at(-1)), `something without a name: ${await page.evaluate(() => document.activeElement.outerHTML)}`);
  }
  matches("tab-order.en.txt", order.join("\n"));
});

for (const scripts of [true, false]) {
  test(`a tally by keyboard alone, scripts ${scripts ? "on" : "off"}`, async () => {
    const [page, card] = [await open("/", { scripts }), world.card()];
    const number = await hidden(page);
    for (const [name, keys] of [["Area", "No"], ["Setting", "Va"], ["Contacts made", "7"], ["Card", card]]) {
      await page.evaluate(() => document.activeElement.blur());
      await page.keyboard.press("Escape");
      await tabTo(page, `"${name}"`);
      await page.keyboard.type(keys);
    }
    const fields = await held(page);
    assert.equal(fields.area, "north");
    assert.equal(fields.setting, "van");
    assert.equal(fields["count.contacts"], "7");
    await page.keyboard.press("Enter");
    assert.equal(await shownReceipt(page), number);
    matches("receipt.en.yml", await page.locator("main").ariaSnapshot());
    // And on to the next one.
    await tabTo(page, "link");
    await page.evaluate(() => document.querySelector("#another").focus());
    await page.keyboard.press("Enter");
    await page.locator("#card").waitFor();
    assert.equal(await page.inputValue("#card"), "");
  });

  test(`what is wrong is announced and led to, scripts ${scripts ? "on" : "off"}`, async () => {
    const page = await open("/", { scripts });
    await page.focus(field("contacts"));
    await page.keyboard.type("many");
    await page.keyboard.press("Enter");
    await page.locator("#problems").waitFor();
    await until(page, () => document.querySelector("#problems").contains(document.activeElement));
    assert.match(await focused(page), /^alert /);
    assert.equal(await page.title(), "Weekly notes", "a history keeps titles: it says nothing");
    matches(`refused.en.${scripts ? "scripts" : "plain"}.yml`, await page.locator("main").ariaSnapshot());
    await page.keyboard.press("Tab");
    const first = await focused(page);
    await page.keyboard.press("Enter");
    const described = await page.evaluate(() => document.activeElement.getAttribute("aria-describedby"));
    assert.ok(described, `${first} leads to a field that says what is wrong`);
  });
}

test("control: a name that changes is noticed", async () => {
  const page = await open();
  await page.evaluate(() => (document.querySelector("label[for=card]").textContent = "Number"));
  const text = await page.locator("body").ariaSnapshot();
  if (!process.env.UPDATE) assert.throws(() => matches("form.en.yml", text), /has changed/);
});

test("+ and − count, with the keyboard too, between nothing and the limit", async () => {
  const page = await open();
  const input = page.locator(field("contacts"));
  const [less, more] = [page.locator(".count .step[value='-1']").first(), page.locator(".count .step[value='1']").first()];
  await more.click();
  assert.equal(await input.inputValue(), "1", "blank and one more is one");
  await more.focus();
  await page.keyboard.press("Space");
  await page.keyboard.press("Enter");
  assert.equal(await input.inputValue(), "3");
  await less.click();
  assert.equal(await input.inputValue(), "2");
  for (let n = 0; n < 4; n++) await less.click();
  assert.ok(["", "0"].includes(await input.inputValue()), "never below nothing");
  await input.fill("150");
  await more.click();
  assert.equal(await input.inputValue(), "150", "never over the limit");
  await input.fill("\u0667");
  await more.click();
  assert.ok(["8", "\u0668"].includes(await input.inputValue()), "digits of Arabic are counted on");
});

test("one screen of 360 × 640, and targets for a thumb", async () => {
  for (const lang of world.facts.locales) {
    const page = await open(`/?lang=${lang}`, { width: 360, height: 640 });
    const sizes = await page.evaluate(() => {
      const bottom = (e) => Math.ceil(e.getBoundingClientRect().bottom + scrollY);
      const steps = [...document.querySelectorAll(".step")].filter((e) => e.checkVisibility()).map((e) => e.getBoundingClientRect());
      return {
        counts: bottom([...document.querySelectorAll(".count")].at(-1)),
        send: bottom(document.querySelector("#send")),
        steps: steps.length,
        smallest: Math.min(...steps.map((box) => Math.min(box.width, box.height))),
      };
    });
    console.log(`${lang}: last count ends at ${sizes.counts}, Send at ${sizes.send} of 640; ${sizes.steps} steps, the smallest ${sizes.smallest} px`);
    assert.ok(sizes.steps >= 10 && sizes.smallest >= 48, `${lang}: ${JSON.stringify(sizes)}`);
    assert.ok(sizes.send <= 640, `${lang}: Send ends at ${sizes.send}`);
  }
});
