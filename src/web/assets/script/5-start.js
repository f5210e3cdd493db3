// Puts the parts together on the page that is shown.

const button = (text, act) => {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "quiet";
  made.textContent = text;
  made.addEventListener("click", act);
  return made;
};
// (Browsers of 2018 have no replaceChildren.)
const put = (place, parts) => {
  place.textContent = "";
  place.append(...parts);
};
const line = (text, ...buttons) => {
  const made = document.createElement("p");
  const said = document.createElement("span");
  said.textContent = text + " ";
  made.append(said, ...buttons);
  return made;
};

// What waits on this phone, what was refused, and own totals.
const showKept = async () => {
  if (!$("queue")) return;
  const entries = await waiting();
  const open = entries.filter((entry) => !entry.refused);
  const drop = (list) => async () => {
    for (const entry of list) await remove(entry.name);
    await tidy();
    await showKept();
  };
  const lines = [];
  if (open.length) {
    lines.push(line(words.waiting.split("|")[open.length - 1] || "", button(words.send, flush), button(words.delete, drop(open))));
  }
  for (const entry of entries.filter((entry) => entry.refused)) {
    lines.push(line(words.refused + " " + entry.refused, button(words.look, () => look(entry)), button(words.delete, drop([entry]))));
  }
  put($("queue"), lines);
  $("queue").hidden = !lines.length;
  await showTotals();
};

const showTotals = async () => {
  const totals = (await options()).totals ? (await unseal("totals")) || {} : undefined;
  $("own").hidden = !totals;
  const parts = [];
  for (const name of Object.keys(totals || {})) {
    const label = document.querySelector(`label[for="${name}"] span`);
    if (!label) continue;
    const [what, count] = [document.createElement("dt"), document.createElement("dd")];
    what.textContent = label.textContent;
    count.textContent = totals[name];
    parts.push(what, count);
  }
  put($("own-totals"), parts);
};

// Each switch: what it is called in the options, and what goes when it is switched off.
const switches = async () => {
  const on = await options();
  for (const name of ["card", "queue", "totals"]) {
    const box = $("keep-" + name);
    box.checked = Boolean(on[name]);
    box.addEventListener("change", async () => {
      try {
        await write("options", Object.assign(await options(), { [name]: box.checked }));
        if (!box.checked) await remove(name);
        if (box.checked && name === "card" && $("card").value) await seal("card", $("card").value);
        await tidy();
      } catch { box.checked = false; say(words.failed); }
      await showTotals();
    });
  }
  $("clear").addEventListener("click", async () => {
    await forgetAll();
    for (const name of ["card", "queue", "totals"]) $("keep-" + name).checked = false;
    say(words.cleared);
    await showKept();
  });
  if (on.card && !$("card").value) $("card").value = (await unseal("card").catch(() => "")) || "";
  $("device").hidden = false;
};

const start = () => {
  const form = $("form");
  if (!form) return;
  addSteps(form);
  let once = false;
  form.addEventListener("submit", (event) => {
    if (!$("words")) {
      // Practice and corrections go the plain way, once for each tap.
      if (once) event.preventDefault();
      once = true;
      return;
    }
    event.preventDefault();
    send(form).catch(() => say(words.failed)).then(() => {
      busy = false;
      if ($("send")) $("send").disabled = false;
    });
  });
  if (!$("words") || !canKeep) return;
  switches().then(showKept).catch(() => {});
};

takeCard();
start();
if (canKeep && home) {
  flush().catch(() => { flushing = false; });
  addEventListener("online", () => flush().catch(() => { flushing = false; }));
}
