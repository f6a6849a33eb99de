(() => {
"use strict";
const root = document.documentElement;
const kept = {
  get(name) { try { return localStorage.getItem("mirage-lint-" + name); } catch { return null; } },
  set(name, value) { try { localStorage.setItem("mirage-lint-" + name, value); } catch { /* not kept */ } },
};
if (["light", "dark"].includes(kept.get("theme"))) root.dataset.theme = kept.get("theme");

addEventListener("DOMContentLoaded", () => {
  const by = (id) => document.getElementById(id);
  const all = (chosen) => [...document.querySelectorAll(chosen)];
  const search = by("search"), told = by("told"), help = by("help"), single = by("single");
  all("[data-script]").forEach((one) => { one.hidden = false; });

  // Light and dark.
  const isDark = () => root.dataset.theme
    ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  const tellTheme = () => by("theme").setAttribute("aria-pressed", String(isDark()));
  const turn = () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    kept.set("theme", root.dataset.theme);
    tellTheme();
  };
  by("theme").addEventListener("click", turn);
  tellTheme();

  // Claims of a document: the one that is chosen is marked, and its reading shown.
  const claims = all(".c[id]");
  const readingOf = (claim) => by("r" + claim.id.slice(1));
  const isFinding = (claim) => claim.matches(".contradicted, .ambiguous");
  let chosen = null;
  const mark = (claim) => {
    all(".c[aria-current]").forEach((one) => one.removeAttribute("aria-current"));
    chosen = claim;
    if (claim) all(`#${claim.id}, .c[data-of="${claim.id.slice(1)}"]`)
      .forEach((one) => one.setAttribute("aria-current", "true"));
  };
  const open = (claim) => {
    for (let one = claim.closest("details:not([open])"); one; one = one.parentElement.closest("details:not([open])")) one.open = true;
  };
  const choose = (claim) => {
    open(claim);
    location.replace("#r" + claim.id.slice(1));
    mark(claim);
    claim.focus({ preventScroll: true });
    claim.scrollIntoView({ block: "center" });
  };
  const follow = () => {
    const found = /^#[cr](\d+)$/.exec(location.hash);
    const claim = found && by("c" + found[1]);
    if (!claim) return;
    mark(claim);
    const box = claim.getBoundingClientRect();
    if (box.top < 60 || box.bottom > innerHeight) claim.scrollIntoView({ block: "center" });
  };
  addEventListener("hashchange", follow);
  follow();
  const isBehind = (one, other) => Boolean(one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING);
  const go = (ahead, kind) => {
    const open = claims.filter((one) => kind(one) && !one.classList.contains("dim")
      && by("f-" + one.classList[1]).checked);
    const focused = document.activeElement.closest(".c[id]");
    const from = focused || chosen;
    const next = ahead ? open.find((one) => !from || isBehind(from, one))
      : open.findLast((one) => from && isBehind(one, from));
    if (next) {
      choose(next);
      told.textContent = `${open.indexOf(next) + 1} of ${open.length}`;
      return;
    }
    told.textContent = ahead ? "No more in this document." : "None before this.";
    const other = document.querySelector(`.turn a[rel=${ahead ? "next" : "prev"}]`);
    if (other) other.focus();
  };
  const any = () => true;
  if (by("after")) {
    by("after").addEventListener("click", () => go(true, isFinding));
    by("before").addEventListener("click", () => go(false, isFinding));
  }

  // Search: readings of a document, rows of the overview, artifacts.
  const sought = all(".card, .rows tbody tr, .held");
  const texts = sought.map((one) => one.textContent.toLowerCase());
  const look = () => {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    sought.forEach((one, at) => {
      one.hidden = !words.every((word) => texts[at].includes(word));
      count += one.hidden ? 0 : 1;
    });
    claims.forEach((one) => one.classList.toggle("dim", readingOf(one).hidden));
    told.textContent = words.length ? `${count} of ${sought.length} found` : "";
  };
  if (search) search.addEventListener("input", look);

  // Keys.
  const ask = () => { if (help.open) help.close(); else help.showModal(); };
  by("keys").addEventListener("click", ask);
  single.checked = kept.get("single") !== "off";
  single.addEventListener("change", () => kept.set("single", single.checked ? "on" : "off"));
  const does = {
    n: () => go(true, isFinding), p: () => go(false, isFinding),
    j: () => go(true, any), k: () => go(false, any),
    t: turn, "?": ask,
    "/": () => { search.focus(); search.select(); },
  };
  addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      root.classList.add("quiet");
      const shown = document.querySelector(".card:target");
      if (chosen && shown && getComputedStyle(shown).position === "fixed") location.replace("#" + chosen.id);
      if (document.activeElement === search) { search.value = ""; look(); search.blur(); }
      return;
    }
    const isTyping = event.target.matches("input:not([type=checkbox]), textarea, select");
    if (isTyping || event.ctrlKey || event.altKey || event.metaKey || !single.checked) return;
    if (!claims.length && "npjk".includes(event.key)) return;
    if (Object.hasOwn(does, event.key) && (!help.open || event.key === "?")) {
      event.preventDefault();
      does[event.key]();
    }
  });
  for (const kind of ["pointerover", "focusin"])
    addEventListener(kind, () => root.classList.remove("quiet"));
});
})();
