// Search, opened from any page by its button or by `/`. What searches is loaded when it is first
// asked for, and nothing before.
(() => {
  const own = document.currentScript.src;
  let engine;
  const open = (event) => {
    event.preventDefault();
    engine ??= globalThis.clausebookSearch ? Promise.resolve() : new Promise((done) => {
      const script = document.createElement("script");
      Object.assign(script, { src: new URL("find.js", own).href, onload: done });
      document.head.append(script);
    });
    engine.then(() => globalThis.clausebookSearch.open());
  };
  for (const link of document.querySelectorAll("[data-find]")) link.addEventListener("click", open);
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) open(event);
  });
})();
