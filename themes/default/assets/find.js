// The search box: a dialog over any page, and the page of the search. Both work from disk and over
// HTTP alike; query.js answers.
(() => {
  const own = document.currentScript.src;
  const here = new URL("../search/", own);
  const top = new URL("../", here);
  const place = document.querySelector("[data-search]");
  const make = (name, properties = {}, ...inside) => {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...inside);
    return element;
  };
  const api = {};
  globalThis.clausebookSearch = api;
  const load = (tag, more) => new Promise((done) => {
    document.head.append(make(tag, { ...more, onload: done, onerror: done }));
  });
  // What answers is loaded when something is asked.
  let engine = null;

  // Text with the words of the query marked.
  const marked = (text, asked) => {
    const out = document.createDocumentFragment();
    for (const part of api.parts(text, asked)) out.append(part.hit ? make("mark", { textContent: part.text }) : part.text);
    return out;
  };
  // A text from shortly before the first word that was looked for.
  const excerpt = (text, asked) => {
    const parts = api.parts(text, asked);
    const before = parts[0]?.hit === false && parts.length > 1 ? parts[0].text.length : 0;
    const start = before > 70 ? text.indexOf(" ", before - 50) + 1 || before : 0;
    const from = start > before ? Math.max(0, before - 20) : start;
    const rest = text.slice(from);
    const long = rest.length > 190;
    const shown = long ? rest.slice(0, Math.max(rest.lastIndexOf(" ", 190), 120)) : rest;
    return `${from > 0 ? "… " : ""}${shown}${long ? " …" : ""}`;
  };

  const others = { clause: "check", role: "person", service: "menu", term: "about", list: "menu" };
  const names = { role: "Role", term: "Glossary", list: "List" };
  const tones = [[/^approved/i, "ok", "check"], [/review/i, "accent", "eye"], [/^draft/i, "draft", "pen"],
    [/^superseded/i, "mute", "barred"], [/./, "mute", "cross"]];
  const icon = (name) => make("i", { className: `i ${name}` });
  // The sections of a page that answer best, each address once; its own text before what is said
  // about it.
  const best = (one, sections) => {
    const about = (n) => /^(cb\.|$)/.test(sections[n - 1]?.[0] ?? "") && n > 1;
    const order = ([n, [held, sum]], [m, [less, other]]) => less - held || about(n) - about(m) || other - sum || n - m;
    const found = new Map();
    for (const [n] of [...one.sections].filter(([n]) => n > 0).sort(order)) {
      const section = sections[n - 1];
      if (section && !found.has(section[0])) found.set(section[0], section);
    }
    // The control block is quoted where nothing else is.
    if (found.get("")?.[1] && (found.size > 1 || one.sections.has(0))) found.delete("");
    return found;
  };
  const line = (heading, text, asked) => {
    const said = excerpt(text, asked);
    return make("small", {}, heading ? make("b", {}, marked(heading, asked)) : "", heading && said ? ": " : "", marked(said, asked));
  };
  const result = (one, asked) => {
    const [id, title, kind, status, url, sections] = one.head;
    const found = best(one, sections);
    const href = new URL(url, top).href;
    const side = make("span", { className: "side" }, names[kind] ?? make("span", { className: "id" }, marked(id, asked)));
    const tone = status && tones.find(([pattern]) => pattern.test(status));
    if (tone) side.append(" ", make("span", { className: `chip ${tone[1]} ${tone[2]}` }, status.split(",")[0]));
    const [, heading, text] = found.get("") ?? sections.find((section) => section[2]) ?? [];
    const item = make("li", {}, make("a", { href }, icon(others[kind] ?? "file"), make("b", {}, marked(title, asked)), side,
      text ? line(found.has("") ? heading : "", text, asked) : ""));
    found.delete("");
    const inside = [...found.values()].slice(0, 3).map(([slug, name, words]) => {
      const to = new URL(href);
      to.hash = slug;
      return make("li", {}, make("a", { href: to.href }, line(name, words, asked)));
    });
    if (inside.length > 0) item.append(make("ol", {}, ...inside));
    return item;
  };

  // What was taken for words that are in no page.
  const quoted = (text) => `“${text}”`;
  const said = (told) => told.map(({ typed, used }) => (used.length > 0
    ? make("li", { className: "part told" }, `Nothing holds ${quoted(typed)}. Shown for `, make("b", { textContent: used.map(quoted).join(", ") }), ".")
    : make("li", { className: "part told" }, `Nothing holds ${quoted(typed)}.`)));
  // The lists that this edition has: the menu leads to them.
  const lists = [["register", "every document"], ["glossary", "every term"], ["roles", "who does what"]];
  const nothing = (typed) => {
    const there = lists.filter(([list]) => document.querySelector(`.nav a[href$="${list}/index.html"]`));
    const links = there.flatMap(([list, what], n) => [n > 0 ? ", the " : "The ",
      make("a", { href: new URL(`${list}/index.html`, top).href, textContent: list }), ` ${n > 0 ? "" : "lists "}${what}`]);
    return make("li", { className: "part told" },
      make("p", {}, `Nothing is found for ${quoted(typed)}. Check the spelling, or try fewer or other words.`),
      make("p", {}, ...links, "."));
  };

  // A search box with its results; the dialog and the page use the same.
  const box = (start, head, foot) => {
    const input = make("input", { type: "search", placeholder: "Search documents, clauses, roles, terms", value: start });
    input.setAttribute("aria-label", "Search");
    const kinds = make("select", { hidden: true });
    kinds.setAttribute("aria-label", "Kind");
    const count = make("span", { className: "small" });
    count.setAttribute("role", "status");
    const list = make("ol", { className: "hits" });
    const links = () => [...list.querySelectorAll("a, button")];

    // The first of a group; a page whose title is just what was typed before all others.
    const begin = async (found, first, asked) => {
      const shown = await api.show(found.slice(0, first));
      for (const one of shown) if (api.isSame(one.head[1], asked)) one.score *= 2;
      return shown.sort((a, b) => b.score - a.score);
    };
    // One group of results, the rest of it on demand.
    const group = (name, found, begun, asked) => {
      if (begun.length === 0) return [];
      const more = make("button", { type: "button", className: "btn", textContent: `Show more of ${found.length}` });
      let shown = begun.length;
      const rest = make("li", { className: "part", hidden: found.length <= shown }, more);
      more.addEventListener("click", async () => {
        const next = (await api.show(found.slice(shown, shown + 10))).map((one) => result(one, asked));
        shown += 10;
        rest.before(...next);
        rest.hidden = shown >= found.length;
        next[0]?.querySelector("a").focus();
      });
      return [make("li", { className: "part", textContent: name }), ...begun.map((one) => result(one, asked)), rest];
    };
    // Documents stand first, unless what is looked for is plainly something else.
    const grouped = async (found, asked) => {
      const documents = found.filter(api.isDocument);
      const others = found.filter((one) => !api.isDocument(one));
      const [some, more] = await Promise.all([begin(documents, place ? 12 : 8, asked), begin(others, place ? 8 : 4, asked)]);
      const groups = [group("Documents", documents, some, asked),
        group("Clauses, roles, services, terms, lists", others, more, asked)];
      return ((some[0]?.score ?? 0) * 1.5 < (more[0]?.score ?? 0) ? groups.reverse() : groups).flat();
    };
    const chosen = async (found, asked) => {
      const shown = await api.show(found.slice(0, 100));
      const of = shown.filter((one) => one.head[2] === kinds.value);
      return { items: of.map((one) => result(one, asked)), all: of.length };
    };
    let turn = 0;
    const run = async () => {
      const mine = ++turn;
      const typed = input.value.trim();
      list.setAttribute("aria-busy", "true");
      engine ??= load("script", { src: new URL("query.js", own).href });
      await engine;
      const asked = await api.ask(typed);
      let { all } = asked;
      let items;
      if (kinds.value) ({ items, all } = await chosen(asked.found, asked));
      else items = await grouped(asked.found, asked);
      if (mine !== turn) return;
      const told = all > 0 ? said(asked.told) : [];
      const at = links().indexOf(document.activeElement);
      list.replaceChildren(...told, ...(all > 0 ? items : [nothing(typed)]));
      // Who is in the list already stays there.
      if (at >= 0) (links()[at] ?? input).focus();
      list.removeAttribute("aria-busy");
      list.querySelector("li:has(>a)")?.classList.add("first");
      if (kinds.options.length === 0) {
        kinds.append(make("option", { value: "", textContent: "Every kind" }),
          ...api.kinds().map((kind) => make("option", { value: kind, textContent: kind })));
      }
      kinds.hidden = kinds.options.length < 3 || (all === 0 && !kinds.value);
      count.textContent = typed === "" ? "" : `${all || "No"} result${all === 1 ? "" : "s"}`;
      list.hidden = typed === "";
    };
    input.addEventListener("input", run);
    kinds.addEventListener("change", run);
    const whole = make("div", { className: "find" },
      make("div", { className: "find-head" }, icon("search"), input, count, kinds, ...head), list, ...foot);
    whole.addEventListener("keydown", (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      const all = links().filter((one) => one.checkVisibility());
      if (event.key === "Enter" && event.target === input) list.querySelector(".first>a")?.click();
      if (!step || event.target === kinds) return;
      event.preventDefault();
      const at = all.indexOf(document.activeElement) + step;
      (at < 0 ? input : all[Math.min(at, all.length - 1)] ?? input).focus();
    });
    if (start) run();
    return { whole, input, kinds };
  };

  if (place) {
    const { whole, input } = box(new URLSearchParams(location.search).get("q") ?? "", [], []);
    place.replaceChildren(whole);
    input.focus();
    api.open = () => input.select();
    return;
  }

  // Its style comes with it.
  const style = load("link", { rel: "stylesheet", href: new URL("find.css", own).href });
  let dialog = null;
  api.open = async () => {
    await style;
    if (!dialog) {
      const key = (text) => make("kbd", { textContent: text });
      const page = make("a", { href: new URL("index.html", here).href, textContent: "All results on one page" });
      const { whole, input, kinds } = box("", [key("Esc")], [make("p", { className: "find-foot" },
        make("span", {}, key("↑"), " ", key("↓"), " move"), make("span", {}, key("↵"), " open"), page)]);
      page.addEventListener("click", () => { page.search = `?q=${encodeURIComponent(input.value)}`; });
      dialog = make("dialog", { className: "find-box" }, whole);
      dialog.setAttribute("aria-label", "Search");
      dialog.addEventListener("close", () => {
        kinds.value = "";
        kinds.dispatchEvent(new Event("change"));
      });
      dialog.addEventListener("click", (event) => {
        if (event.target === dialog || event.target.closest("a")) dialog.close();
      });
      // In a search field Escape would only empty it.
      dialog.addEventListener("keydown", (event) => {
        if (event.key !== "Escape") return;
        event.preventDefault();
        dialog.close();
      });
      document.body.append(dialog);
      dialog.input = input;
    }
    dialog.showModal();
    dialog.input.select();
  };
})();
