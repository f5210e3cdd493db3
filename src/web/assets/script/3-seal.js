// Sealing. A tally that waits is sealed to the service's queue key, and no phone can open it:
// HPKE base mode (RFC 9180), DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-256-GCM.
// Own totals are locked with a key that follows from the card.

const WIDTH = 2048;
const bytesOf = (text) => new TextEncoder().encode(text);
const joined = (...parts) => Uint8Array.from([].concat(...parts.map((part) => [...part])));
// One width for all, so that length says nothing.
const padded = (value) => {
  const bytes = bytesOf(JSON.stringify(value).padEnd(WIDTH));
  if (bytes.length > WIDTH) throw new Error("too long");
  return bytes;
};
const mac = async (key, ...parts) => {
  const own = await crypto.subtle.importKey("raw", key, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  return new Uint8Array(await crypto.subtle.sign("HMAC", own, joined(...parts)));
};
const aes = (key, use) => crypto.subtle.importKey("raw", key, "AES-GCM", false, [use]);
const encrypt = async (key, iv, bytes, additionalData = new Uint8Array(0)) =>
  new Uint8Array(await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData }, await aes(key, "encrypt"), bytes));

// LabeledExtract and LabeledExpand; no more than one block is ever expanded.
const NONE = new Uint8Array(32);
const VERSION = bytesOf("HPKE-v1");
const extract = (suite, salt, label, secret) => mac(salt, VERSION, suite, bytesOf(label), secret);
const expand = async (suite, key, label, context, length) =>
  (await mac(key, [0, length], VERSION, suite, bytesOf(label), context, [1])).slice(0, length);

const seal = async (point, id, bytes) => {
  const curve = { name: "ECDH", namedCurve: "P-256" };
  const theirs = await crypto.subtle.importKey("raw", point, curve, false, []);
  const ours = await crypto.subtle.generateKey(curve, false, ["deriveBits"]);
  const enc = new Uint8Array(await crypto.subtle.exportKey("raw", ours.publicKey));
  const shared = await crypto.subtle.deriveBits({ name: "ECDH", public: theirs }, ours.privateKey, 256);
  const kem = joined(bytesOf("KEM"), [0, 16]);
  const suite = joined(bytesOf("HPKE"), [0, 16, 0, 1, 0, 2]);
  const prk = await extract(kem, NONE, "eae_prk", new Uint8Array(shared));
  const secret = await expand(kem, prk, "shared_secret", joined(enc, point), 32);
  const context = joined([0], await extract(suite, NONE, "psk_id_hash", []), await extract(suite, NONE, "info_hash", bytesOf("peertally/queue/1")));
  const schedule = await extract(suite, secret, "secret", []);
  const key = await expand(suite, schedule, "key", context, 32);
  const nonce = await expand(suite, schedule, "base_nonce", context, 12);
  return joined(id, enc, await encrypt(key, nonce, bytes, id));
};

// A card has 95 random bits: its key needs a salt and no stretching.
const lockKey = (card, salt) => mac(salt, bytesOf("peertally/totals/1"), bytesOf(card.slice(0, 19)));
const lock = async (card, value) => {
  const salt = crypto.getRandomValues(new Uint8Array(28));
  return joined(salt, await encrypt(await lockKey(card, salt), salt.slice(16), padded(value)));
};
// Nothing where another card locked it.
const unlock = async (card, locked) => {
  const salt = locked.slice(0, 28);
  try {
    const key = await aes(await lockKey(card, salt), "decrypt");
    const bytes = await crypto.subtle.decrypt({ name: "AES-GCM", iv: salt.slice(16) }, key, locked.slice(28));
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch { return undefined; }
};

const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
const fromHex = (text) => Uint8Array.from(text.match(/../g) || [], (byte) => parseInt(byte, 16));
const fromBase64 = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
