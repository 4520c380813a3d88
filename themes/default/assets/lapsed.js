// A page whose review has lapsed since the site was built says so itself. `site.js` loads this on
// such a page alone.
(() => {
  const { when } = document.currentScript.dataset;
  const root = document.documentElement;
  const { due } = document.querySelector("main[data-due]").dataset;
  const make = (name, properties, ...inside) => {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...inside);
    return element;
  };
  document.querySelector(".banner")?.remove();
  document.querySelector(".cells .next-review").classList.add("overdue");
  for (const chip of document.querySelectorAll(".block-head .chip.warn")) chip.remove();
  document.querySelector(".block-head .chip").after(
    make("span", { className: "chip bad triangle" }, "Review overdue"));
  const owner = document.querySelector(".cells .owner dd").cloneNode(true);
  const banner = make("div", { className: "banner bad" },
    make("i", { className: "i triangle" }),
    make("p", {},
      make("b", {}, `The review of this document is ${when}.`),
      ` It was due on ${due}. The text stays in force; ask `,
      ...owner.childNodes,
      " before you rely on it in an audit."));
  banner.setAttribute("role", "note");
  const before = root.scrollHeight;
  document.querySelector(".doc-head").prepend(banner);
  if (scrollY > 0) scrollBy(0, root.scrollHeight - before);
})();
