// Lists: find, filter, sort, export. The state is in the address, so that it can be sent. A list in
// parts loads the rows of its other parts when somebody first asks for more than its own.
(() => {
  const make = (name, properties = {}, ...inside) => {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...inside);
    return element;
  };
  const text = (cell) => (cell?.innerText ?? cell?.textContent ?? "").trim().replace(/\s+/g, " ");
  const MOST = 500;

  for (const list of document.querySelectorAll("[data-list]")) {
    const table = list.querySelector("table");
    if (!table?.tHead) continue;
    const body = table.tBodies[0];
    const heads = [...table.tHead.rows[0].cells];
    const read = (row, at) => {
      const cells = [...row.cells].map((cell) => cell.textContent.trim().replace(/\s+/g, " "));
      return { row, at, cells, all: cells.join(" ").toLowerCase() };
    };
    const own = [...body.rows].map(read);
    let rows = own;
    const parts = Number(list.dataset.parts ?? 1);
    const state = new URLSearchParams(location.hash.slice(1));
    const fields = [];
    const key = (name) => name.toLowerCase().replace(/\s+/g, "-");

    // The bar.
    const bar = make("div", { className: "filters" });
    bar.setAttribute("role", "search");
    const field = (name, input) => {
      input.name = key(name);
      input.value = state.get(input.name) ?? "";
      fields.push(input);
      bar.append(make("label", {}, name, input));
      input.addEventListener("input", () => show(true));
      return input;
    };
    const find = field("Find", make("input", { type: "search", placeholder: "ID, title or owner" }));
    if (list.dataset.list !== "register") find.placeholder = "Any word";
    const columns = (list.dataset.filters ?? "").split(",").filter(Boolean).map((pair) => pair.split(":"));
    const refill = [];
    const chosen = columns.map(([name, column]) => {
      const split = name === "Clause";
      const values = (one) => (split ? one.cells[column].split(" ") : [one.cells[column]]);
      const input = make("select");
      const fill = () => {
        const wanted = input.value || state.get(key(name)) || "";
        const options = [...new Set(rows.flatMap(values))].filter(Boolean)
          .sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
        input.replaceChildren(make("option", { value: "", textContent: "Any" }),
          ...options.map((value) => make("option", { value, textContent: value })));
        input.value = wanted;
        if (!input.value) input.value = "";
      };
      fill();
      refill.push(fill);
      field(name, input);
      return (one) => !input.value || values(one).includes(input.value);
    });
    if (list.dataset.list === "register") {
      const input = make("select", {}, make("option", { value: "", textContent: "All" }),
        make("option", { value: "due", textContent: "Due or overdue" }),
        make("option", { value: "overdue", textContent: "Overdue" }));
      field("Review", input);
      chosen.push((one) => {
        if (!input.value) return true;
        if (one.row.querySelector("time.overdue")) return true;
        return input.value === "due" && Boolean(one.row.querySelector("time.due"));
      });
    }

    // The rows of all parts, once they are needed. Links are seen from the page they were made for.
    let loading;
    const whole = () => {
      loading ??= new Promise((done) => {
        if (parts === 1) return done();
        const found = [];
        let waiting = parts - 1;
        const ready = () => {
          waiting -= 1;
          if (waiting > 0) return;
          found[list.dataset.part] = own;
          rows = found.flat().map((one, at) => ({ ...one, at }));
          for (const fill of refill) fill();
          done();
        };
        globalThis.clausebookRows = (part, html) => {
          const from = new URL(`${part === 1 ? "" : `${part}/`}index.html`, new URL(list.dataset.rows, location));
          const held = make("template");
          held.innerHTML = `<table><tbody>${html}</tbody></table>`;
          for (const link of held.content.querySelectorAll("a")) {
            link.href = new URL(link.getAttribute("href"), from).href;
          }
          found[part] = [...held.content.querySelectorAll("tr")].map(read);
        };
        for (let part = 1; part <= parts; part += 1) {
          if (String(part) === list.dataset.part) continue;
          const src = `${list.dataset.rows}${part}.js`;
          document.head.append(make("script", { src, onload: ready, onerror: ready }));
        }
      });
      return loading;
    };

    // The count, and what is set.
    const count = make("b");
    count.setAttribute("role", "status");
    const tags = make("span");
    const order = make("span", { className: "small" });
    const line = make("div", { className: "found" }, count, tags, order);
    if (rows.length > 20 || parts > 1) list.prepend(bar, line);

    // Heads that sort.
    let sorted = state.get("sort") ?? "";
    heads.forEach((head) => {
      const name = head.textContent.trim();
      // The button lies over the head's own text, which thus stays on every sheet of paper.
      const button = make("button", { type: "button", ariaLabel: `Sort by ${name}` });
      head.append(button);
      head.dataset.key = key(name);
      button.addEventListener("click", () => {
        sorted = sorted === head.dataset.key ? `-${head.dataset.key}` : head.dataset.key;
        show(true);
      });
    });

    let matching = rows;
    const show = async (changed) => {
      const set = () => fields.filter((input) => input.value);
      const asked = set().length > 0 || sorted !== "" || [...state.keys()].length > 0;
      if (asked && parts > 1) await whole();
      const words = find.value.toLowerCase().split(/\s+/).filter(Boolean);
      const fits = (one) => words.every((word) => one.all.includes(word)) && chosen.every((is) => is(one));
      const down = sorted.startsWith("-");
      const column = heads.findIndex((head) => head.dataset.key === sorted.replace(/^-/, ""));
      const plain = words.length === 0 && column < 0 && set().length === 0;
      matching = rows.filter(fits);
      if (column >= 0) {
        const compare = new Intl.Collator("en", { numeric: true }).compare;
        const empty = (one) => one.cells[column] === "" || one.cells[column] === "none";
        matching.sort((a, b) => empty(a) - empty(b)
          || compare(a.cells[column], b.cells[column]) * (down ? -1 : 1) || a.at - b.at);
      }
      // Without a wish the page shows its own part.
      const shown = plain ? own : matching.slice(0, Math.max(MOST, own.length));
      body.replaceChildren(...shown.map((one) => one.row));
      for (const nav of list.querySelectorAll(".parts")) nav.hidden = !plain;
      heads.forEach((head, at) => {
        if (at === column) head.setAttribute("aria-sort", down ? "descending" : "ascending");
        else head.removeAttribute("aria-sort");
      });
      const { one, many: several } = list.dataset;
      const all = parts > 1 && rows === own ? `${own.length} ${several} on this part` : `${rows.length} ${rows.length === 1 ? one : several}`;
      const first = shown.length < matching.length && !plain ? `, the first ${shown.length} shown` : "";
      count.textContent = matching.length === rows.length ? `${all}${first}` : `${matching.length} of ${rows.length} ${several}${first}`;
      order.textContent = column >= 0 ? `Sorted by ${text(heads[column]).toLowerCase()}${down ? ", last first" : ""}` : list.dataset.order ? `Sorted by ${list.dataset.order}` : "";
      tags.replaceChildren(...set().flatMap((input) => {
        const label = input.selectedOptions ? input.selectedOptions[0].textContent : `“${input.value}”`;
        const tag = make("button", { type: "button", className: "btn tag" }, label, make("i", { className: "i cross" }));
        tag.setAttribute("aria-label", `Remove filter ${label}`);
        tag.addEventListener("click", () => { input.value = ""; show(true); input.focus(); });
        return [tag, " "];
      }));
      if (!changed) return;
      for (const name of [...state.keys()]) state.delete(name);
      for (const input of set()) state.set(input.name, input.value);
      if (sorted) state.set("sort", sorted);
      try { history.replaceState(null, "", `#${state}`); } catch { location.replace(`#${state}`); }
    };
    addEventListener("hashchange", () => {
      const state = new URLSearchParams(location.hash.slice(1));
      for (const input of fields) input.value = state.get(input.name) ?? "";
      sorted = state.get("sort") ?? "";
      show(false);
    });
    bar.addEventListener("focusin", whole);
    show(false);

    // All that matches, as a file.
    for (const button of document.querySelectorAll("[data-csv]")) {
      button.addEventListener("click", async () => {
        await whole();
        await show(false);
        const quote = (value) => {
          // A cell that a spreadsheet would take for a formula stays text. It holds no line end.
          const safe = /^[=+\-@＝＋－＠]/.test(value) ? `'${value}` : value;
          return /[",]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
        };
        const lines = [heads, ...matching.map((one) => [...one.row.cells])]
          .map((cells) => cells.map((cell) => quote(text(cell))).join(","));
        const file = new Blob([`\ufeff${lines.join("\r\n")}\r\n`], { type: "text/csv" });
        const link = make("a", { href: URL.createObjectURL(file), download: button.dataset.csv });
        link.click();
        setTimeout(() => URL.revokeObjectURL(link.href), 1000);
      });
    }
  }
})();
