// Search, from disk and over HTTP alike: the index is cut into script files, and a query loads
// the few that hold its words.
(() => {
  const here = new URL("../search/", document.currentScript.src);
  const top = new URL("../", here);
  const place = document.querySelector("[data-search]");
  const make = (name, properties = {}, ...inside) => {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...inside);
    return element;
  };

  // The index: each file calls one of these.
  const shards = new Map();
  const pages = new Map();
  let meta = null;
  const api = {
    meta: (value) => { meta = value; },
    words: ([key, value]) => shards.set(key, value),
    pages: ([number, value]) => pages.set(number, value),
  };
  globalThis.clausebookSearch = api;
  const loading = new Map();
  const load = (name, tag = "script", address = "src", more = {}) => {
    if (!loading.has(name)) {
      loading.set(name, new Promise((done) => {
        const href = new URL(name, here).href;
        document.head.append(make(tag, { ...more, onload: done, onerror: done, [address]: href }));
      }));
    }
    return loading.get(name);
  };
  const file = (key) => `w-${[...key].map((c) => (/[a-z0-9]/i.test(c) ? c : `_${c.codePointAt(0).toString(16)}`)).join("")}.js`;

  // The words of a query, cut as the index cuts text.
  const cut = (text) => text.toLowerCase().split(/[^\p{L}\p{N}.-]+/u)
    .map((part) => part.replace(/^[.-]+|[.-]+$/g, ""))
    .flatMap((part) => (/\d/.test(part) ? [part] : part.split(/[.-]/)))
    .filter(Boolean).slice(0, 8);

  // The shards in which a word, or words that begin with it, can stand.
  const keysOf = (word) => {
    const own = meta.shards.filter((key) => word.startsWith(key));
    const longer = meta.shards.filter((key) => key.startsWith(word) && key !== word);
    return [...new Set([...own, ...longer.slice(0, 6)])];
  };

  // Whether a word is a form of a stem: the stem, perhaps its last letter once more, an ending.
  const ending = /^(e|y|i|s|es|ies|ed|er|ers|or|ors|al|ally|ly|ment|ments|ings?|ions?|ati(ng|ons?|ve)|at(e|es|ed|ors?)|abl[ey]|ible|ance|ence|ful|ness|ity)?$/;
  const isForm = (word, stem) => {
    if (stem.length < 3 || !word.startsWith(stem)) return false;
    const rest = word.slice(stem.length);
    return ending.test(rest) || (rest[0] === stem.at(-1) && ending.test(rest.slice(1)));
  };

  // Places of a word: page, section, weight; whole words before beginnings of words.
  const find = (word) => {
    const places = new Map();
    const add = (hits, part) => {
      const rare = Math.log(2 + meta.pages / (1 + hits.length / 3));
      for (let at = 0; at < hits.length; at += 3) {
        const key = `${hits[at]} ${hits[at + 1]}`;
        places.set(key, Math.max(places.get(key) ?? 0, hits[at + 2] * rare * part));
      }
    };
    for (const key of keysOf(word)) {
      for (const [stem, [forms, hits]] of Object.entries(shards.get(key) ?? {})) {
        if (forms.includes(word)) add(hits, 1);
        else if (forms.some((form) => form.startsWith(word))) add(hits, /[\d-]/.test(stem) ? 0.1 : 0.5);
        else if (isForm(word, stem)) add(hits, 0.4);
      }
    }
    return places;
  };

  const search = async (text) => {
    await load("meta.js");
    const words = cut(text);
    if (!meta || words.length === 0) return { words, found: [], all: 0 };
    await Promise.all([...new Set(words.flatMap(keysOf))].map((key) => load(file(key))));
    const found = new Map();
    words.forEach((word, n) => {
      for (const [key, weight] of find(word)) {
        const [page, section] = key.split(" ").map(Number);
        const one = found.get(page) ?? { page, best: words.map(() => 0), sections: new Map() };
        one.best[n] = Math.max(one.best[n], weight);
        one.sections.set(section, (one.sections.get(section) ?? 0) + weight);
        found.set(page, one);
      }
    });
    let list = [...found.values()];
    const whole = list.filter((one) => one.best.every((weight) => weight > 0));
    if (whole.length > 0) list = whole;
    for (const one of list) one.score = one.best.reduce((sum, weight) => sum + weight, 0);
    list.sort((a, b) => b.score - a.score || a.page - b.page);
    const all = list.length;
    list = list.slice(0, place ? 100 : 30);
    const files = new Set(list.map((one) => Math.floor(one.page / meta.each)));
    await Promise.all([...files].map((n) => load(`d-${String(n).padStart(4, "0")}.js`)));
    return { words, found: list, all };
  };

  // Text with the words of the query marked.
  const isHit = (part, words) => {
    const low = part.toLowerCase();
    return words.some((word) => low.startsWith(word)
      || (word.length > 4 && low.startsWith(word.replace(/(at)?(ing|ions?|e[ds]?|s)$/, "").padEnd(4, "\0"))));
  };
  const marked = (text, words) => {
    const out = document.createDocumentFragment();
    for (const part of text.split(/([\p{L}\p{N}.-]+)/u)) {
      out.append(part && isHit(part, words) ? make("mark", { textContent: part }) : part);
    }
    return out;
  };
  // A text from shortly before the first word that was looked for.
  const excerpt = (text, words) => {
    const all = text.split(" ");
    const at = all.findIndex((part) => isHit(part.replace(/^[^\p{L}\p{N}]+/u, ""), words));
    return at < 9 ? text : `… ${all.slice(at - 5).join(" ")}`;
  };

  const others = { clause: "check", role: "person", service: "menu", term: "about" };
  const names = { role: "Role", term: "Glossary" };
  const tones = [[/^approved/i, "ok", "check"], [/review/i, "accent", "eye"], [/^draft/i, "draft", "pen"],
    [/^superseded/i, "mute", "barred"], [/./, "mute", "cross"]];
  const icon = (name) => make("i", { className: `i ${name}` });
  const result = (one, words) => {
    const shown = pages.get(Math.floor(one.page / meta.each))?.[one.page % meta.each];
    if (!shown) return null;
    const [id, title, kind, status, url, sections] = shown;
    const best = [...one.sections].filter(([n]) => n > 0).sort((a, b) => b[1] - a[1])[0]?.[0];
    const [slug, heading, text] = sections[(best ?? 1) - 1] ?? ["", "", ""];
    const href = new URL(url, top);
    if (slug && best) href.hash = slug;
    const side = make("span", { className: "side" }, names[kind] ?? make("span", { className: "id" }, marked(id, words)));
    const tone = status && tones.find(([pattern]) => pattern.test(status));
    if (tone) side.append(" ", make("span", { className: `chip ${tone[1]} ${tone[2]}` }, status.split(",")[0]));
    const line = make("small");
    if (heading && best) line.append(make("b", {}, marked(heading, words)), text ? ": " : "");
    line.append(marked(excerpt(text, words), words));
    const item = make("li", {}, make("a", { href: href.href },
      icon(others[kind] ?? "file"), make("b", {}, marked(title, words)), side, line));
    item.dataset.kind = kind;
    item.score = one.score;
    return item;
  };

  // A search box with its results; the overlay and the page use the same.
  const box = (start, head, foot) => {
    const input = make("input", { type: "search", placeholder: "Search documents, clauses, roles, terms", value: start });
    input.setAttribute("aria-label", "Search");
    const kinds = make("select", { hidden: true });
    kinds.setAttribute("aria-label", "Kind");
    const count = make("span", { className: "small" });
    count.setAttribute("role", "status");
    const list = make("ol", { className: "hits" });
    const links = () => [...list.querySelectorAll("li:not([hidden]) a")];
    const parts = () => {
      for (const part of list.querySelectorAll(".part")) part.remove();
      let before;
      for (const item of [...list.children]) {
        if (item.hidden) continue;
        const part = item.dataset.kind in others ? "Clauses, roles, services, terms" : "Documents";
        if (part !== before) item.before(make("li", { className: "part", textContent: part }));
        before = part;
      }
    };
    const filter = () => {
      for (const item of list.children) item.hidden = kinds.value !== "" && item.dataset.kind !== kinds.value;
      parts();
      const n = links().length;
      const of = all > n && kinds.value === "" ? ` of ${all}` : "";
      count.textContent = input.value.trim() === "" ? "" : `${n || "No"}${of} result${n === 1 ? "" : "s"}`;
      list.hidden = input.value.trim() === "";
      if (n === 0) list.append(make("li", { className: "part" }, "Nothing is found. The ",
        make("a", { href: new URL("register/index.html", top).href, textContent: "register" }), " lists every document."));
    };
    let all = 0;
    let turn = 0;
    const run = async () => {
      const mine = ++turn;
      const { words, found, all: sum } = await search(input.value);
      if (mine !== turn) return;
      all = sum;
      const items = found.map((one) => result(one, words)).filter(Boolean);
      // Documents stand first, unless what is looked for is plainly something else.
      const other = (item) => item.dataset.kind in others;
      const best = (what) => items.find((item) => other(item) === what)?.score ?? 0;
      const first = best(true) > 1.5 * best(false);
      items.sort((a, b) => (other(b) === first) - (other(a) === first));
      list.replaceChildren(...items);
      const named = [...new Set(items.map((item) => item.dataset.kind))].sort();
      const chosen = kinds.value;
      kinds.replaceChildren(make("option", { value: "", textContent: "Every kind" }),
        ...named.map((kind) => make("option", { value: kind, textContent: kind })));
      kinds.value = named.includes(chosen) ? chosen : "";
      kinds.hidden = named.length < 2;
      filter();
    };
    input.addEventListener("input", run);
    kinds.addEventListener("change", filter);
    const whole = make("div", { className: "find" },
      make("div", { className: "find-head" }, icon("search"), input, count, kinds, ...head), list, ...foot);
    whole.addEventListener("keydown", (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      const all = links();
      if (event.key === "Enter" && event.target === input && !all[0]?.closest(".part")) all[0]?.click();
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
  const style = load("../assets/find.css", "link", "href", { rel: "stylesheet" });
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
