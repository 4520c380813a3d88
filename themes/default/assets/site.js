// What every page can do with a script, and does without one in its own way: the theme switch,
// print, search, the current section, dates that have passed since the site was built.
(() => {
  const own = document.currentScript.src;
  const root = document.documentElement;
  const all = (what, within = document) => [...within.querySelectorAll(what)];

  const dark = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : dark.matches);
  for (const button of all("[data-switch]")) {
    const show = () => button.setAttribute("aria-pressed", String(isDark()));
    button.addEventListener("click", () => {
      root.dataset.theme = isDark() ? "light" : "dark";
      try { localStorage.setItem("clausebook-theme", root.dataset.theme); } catch { /* as above */ }
      show();
    });
    dark.addEventListener("change", show);
    show();
  }

  for (const button of all("[data-print]")) button.addEventListener("click", () => print());

  // Search opens by its button or by `/`. What searches is loaded when it is first asked for.
  const load = (name, data) => new Promise((onload) => {
    const script = Object.assign(document.createElement("script"), { src: new URL(name, own), onload });
    Object.assign(script.dataset, data);
    document.head.append(script);
  });
  let engine;
  const search = (event) => {
    event.preventDefault();
    engine ??= globalThis.clausebookSearch ? Promise.resolve() : load("find.js");
    engine.then(() => globalThis.clausebookSearch.open());
  };
  for (const link of all("[data-find]")) link.addEventListener("click", search);
  addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input,textarea,select,[contenteditable]");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) search(event);
  });

  // The menu "More" closes like any menu.
  for (const menu of all(".nav details")) {
    document.addEventListener("click", (event) => {
      if (!menu.contains(event.target)) menu.open = false;
    });
    menu.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && menu.open) {
        menu.open = false;
        menu.querySelector("summary").focus();
        event.stopPropagation();
      }
    });
  }

  // Contents: open where there is room beside the text, and marked where the reader is.
  const contents = document.querySelector("[data-toc]");
  if (contents) {
    const beside = matchMedia("(min-width: 65rem)");
    const fit = () => { contents.open = beside.matches; };
    beside.addEventListener("change", fit);
    fit();
    const entries = all("a", contents)
      .map((link) => ({ link, head: document.getElementById(decodeURIComponent(link.hash.slice(1))) }))
      .filter((entry) => entry.head);
    let marked;
    const mark = () => {
      const line = innerHeight / 4;
      const passed = entries.filter((entry) => entry.head.getBoundingClientRect().top < line);
      const atEnd = innerHeight + scrollY >= document.body.scrollHeight - 2;
      const now = (atEnd && scrollY > 0 ? entries.at(-1) : passed.at(-1) ?? entries[0])?.link;
      if (now === marked) return;
      marked?.removeAttribute("aria-current");
      now?.setAttribute("aria-current", "location");
      marked = now;
      if (beside.matches) {
        const box = contents.parentElement;
        const top = now.offsetTop - box.offsetTop;
        if (top < box.scrollTop || top > box.scrollTop + box.clientHeight - 60) box.scrollTop = top - 60;
      }
    };
    let waiting = false;
    addEventListener("scroll", () => {
      if (waiting) return;
      waiting = true;
      requestAnimationFrame(() => { waiting = false; mark(); });
    }, { passive: true });
    mark();
  }

  // A table that is wider than its place shows a shade at the hidden side.
  for (const box of all(".scroll")) {
    const shade = () => {
      const left = box.scrollWidth - box.clientWidth - box.scrollLeft;
      box.classList.toggle("cut", left > 2);
    };
    box.addEventListener("scroll", shade, { passive: true });
    addEventListener("resize", shade);
    shade();
  }

  // Days are counted from today, not from the day of the build.
  const day = (text) => {
    const [year, month, date] = text.split("-").map(Number);
    return Date.UTC(year, month - 1, date) / 864e5;
  };
  const now = new Date();
  const today = Date.UTC(now.getFullYear(), now.getMonth(), now.getDate()) / 864e5;
  const built = day(document.body.dataset.today);
  if (!(today > built)) return;
  const days = (n) => `${n} day${n === 1 ? "" : "s"}`;
  const when = (due) =>
    due === today ? "today" : due > today ? `in ${days(due - today)}` : `${days(today - due)} overdue`;
  const page = document.querySelector("main[data-due]");
  for (const place of all("span[data-due]")) {
    const due = day(place.dataset.due);
    place.textContent = when(due);
    if (due < today && !page) place.className = "rel overdue";
  }
  if (page) {
    const due = day(page.dataset.due);
    if (due >= today || due < built) {
      const head = document.querySelector(".banner b");
      if (head && due < today) head.textContent = `The review of this document is ${when(due)}.`;
      return;
    }
    // Its review has lapsed since the site was built: the page says so itself.
    load("lapsed.js", { when: when(due) });
  }
})();
