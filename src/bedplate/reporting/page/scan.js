"use strict";
for (const form of document.querySelectorAll(".filter")) {
  const rows = [...document.getElementById(form.dataset.table).tBodies[0].rows];
  const said = form.querySelector("output");
  const apply = () => {
    const words = form.elements.words.value.toLowerCase().split(/\s+/);
    const fixable = form.elements.fixable.checked;
    let shown = 0;
    for (const row of rows) {
      const text = row.textContent.toLowerCase();
      row.hidden = (fixable && !row.dataset.fixable) || !words.every((word) => text.includes(word));
      if (!row.hidden) shown += 1;
    }
    said.textContent = `${shown} of ${rows.length} shown`;
  };
  form.hidden = false;
  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  apply();
}
