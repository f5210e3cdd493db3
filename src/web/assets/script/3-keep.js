// What a phone may keep, each only if its owner switches it on: the card, tallies that
// could not be sent, own totals. Locked with a key that scripts can use and not read out.
// Nothing switched on: no database is made, and an empty one is removed.

const NAME = "notes";
const DAYS_7 = 7 * 24 * 60 * 60 * 1000;
const canKeep = window.isSecureContext && window.indexedDB && window.crypto && crypto.subtle;

const openKept = (make) => new Promise((done) => {
  const request = indexedDB.open(NAME, 1);
  request.onupgradeneeded = () => {
    if (make) request.result.createObjectStore("kept"); else request.transaction.abort();
  };
  request.onsuccess = () => done(request.result);
  request.onerror = (event) => { event.preventDefault(); done(null); };
});

// One step in the database; undefined where there is none.
const inKept = async (mode, act, make) => {
  const base = await openKept(make);
  if (!base) { if (make) throw new Error("no database"); return undefined; }
  try {
    return await new Promise((done, failed) => {
      const step = base.transaction("kept", mode);
      const request = act(step.objectStore("kept"));
      step.oncomplete = () => done(request.result);
      step.onabort = step.onerror = () => failed(step.error);
    });
  } finally { base.close(); }
};
const read = (name) => inKept("readonly", (kept) => kept.get(name));
const write = (name, value) => inKept("readwrite", (kept) => kept.put(value, name), true);
const remove = (name) => inKept("readwrite", (kept) => kept.delete(name));
const names = async () => (await inKept("readonly", (kept) => kept.getAllKeys())) || [];

const seal = async (name, value) => {
  let key = await read("key");
  if (!key) {
    key = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
    await write("key", key);
  }
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const bytes = new TextEncoder().encode(JSON.stringify(value));
  await write(name, { iv, data: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, bytes) });
};
const unseal = async (name) => {
  const [key, sealed] = [await read("key"), await read(name)];
  if (!key || !sealed) return undefined;
  const bytes = await crypto.subtle.decrypt({ name: "AES-GCM", iv: sealed.iv }, key, sealed.data);
  return JSON.parse(new TextDecoder().decode(bytes));
};

// What is switched on, and the tallies that wait, oldest first.
const options = async () => (canKeep && (await read("options"))) || {};
const waiting = async () => {
  const entries = [];
  if (!canKeep) return entries;
  for (const name of await names()) {
    if (name[0] !== "q") continue;
    const entry = await unseal(name).catch(() => undefined);
    if (entry) entries.push(Object.assign(entry, { name }));
  }
  return entries.sort((a, b) => a.at - b.at);
};
const forgetAll = () => new Promise((done) => {
  const request = indexedDB.deleteDatabase(NAME);
  request.onsuccess = request.onerror = request.onblocked = () => done();
});
// Nothing switched on and nothing waiting: nothing stays, the key neither.
const tidy = async () => {
  const { card, queue, totals } = await options();
  if (!card && !queue && !totals && !(await waiting()).length) await forgetAll();
};

const addTotals = async (body) => {
  const totals = (await unseal("totals")) || {};
  for (const [name, value] of new URLSearchParams(body)) {
    if (name.startsWith("count.") && whole(value) >= 0) totals[name] = (totals[name] || 0) + whole(value);
  }
  await seal("totals", totals);
};
