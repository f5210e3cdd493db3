// Sending without leaving the page, so that nothing typed is lost where there is no network.

const words = $("words") ? $("words").dataset : {};
const home = $("words") ? $("form").action : "";
const PATIENCE = 20000;
let busy = false;
let flushing = false;
let looking = "";

const say = (text) => { if ($("said")) $("said").textContent = text; };

// The answer stands at an address of its own, and is shown here: its links are followed from there.
const lead = (page, from) => {
  for (const part of page.querySelectorAll("#main [href], #main [action], #main [formaction]")) {
    for (const name of ["href", "action", "formaction"]) {
      const to = part.getAttribute(name);
      if (to && to[0] !== "#") part.setAttribute(name, new URL(to, from).href);
    }
  }
};

// The page that answers, or nothing where the service was not reached or could not store.
const post = async (body) => {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), PATIENCE);
  try {
    const headers = { "Content-Type": "application/x-www-form-urlencoded" };
    const answer = await fetch(home, { method: "POST", body, headers, credentials: "omit", signal: stop.signal });
    // The answer is read once, where the service leads to: 404 says that somebody else has read it.
    if (answer.status === 404) return undefined;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (!page.getElementById("main")) return undefined;
    lead(page, answer.url);
    return { page, later: answer.status >= 500 };
  } catch { return undefined; } finally { clearTimeout(timer); }
};
const stateOf = (page) => { const number = page.getElementById("number"); return number ? number.dataset.state : ""; };

// A tally was taken: what of it the phone may keep.
const taken = async (body, state) => {
  const { card, totals } = await options();
  if (card) await seal("card", new URLSearchParams(body).get("card") || "");
  if (totals && state === "new") await addTotals(body);
};

const show = (page) => {
  document.title = page.title;
  $("main").replaceWith(document.importNode(page.getElementById("main"), true));
  const first = $("problems") || $("main").querySelector("h1");
  first.tabIndex = -1;
  first.focus();
  scrollTo(0, 0);
};

// What was wrong with an earlier try says nothing about this one.
const forgetProblems = (form) => {
  for (const old of document.querySelectorAll("#problems, .error")) old.remove();
  for (const field of form.querySelectorAll("[aria-invalid], [aria-describedby]")) {
    field.removeAttribute("aria-invalid");
    field.removeAttribute("aria-describedby");
  }
};

// The form shows the receipt that its tally will have.
const showReceipt = (form) => {
  if ($("receipt-shown")) $("receipt-shown").textContent = form.elements.receipt.value.replace(/(.{4})(?=.)/g, "$1 ");
};

const empty = (form, keepCard) => {
  for (const field of form.querySelectorAll(".count input")) field.value = "";
  for (const select of form.querySelectorAll("select")) select.selectedIndex = 0;
  if (!keepCard) form.elements.card.value = "";
  form.elements.receipt.value = newReceipt();
  showReceipt(form);
};

// No answer: keep it if that is switched on; else it stays in the form.
const keepOrStay = async (form, body) => {
  forgetProblems(form);
  const { queue, card } = await options();
  if (!queue) return say(words.offline);
  if ((await waiting()).length >= 20) return say(words.full);
  try {
    await seal("q" + form.elements.receipt.value, { body, at: Date.now() });
  } catch { return say(words.failed); }
  empty(form, card);
  say(words.kept);
  await showKept();
};

const send = async (form) => {
  if (busy) return;
  busy = true;
  say("");
  const body = new URLSearchParams(new FormData(form)).toString();
  $("send").disabled = true;
  const answer = await post(body);
  const state = answer ? stateOf(answer.page) : "";
  if (state) {
    sentHere = true;
    await taken(body, state).catch(() => {});
    if (canKeep) for (const done of ["q" + form.elements.receipt.value, looking]) if (done) await remove(done).catch(() => {});
    looking = "";
    history.pushState(null, "", location.href);
    show(answer.page);
  } else if (answer && !(answer.later && (await options()).queue)) {
    show(answer.page);
    start();
  } else {
    await keepOrStay(form, body);
  }
};

// Sends what waits. A repeat is harmless: each tally has its receipt.
const flush = async () => {
  if (flushing || !home) return;
  flushing = true;
  let sent = 0;
  for (const entry of await waiting()) {
    const { name, body, at } = entry;
    if (Date.now() - at > DAYS_7) { await remove(name); say(words.expired); continue; }
    if (entry.refused) continue;
    const answer = await post(body);
    if (!answer || answer.later) break;
    const state = stateOf(answer.page);
    if (state) {
      await taken(body, state).catch(() => {});
      await remove(name);
      sent += 1;
    } else {
      const found = [...answer.page.querySelectorAll("#problems h2, #problems li")];
      await seal(name, { body, at, refused: found.map((part) => part.textContent.trim()).join(" ") });
    }
  }
  if (sent) say(words.sent);
  flushing = false;
  await showKept();
};

// Puts a refused tally back into the form, as it was typed.
const look = (entry) => {
  looking = entry.name;
  for (const [name, value] of new URLSearchParams(entry.body)) {
    if ($("form").elements[name]) $("form").elements[name].value = value;
  }
  showReceipt($("form"));
  say(entry.refused);
  $("card").focus();
};
