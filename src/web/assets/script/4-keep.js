// What a phone may keep, each only if its owner switches it on: the card, tallies that could not be
// sent, own totals. Each is a file of the browser's cache, which unlinks it when it goes; its databases
// and its local storage do not. Nothing switched on: nothing is made. It belongs to this programme only.

const STORE = "notes " + log + " " + BASE;
const MOST = 20;
const canKeep = window.isSecureContext && window.caches && window.crypto && crypto.subtle;
const place = (name) => BASE + "kept/" + name;
// One tab at a time, where the browser has locks.
const alone = (act) => (navigator.locks ? navigator.locks.request(STORE, act) : act());

const names = async () => {
  if (!canKeep || !(await caches.has(STORE))) return [];
  return (await (await caches.open(STORE)).keys()).map((kept) => kept.url.split("/").pop());
};
const read = async (name) => {
  if (!(await names()).includes(name)) return undefined;
  const found = await (await caches.open(STORE)).match(place(name));
  return found && new Uint8Array(await found.arrayBuffer());
};
const write = async (name, bytes) => (await caches.open(STORE)).put(place(name), new Response(bytes));
const remove = async (name) => { if ((await names()).length) await (await caches.open(STORE)).delete(place(name)); };
const forgetAll = async () => {
  if (!canKeep || !(await caches.has(STORE))) return;
  const all = await caches.open(STORE);
  await Promise.all((await all.keys()).map((kept) => all.delete(kept)));
  await caches.delete(STORE);
};

const text = async (name) => new TextDecoder().decode((await read(name)) || new Uint8Array(0));
const options = async () => JSON.parse((await text("options")) || "{}");

// The sealed tallies that wait. Adding one writes all of them anew, so that no file's date tells when
// which was typed. A crash in between leaves one twice at worst, and it has its receipt.
const waiting = async () => (await names()).filter((name) => name[0] === "q").sort();
const addWaiting = (blob) => alone(async () => {
  const all = { ["q" + hex(blob.slice(9, 25))]: blob };
  for (const name of await waiting()) all[name] = await read(name);
  for (const name of Object.keys(all).sort()) await write(name, all[name]);
});
const removeWaiting = (name) => alone(() => remove(name));

// Nothing switched on and nothing waiting: nothing stays.
const tidy = async () => {
  const { card, queue, totals } = await options();
  if (!card && !queue && !totals && !(await waiting()).length) await forgetAll();
};

// Own totals of this card, and the name they are kept by; those of another card stay locked.
const totalsOf = async (card) => {
  for (const name of (await names()).filter((name) => name[0] === "t")) {
    const totals = await unlock(card, (await read(name)) || new Uint8Array(0));
    if (totals) return { name, totals };
  }
  return { name: "t" + hex(crypto.getRandomValues(new Uint8Array(8))), totals: {} };
};
const addTotals = async (card, counts) => {
  const { name, totals } = await totalsOf(card);
  for (const measure of Object.keys(counts)) totals[measure] = (Number(totals[measure]) || 0) + counts[measure];
  await write(name, await lock(card, totals));
};
