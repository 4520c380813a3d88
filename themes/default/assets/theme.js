// Chooses the theme before anything is drawn.
(() => {
  const root = document.documentElement;
  root.classList.add("js");
  try {
    const kept = localStorage.getItem("clausebook-theme");
    if (kept === "dark" || kept === "light") root.dataset.theme = kept;
  } catch { /* A page opened from disk may have no storage. */ }
})();
