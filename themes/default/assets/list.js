// Lists: find, filter, sort, export. The state is in the address, so that it can be sent.
(() => {
  const make = (name, properties = {}, ...inside) => {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...inside);
    return element;
  };
  const text = (cell) => (cell?.innerText ?? cell?.textContent ?? "").trim().replace(/\s+/g, " ");

  for (const list of document.querySelectorAll("[data-list]")) {
    const table = list.querySelector("table");
    if (!table?.tHead) continue;
    const body = table.tBodies[0];
    const heads = [...table.tHead.rows[0].cells];
    const rows = [...body.rows].map((row, at) => ({
      row, at, cells: [...row.cells].map((cell) => cell.textContent.trim().replace(/\s+/g, " ")),
    }));
    for (const one of rows) one.all = one.cells.join(" ").toLowerCase();
    const many = rows.length > 20;
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
    const chosen = columns.map(([name, column]) => {
      const split = name === "Clause";
      const values = (one) => (split ? one.cells[column].split(" ") : [one.cells[column]]);
      const options = [...new Set(rows.flatMap(values))].filter(Boolean)
        .sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
      const input = make("select", {}, make("option", { value: "", textContent: "Any" }),
        ...options.map((value) => make("option", { value, textContent: value })));
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

    // The count, and what is set.
    const count = make("b");
    count.setAttribute("role", "status");
    const tags = make("span");
    const order = make("span", { className: "small" });
    const line = make("div", { className: "found" }, count, tags, order);
    if (many) list.prepend(bar, line);

    // Heads that sort.
    let sorted = state.get("sort") ?? "";
    heads.forEach((head, column) => {
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

    const show = (changed) => {
      const words = find.value.toLowerCase().split(/\s+/).filter(Boolean);
      const fits = (one) => words.every((word) => one.all.includes(word)) && chosen.every((is) => is(one));
      const down = sorted.startsWith("-");
      const column = heads.findIndex((head) => head.dataset.key === sorted.replace(/^-/, ""));
      const shown = rows.filter(fits);
      if (column >= 0) {
        const compare = new Intl.Collator("en", { numeric: true }).compare;
        const empty = (one) => one.cells[column] === "" || one.cells[column] === "none";
        shown.sort((a, b) => empty(a) - empty(b)
          || compare(a.cells[column], b.cells[column]) * (down ? -1 : 1) || a.at - b.at);
      }
      body.replaceChildren(...shown.map((one) => one.row));
      heads.forEach((head, at) => {
        if (at === column) head.setAttribute("aria-sort", down ? "descending" : "ascending");
        else head.removeAttribute("aria-sort");
      });
      const { one, many: several } = list.dataset;
      count.textContent = shown.length === rows.length
        ? `${rows.length} ${rows.length === 1 ? one : several}`
        : `${shown.length} of ${rows.length} ${several}`;
      order.textContent = column >= 0 ? `Sorted by ${text(heads[column]).toLowerCase()}${down ? ", last first" : ""}` : list.dataset.order ? `Sorted by ${list.dataset.order}` : "";
      const set = fields.filter((input) => input.value);
      tags.replaceChildren(...set.flatMap((input) => {
        const label = input.selectedOptions ? input.selectedOptions[0].textContent : `“${input.value}”`;
        const tag = make("button", { type: "button", className: "btn tag" }, label, make("i", { className: "i cross" }));
        tag.setAttribute("aria-label", `Remove filter ${label}`);
        tag.addEventListener("click", () => { input.value = ""; show(true); input.focus(); });
        return [tag, " "];
      }));
      if (!changed) return;
      const kept = new URLSearchParams(set.map((input) => [input.name, input.value]));
      if (sorted) kept.set("sort", sorted);
      try { history.replaceState(null, "", `#${kept}`); } catch { location.replace(`#${kept}`); }
    };
    addEventListener("hashchange", () => {
      const state = new URLSearchParams(location.hash.slice(1));
      for (const input of fields) input.value = state.get(input.name) ?? "";
      sorted = state.get("sort") ?? "";
      show(false);
    });
    show(false);

    // What is shown, as a file.
    for (const button of document.querySelectorAll("[data-csv]")) {
      button.addEventListener("click", () => {
        const quote = (value) => {
          // A cell that a spreadsheet would take for a formula stays text.
          const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
          return /[",\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
        };
        const lines = [heads, ...[...body.rows].map((row) => [...row.cells])]
          .map((cells) => cells.map((cell) => quote(text(cell))).join(","));
        const file = new Blob([`\ufeff${lines.join("\r\n")}\r\n`], { type: "text/csv" });
        const link = make("a", { href: URL.createObjectURL(file), download: button.dataset.csv });
        link.click();
        setTimeout(() => URL.revokeObjectURL(link.href), 1000);
      });
    }
  }
})();
