// What the page keeps on a phone, as a script of the same origin could read it: everything, wherever it may lie.

/** `[{ store, name, bytes }]`; bytes as base64. */
export const everythingKept = (page) =>
  page.evaluate(async () => {
    const found = [];
    for (const store of await caches.keys()) {
      const cache = await caches.open(store);
      for (const request of await cache.keys()) {
        const held = await cache.match(request);
        // It may go while this looks.
        if (!held) continue;
        const bytes = new Uint8Array(await held.arrayBuffer());
        found.push({ store, name: new URL(request.url).pathname.split("/").pop(), bytes: btoa(String.fromCharCode(...bytes)) });
      }
    }
    for (const base of await indexedDB.databases()) found.push({ store: "IndexedDB", name: base.name, bytes: "" });
    for (const [store, held] of Object.entries({ localStorage, sessionStorage })) {
      for (const [name, value] of Object.entries(held)) found.push({ store, name, bytes: btoa(value) });
    }
    if (document.cookie) found.push({ store: "cookie", name: document.cookie, bytes: "" });
    return found;
  });

/** Bytes of one sealed tally: id, encapsulated key, 2,048 bytes and their tag. */
export const SEALED = 8 + 65 + 2048 + 16;
export const bytesOf = (entry) => Buffer.from(entry.bytes, "base64");
export const waitingIn = (kept) => kept.filter((entry) => entry.name.startsWith("q"));
