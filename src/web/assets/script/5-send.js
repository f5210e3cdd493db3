// Sending without leaving the page, so that nothing typed is lost where there is no network.

const words = $("words") ? $("words").dataset : {};
const PATIENCE = 20000;
let busy = false;
let flushing = false;
// What was said of a waiting tally since the page was opened: 422 (not taken) or 410 (its key is gone).
const refused = {};

const say = (text) => { if ($("said")) $("said").textContent = text; };
const field = (form, name) => form.querySelector(`[name="${name}"]`);

// The answer and its text; nothing where this service was not reached, whoever else may have answered.
const post = async (to, type, body) => {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), PATIENCE);
  try {
    const answer = await fetch(to, { method: "POST", body, headers: { "Content-Type": type }, credentials: "omit", signal: stop.signal });
    return answeredByUs(answer) ? { status: answer.status, url: answer.url, text: await answer.text() } : undefined;
  } catch { return undefined; } finally { clearTimeout(timer); }
};
const postForm = async (to, body) => {
  const answer = await post(to, "application/x-www-form-urlencoded", body);
  // 404: the answer, which is read once, was read by somebody else.
  if (!answer || answer.status === 404) return undefined;
  const page = new DOMParser().parseFromString(answer.text, "text/html");
  const main = page.getElementById("main");
  if (!main) return undefined;
  // Its links are meant from where it was answered.
  for (const name of ["href", "action", "formaction"]) {
    for (const part of main.querySelectorAll(`[${name}]`)) {
      const link = part.getAttribute(name);
      if (link[0] !== "#") part.setAttribute(name, new URL(link, answer.url).href);
    }
  }
  const number = page.getElementById("number");
  return { title: page.title, main, done: !page.getElementById("form"), state: number ? number.dataset.state : "", later: answer.status >= 500 };
};

const show = ({ title, main }) => {
  document.title = title;
  $("main").replaceWith(document.importNode(main, true));
  const first = $("problems") || $("main").querySelector("h1");
  first.tabIndex = -1;
  first.focus();
  scrollTo(0, 0);
};

// What was wrong with an earlier try says nothing about this one.
const forgetProblems = (form) => {
  for (const old of document.querySelectorAll("#problems, .error")) old.remove();
  for (const part of form.querySelectorAll("[aria-invalid], [aria-describedby]")) {
    part.removeAttribute("aria-invalid");
    part.removeAttribute("aria-describedby");
  }
};

const empty = (form, keepCard) => {
  for (const count of form.querySelectorAll(".count input")) count.value = "";
  for (const list of form.querySelectorAll("select")) list.selectedIndex = 0;
  if (!keepCard) field(form, "card").value = "";
  field(form, "receipt").value = newReceipt();
  // The form shows the receipt that its tally will have.
  if ($("receipt-shown")) $("receipt-shown").textContent = field(form, "receipt").value.replace(/(.{4})(?=.)/g, "$1 ");
};

// The form as the service takes it, and the fields that it would refuse: nobody can mend them once it is sealed.
const typed = (form) => {
  const wrong = [];
  const tally = { counts: {} };
  const card = cardOf(field(form, "card").value);
  if (!card) wrong.push(field(form, "card"));
  for (const list of form.querySelectorAll("select")) {
    if (list.value) tally[list.name] = list.value; else wrong.push(list);
  }
  const counts = [...form.querySelectorAll(".count input")];
  for (const count of counts.filter((count) => plain(count.value))) {
    const number = whole(count.value);
    if (number <= Number(count.dataset.max)) tally.counts[count.name.slice(6)] = number; else wrong.push(count);
  }
  if (!counts.some((count) => plain(count.value))) wrong.push(counts[0]);
  return { card, receipt: field(form, "receipt").value, tally, wrong };
};

// A tally is on its way: what of it the phone may keep.
const remember = async (form) => {
  const { card, totals } = await options();
  const { card: code, tally } = typed(form);
  if (card) await write("card", bytesOf(field(form, "card").value));
  if (totals && code) await addTotals(code, tally.counts);
};

// No answer: keep it if that is switched on; else it stays in the form.
const keepOrStay = async (form) => {
  forgetProblems(form);
  const { queue, card } = await options();
  if (!queue || !words.queueKey) return say($("said").dataset.offline);
  if ((await waiting()).length >= MOST) return say(words.full);
  const { wrong, ...entry } = typed(form);
  if (wrong.length) {
    for (const part of wrong) part.setAttribute("aria-invalid", "true");
    wrong[0].focus();
    return say(words.check);
  }
  try {
    await addWaiting(await seal(fromBase64(words.queueKey), fromHex(words.queueId), padded(entry)));
  } catch { return say(words.failed); }
  await remember(form).catch(() => {});
  empty(form, card);
  say(words.kept);
  await showKept();
};

const send = async (form, button) => {
  if (busy) return;
  busy = true;
  say("");
  const action = (button && button.getAttribute("formaction")) || form.getAttribute("action");
  const body = new URLSearchParams(new FormData(form)).toString();
  const buttons = [...form.querySelectorAll(".send button")];
  for (const one of buttons) one.disabled = true;
  // Only a new tally may wait; practice, corrections and withdrawals cannot.
  const mayWait = canKeep && Boolean($("words"));
  try {
    const answer = await postForm(new URL(action, location.href).href, body);
    if (answer && answer.done) {
      sentHere = true;
      if (mayWait && answer.state === "new") await remember(form).catch(() => {});
      history.pushState(null, "", location.href);
      show(answer);
    } else if (answer && !(answer.later && mayWait && (await options()).queue)) {
      show(answer);
      start();
    } else if (mayWait) {
      await keepOrStay(form);
    } else {
      forgetProblems(form);
      say($("said").dataset.offline);
    }
  } finally {
    busy = false;
    for (const one of buttons) one.disabled = false;
  }
};

// Sends what waits. A repeat is harmless: each tally has its receipt. Nothing goes before the service has
// said that it has it; what it refuses stays until its owner has read that.
const flush = async () => {
  if (flushing || !canKeep || !$("words")) return;
  flushing = true;
  let sent = 0;
  try {
    for (const name of await waiting()) {
      const blob = refused[name] ? undefined : await read(name);
      if (!blob) continue;
      const answer = await post(BASE + "v1/sealed", "application/octet-stream", blob);
      const status = answer ? answer.status : 0;
      if (status === 200 || status === 201) {
        await removeWaiting(name);
        sent += 1;
      } else if (status === 422 || status === 410) {
        refused[name] = status;
      } else if (status !== 429) break;
    }
    if (sent) say(words.sent);
  } finally { flushing = false; }
  await tidy();
  await showKept();
};
