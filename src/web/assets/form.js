// A link on a card carries the card's code behind a #, which browsers do not
// send. Put it into the field and take it out of the address at once.
(() => {
  const take = () => {
    let code = "";
    try { code = decodeURIComponent(location.hash.slice(1)); } catch { return; }
    if (!/^[0-9A-Za-z -]{20,30}$/.test(code)) return;
    history.replaceState(null, "", location.pathname);
    const card = document.getElementById("card");
    if (card) card.value = code;
  };
  take();
  addEventListener("hashchange", take);
  // Back shows an empty form with a receipt of its own, never the last one again.
  addEventListener("pageshow", (shown) => { if (shown.persisted) location.reload(); });
})();
