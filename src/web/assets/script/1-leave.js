"use strict";
// Pages work without any of this. The parts are joined into one file, form.js.

const $ = (id) => document.getElementById(id);

// Leaving: blank at once, then away, without a step back to here. The address clears what this site keeps.
const leave = () => {
  const to = $("leave") ? $("leave").href : "exit";
  document.title = "";
  document.body.textContent = "";
  location.replace(to);
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

// A card's link carries its code behind a #, which browsers do not send. Take it out of the address at once.
const takeCard = () => {
  let code = "";
  try { code = decodeURIComponent(location.hash.slice(1)); } catch { return; }
  // A link of the summary leads to a field of this name, and is no card.
  if (!/^[0-9A-Za-z -]{20,30}$/.test(code) || $(code)) return;
  history.replaceState(null, "", location.pathname + location.search);
  if ($("card")) $("card").value = code;
};
addEventListener("hashchange", takeCard);
