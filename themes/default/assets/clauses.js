// Clauses: a switch over each table shows all of them, those in part, or the gaps.
(() => {
  for (const group of document.querySelectorAll("[data-switches]")) {
    const buttons = [...group.querySelectorAll("button")];
    const rows = document.getElementById(group.dataset.switches).tBodies[0].rows;
    for (const button of buttons) {
      button.addEventListener("click", () => {
        for (const other of buttons) other.setAttribute("aria-pressed", String(other === button));
        const { state } = button.dataset;
        for (const row of rows) row.hidden = state !== "" && !row.cells[4].classList.contains(state);
      });
    }
  }
})();
