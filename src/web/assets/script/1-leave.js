"use strict";
// Pages work without any of this. The parts are joined into one file, form.js.
// A dimension may be called like a property of a form: forms are asked by attribute and by selector only.

const $ = (id) => document.getElementById(id);

// Where the service lives, and the hash of its log's key: by both a page and what is kept know their programme.
const { log } = document.currentScript.dataset;
const BASE = new URL(".", document.currentScript.src).pathname;
const answeredByUs = (answer) => Boolean(log) && answer.headers.get("Log-Key") === log;

const after = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
const atMost = (milliseconds, work) => Promise.race([work, after(milliseconds)]).catch(() => undefined);

// Leaving: blank at once, then what is kept goes, then away, without a step back to here.
// The address clears what this site keeps once more. Where nobody answers, the page stays blank.
let left = false;
const leave = async () => {
  if (left) return;
  left = true;
  const to = $("leave") ? $("leave").href : BASE + "exit";
  document.title = "";
  document.body.textContent = "";
  await atMost(300, forgetAll());
  const asked = navigator.onLine === false ? undefined : fetch(to, { redirect: "manual", credentials: "omit", cache: "no-store" });
  const way = await atMost(5000, asked);
  location.replace(way && way.type === "opaqueredirect" ? to : "about:blank");
};
document.addEventListener("click", (event) => {
  if (!event.target.closest || !event.target.closest("#leave")) return;
  event.preventDefault();
  leave();
});
// Shift three times does the same; Escape does not, since people press it by habit.
let shifts = 0;
let shifted = 0;
addEventListener("keydown", (event) => {
  if (event.key !== "Shift") { shifts = 0; return; }
  if (event.repeat) return;
  shifts = event.timeStamp - shifted < 800 ? shifts + 1 : 1;
  shifted = event.timeStamp;
  if (shifts === 3) leave();
});

// Back shows an empty form with a receipt of its own, never the last one again.
addEventListener("pageshow", (shown) => { if (shown.persisted) location.reload(); });
addEventListener("popstate", () => { if (sentHere) location.reload(); });
let sentHere = false;

// A card's link carries its code behind a #, which browsers do not send. Take it out of the address at once:
// the browser has written it into its history by then.
const takeCard = () => {
  let code = "";
  try { code = decodeURIComponent(location.hash.slice(1)); } catch { return; }
  // A link of the summary leads to a field of this name, and is no card.
  if (!/^[0-9A-Za-z -]{20,30}$/.test(code) || $(code)) return;
  history.replaceState(null, "", location.pathname + location.search);
  if ($("card")) $("card").value = code;
};
addEventListener("hashchange", takeCard);
