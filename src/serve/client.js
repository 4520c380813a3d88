// The preview's own script: keeps the page as fresh as the files, and shows what is wrong with
// its document. It runs before the other scripts of a page, and sees the page as it came.
(() => {
  const own = document.currentScript;
  const kept = "clausebook-preview";
  const pristine = document.body.cloneNode(true);
  const head = document.head.innerHTML;
  let { version, mark } = own.dataset;
  // Marks of what the page uses: style sheets, scripts, pictures.
  let marks;

  const make = (name, properties, ...inside) => {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...inside.filter((part) => part != null));
    return element;
  };
  const route = (address) => {
    const url = new URL(address, location.href);
    return url.origin === location.origin ? url.pathname : "";
  };

  // ---- The place of the reader, kept over a reload.

  const paths = (what) => [...document.querySelectorAll(what)];
  const folds = () => paths("details:not(#cb-preview *)");
  const place = () => {
    const heads = paths("[id]").filter((one) => one.getBoundingClientRect().top < 40 && one.offsetParent);
    const last = heads.at(-1);
    return {
      at: location.pathname,
      x: scrollX,
      y: scrollY,
      head: last?.id,
      below: last?.getBoundingClientRect().top,
      bottom: scrollY > 0 && innerHeight + scrollY >= document.documentElement.scrollHeight - 2,
      open: folds().map((one) => one.open),
      popover: document.querySelector("[popover]:popover-open")?.id,
      dialog: document.querySelector("dialog[open] input")?.value,
      bar: document.querySelector("#cb-preview details")?.open,
    };
  };
  const store = (value) => {
    try { sessionStorage.setItem(kept, JSON.stringify(value)); } catch { /* The place is lost. */ }
  };
  const restore = () => {
    let was;
    try {
      was = JSON.parse(sessionStorage.getItem(kept));
      sessionStorage.removeItem(kept);
    } catch { return; }
    if (!was) return;
    const details = folds();
    if (details.length === was.open.length) details.forEach((one, at) => { one.open = was.open[at]; });
    if (was.popover) document.getElementById(was.popover)?.showPopover?.();
    if (was.dialog != null) document.querySelector("[data-find]")?.click();
    const back = () => {
      const head = was.head && document.getElementById(was.head);
      if (was.bottom) scrollTo(was.x, document.documentElement.scrollHeight);
      else if (head) scrollTo({ left: was.x, top: scrollY + head.getBoundingClientRect().top - was.below, behavior: "instant" });
      else scrollTo(was.x, was.y);
    };
    // What comes into view may get another height than it was taken to have, so one goes there
    // again, until the reader goes somewhere else.
    let left = 20;
    const stop = () => { left = 0; };
    for (const event of ["wheel", "keydown", "pointerdown", "touchstart"]) {
      addEventListener(event, stop, { once: true, passive: true });
    }
    const settle = () => {
      if (left <= 0) return;
      left -= 1;
      back();
      requestAnimationFrame(settle);
    };
    back();
    const last = () => { settle(); history.scrollRestoration = "auto"; };
    if (document.readyState === "complete") last();
    else addEventListener("load", last, { once: true });
    wasOpen = was.bar;
  };
  let wasOpen = false;
  let leaving = false;
  const reload = (address) => {
    if (leaving) return;
    leaving = true;
    store(place());
    // The browser would go back to the same number of pixels, and later than we go to the place.
    history.scrollRestoration = "manual";
    if (address) location.replace(address + location.hash);
    else location.reload();
  };

  // ---- A new text of the same page.

  // What a script may have given a life of its own is not exchanged piece by piece.
  const alive = "script,style,link,details,dialog,form,input,button,select,[id],[popover],[tabindex],.scroll";
  const lives = (node) => node.nodeType === 1 && (node.matches(alive) || node.querySelector(alive)
    || [node, ...node.querySelectorAll("*")].some((one) => Object.keys(one.dataset ?? {}).length > 0));
  // Finds the steps that make `before` the same as `after`, both as they came, on what is shown
  // now; nothing when that cannot be done safely.
  const steps = (before, after, now, found) => {
    if (before.isEqualNode(after)) return true;
    if (before.nodeType === 3 && after.nodeType === 3 && now.nodeType === 3) {
      if (now.data !== before.data) return false;
      found.push(() => { now.data = after.data; });
      return true;
    }
    const same = before.nodeType === 1 && after.nodeType === 1 && now.nodeType === 1
      && before.cloneNode().isEqualNode(after.cloneNode())
      && before.childNodes.length === now.childNodes.length;
    if (!same) return exchange([before], [after], [now], now.parentNode, null, found);
    const [a, b, c] = [before, after, now].map((node) => [...node.childNodes]);
    let start = 0;
    while (start < a.length && start < b.length && a[start].isEqualNode(b[start])) start += 1;
    let end = 0;
    while (end < a.length - start && end < b.length - start
      && a[a.length - 1 - end].isEqualNode(b[b.length - 1 - end])) end += 1;
    const [olds, news, shown] = [a, b, c].map((list, n) => list.slice(start, (n === 1 ? b : a).length - end));
    if (olds.length === news.length) return olds.every((old, n) => steps(old, news[n], shown[n], found));
    return exchange(olds, news, shown, now, c[a.length - end] ?? null, found);
  };
  const exchange = (olds, news, shown, parent, next, found) => {
    const safe = parent && olds.every((old, n) => old.isEqualNode(shown[n]) && !lives(old)) && !news.some(lives);
    if (!safe) return false;
    const before = next ?? shown.at(-1)?.nextSibling ?? null;
    found.push(() => {
      for (const node of shown) node.remove();
      for (const node of news) parent.insertBefore(document.importNode(node, true), before);
    });
    return true;
  };

  // Both heads, without what is different in every version.
  const plain = (text) => text.replace(/<script src="\/_preview\/client\.js"[^>]*>/, "").replace(/<title>[^<]*/, "");
  const renew = async (answer) => {
    const response = await fetch(location.pathname + location.search);
    if (response.redirected) return reload(response.url);
    const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
    const line = fresh.querySelector('script[src="/_preview/client.js"]')?.dataset;
    if (!line || line.version !== answer.version) return ask();
    const found = [];
    const shown = document.body.cloneNode(false);
    // What is ours is not part of the page.
    panel.remove();
    const same = plain(fresh.head.innerHTML) === plain(head) && steps(pristine, fresh.body, document.body, found);
    document.body.append(panel);
    if (!same || !shown.isEqualNode(pristine.cloneNode(false))) return reload();
    for (const step of found) step();
    document.title = fresh.title;
    pristine.replaceChildren(...[...fresh.body.childNodes].map((node) => node.cloneNode(true)));
    ({ version, mark } = line);
    document.dispatchEvent(new CustomEvent("clausebook:renewed"));
  };

  // ---- What the page uses.

  const used = () => [
    ...paths('link[rel~="stylesheet"], link[rel~="icon"]').map((one) => [one, "href"]),
    ...paths("script[src]").filter((one) => one !== own).map((one) => [one, "src"]),
    ...paths("img[src]").map((one) => [one, "src"]),
  ].map(([element, key]) => ({ element, key, route: route(element[key]) }))
    .filter((one) => one.route && !one.route.startsWith("/_preview/"));
  const refresh = (uses) => {
    for (const { element, key, route: at } of used()) {
      if (marks[at] === uses[at] || !(at in marks)) continue;
      const address = `${at}?v=${uses[at]}`;
      if (element.localName === "script") return reload();
      if (element.localName === "img") element[key] = address;
      else {
        // The old sheet stays until the new one is there.
        const sheet = element.cloneNode();
        sheet.href = address;
        sheet.onload = () => { element.remove(); };
        sheet.onerror = sheet.onload;
        element.after(sheet);
      }
    }
    return undefined;
  };

  // ---- What is wrong.

  const panel = make("div", { id: "cb-preview" });
  panel.append(make("link", { rel: "stylesheet", href: "/_preview/client.css" }));
  const count = (n, one) => (n === 0 ? null : `${n} ${one}${n === 1 ? "" : "s"}`);
  const entry = (finding) => make("li", { className: finding.severity },
    make("p", { className: "place" }, finding.editor
      ? make("a", { href: finding.editor, textContent: finding.place, title: "Open in the editor" })
      : finding.place),
    make("pre", { textContent: finding.text }),
    ...finding.fixes.map(fix));
  const fix = (fix) => make("p", { className: "fix" }, `${fix.title}${fix.safe ? " (check --fix does it)" : ""}`,
    ...fix.texts.filter((text) => text !== "" && !fix.title.includes(text)).map((text) => make("code", { textContent: text })));
  let last = "";
  const tell = (answer, lost) => {
    const { notes } = answer;
    const said = JSON.stringify([notes, answer.page === null, lost]);
    if (said === last) return;
    last = said;
    const was = panel.querySelector("details");
    const isOpen = was ? was.open : wasOpen;
    const stop = notes.failure != null || notes.stops.length > 0;
    const parts = [];
    if (stop) {
      const why = notes.failure ?? "The manual cannot be published as it is. Below is its last good state.";
      const box = make("section", { className: "stop" },
        make("h2", { textContent: notes.failure != null ? "The files cannot be read" : "Something is in the way" }),
        make("p", { textContent: why }),
        make("ul", {}, ...notes.stops.map(entry)));
      box.setAttribute("role", "alert");
      const close = make("button", { type: "button", textContent: "Show the page" });
      close.addEventListener("click", () => { box.remove(); });
      box.append(close);
      parts.push(box);
    } else if (answer.page === null) {
      parts.push(make("section", { className: "gone" },
        make("p", { textContent: "This page is no longer part of the manual." }),
        make("p", {}, make("a", { href: "/register/", textContent: "Register" }), " · ",
          make("a", { href: "/", textContent: "Overview" }))));
    }
    const here = notes.findings;
    const worst = here[0]?.severity ?? "none";
    const of = (severity) => here.filter((one) => one.severity === severity).length;
    const counts = [count(of("error"), "error"), count(of("warning"), "warning"), count(of("note"), "note")];
    const words = counts.filter(Boolean).join(", ");
    const whole = [count(notes.errors, "error"), count(notes.warnings, "warning"), count(notes.notes, "note")]
      .filter(Boolean).join(", ") || "no findings";
    const all = notes.all
      ? make("a", { href: notes.all, textContent: `Manual: ${whole}` })
      : make("span", { textContent: notes.limited ? "Findings are on the terminal" : `Manual: ${whole}` });
    const state = lost ? make("b", { className: "lost", textContent: "Not connected" }) : null;
    const label = notes.late ? "Checking…" : words || (notes.is_document ? "No findings here" : "Preview");
    const bar = here.length > 0
      ? make("details", { open: isOpen },
        make("summary", {}, make("span", { textContent: label })),
        make("ul", {}, ...here.map(entry),
          notes.count > here.length ? make("li", { textContent: `… and ${notes.count - here.length} more` }) : null))
      : make("span", { textContent: label });
    bar.classList.add("own");
    const foot = make("div", { className: `bar ${worst}` }, bar, all, state);
    foot.setAttribute("role", "region");
    foot.setAttribute("aria-label", "Preview");
    parts.push(foot);
    panel.replaceChildren(panel.firstChild, ...parts);
    if (!panel.isConnected) document.body.append(panel);
  };

  // ---- News.

  let asking = false;
  let again = false;
  let known;
  const ask = async () => {
    if (asking) { again = true; return; }
    asking = true;
    try {
      const uses = [...new Set(used().map((one) => one.route))];
      const query = new URLSearchParams([["at", location.pathname], ...uses.map((at) => ["use", at])]);
      // Percent signs alone: a plus sign is a plus sign to the server.
      const response = await fetch(`/_preview/notes?${String(query).replaceAll("+", "%20")}`);
      if (!response.ok) throw new Error(response.statusText);
      const answer = await response.json();
      known = answer;
      const stop = answer.broken || answer.notes.failure != null;
      // Under an overlay the last good page stays.
      if (!stop) {
        if (answer.moved) return reload(answer.moved.replace(/index\.html$/, ""));
        if (!marks && answer.version !== version && answer.page === mark) reload();
        else if (answer.page !== null && answer.page !== mark) await renew(answer);
        if (marks) refresh(answer.uses);
        marks = { ...marks, ...answer.uses };
        version = answer.version;
      }
      if (!leaving) tell(answer, false);
    } catch {
      if (known) tell(known, true);
      if (!source) setTimeout(ask, 1000);
    } finally {
      asking = false;
      if (again) { again = false; ask(); }
    }
    return undefined;
  };

  // A browser has few connections to a host, so a page that nobody sees gives its own back; and
  // when there are many windows, the server keeps some waiting, and they ask now and then.
  let source;
  let timer;
  const listen = () => {
    if (source || timer || document.hidden) return;
    source = new EventSource("/_preview/events");
    source.onmessage = ask;
    source.onerror = () => { if (known) tell(known, true); };
    source.addEventListener("crowded", () => {
      rest();
      timer = setInterval(() => { if (!document.hidden) ask(); }, 1000);
    });
  };
  const rest = () => {
    source?.close();
    clearInterval(timer);
    source = undefined;
    timer = undefined;
  };
  const begin = () => {
    restore();
    listen();
    document.addEventListener("visibilitychange", () => { if (document.hidden) rest(); else listen(); });
    addEventListener("pagehide", rest);
    addEventListener("pageshow", listen);
  };
  if (document.readyState === "complete") begin();
  else document.addEventListener("DOMContentLoaded", begin);
})();
