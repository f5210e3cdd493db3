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
  const all = await waiting();
  const open = all.filter((name) => !refused[name]);
  const drop = (list) => async () => {
    for (const name of list) await removeWaiting(name);
    await tidy();
    await showKept();
  };
  const lines = [];
  if (open.length) {
    lines.push(line(words.waiting.split("|")[open.length - 1] || "", button(words.send, flush), button(words.delete, drop(open))));
  }
  for (const name of all.filter((name) => refused[name])) {
    lines.push(line(refused[name] === 410 ? words.gone : words.refused, button(words.delete, drop([name]))));
  }
  put($("queue"), lines);
  $("queue").hidden = !lines.length;
  await showTotals();
};

// Only with the card that they are locked with.
const showTotals = async () => {
  const card = cardOf($("card").value);
  const { totals } = card && (await options()).totals ? await totalsOf(card) : {};
  const parts = [];
  for (const count of document.querySelectorAll(".count")) {
    const total = totals && totals[count.querySelector("input").name.slice(6)];
    if (typeof total !== "number") continue;
    const [what, number] = [document.createElement("dt"), document.createElement("dd")];
    what.textContent = count.querySelector("label span").textContent;
    number.textContent = total;
    parts.push(what, number);
  }
  put($("own-totals"), parts);
  $("own").hidden = !parts.length;
};

// Each switch: what it is called in the options, and what goes when it is switched off.
const switches = async () => {
  const on = await options();
  for (const name of ["card", "queue", "totals"]) {
    const box = $("keep-" + name);
    box.checked = Boolean(on[name]);
    box.addEventListener("change", async () => {
      try {
        await write("options", bytesOf(JSON.stringify(Object.assign(await options(), { [name]: box.checked }))));
        if (!box.checked && name === "card") await remove("card");
        if (!box.checked && name === "totals") for (const one of await names()) if (one[0] === "t") await remove(one);
        if (box.checked && name === "card" && $("card").value) await write("card", bytesOf($("card").value));
        await tidy();
      } catch { box.checked = false; say(words.failed); }
      await showTotals();
    });
  }
  $("clear").addEventListener("click", async () => {
    await atMost(3000, forgetAll());
    for (const name of ["card", "queue", "totals"]) $("keep-" + name).checked = false;
    put($("own-totals"), []);
    say(words.cleared);
    await showKept();
  });
  $("card").addEventListener("input", () => showTotals().catch(() => {}));
  if (on.card && !$("card").value) $("card").value = await text("card");
  $("device").hidden = false;
};

const start = () => {
  const form = $("form");
  if (!form) return;
  addSteps(form);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send(form, event.submitter || document.activeElement).catch(() => say(words.failed || ""));
  });
  if ($("words") && canKeep) switches().then(showKept).catch(() => {});
};

takeCard();
start();
if (canKeep && $("words")) {
  flush().catch(() => {});
  addEventListener("online", () => flush().catch(() => {}));
}
