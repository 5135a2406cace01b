// Lists: the whole row opens the record, ticking rows shows the bulk bar, and new results are announced.
import { local } from "./digits.js";

const NOT_THE_ROW = "a, button, input, label, select, textarea, summary, details, form";

document.addEventListener("click", (event) => {
  const row = event.target.closest?.("tr[data-href]");
  if (!row || event.target.closest(NOT_THE_ROW) || String(getSelection())) return;
  if (event.ctrlKey || event.metaKey) open(row.dataset.href);
  else location.assign(row.dataset.href);
});

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-select-all]")) {
    boxes().forEach((box) => { box.checked = event.target.checked; });
  }
  if (event.target.matches("[data-select-all], [data-select]")) showBulk();
});

document.addEventListener("htmx:afterSettle", (event) => {
  const said = document.querySelector("[data-announce]");
  if (said && event.target.closest?.("#results")) document.getElementById("live").textContent = said.textContent;
  showBulk();
});

// Addresses of lists are kept and sent around: filters that are not set stay out of them.
document.addEventListener("htmx:configRequest", (event) => {
  if (event.detail.verb !== "get" || !event.target.matches("[data-filter]")) return;
  Object.entries(event.detail.parameters).forEach(([name, value]) => { if (value === "") delete event.detail.parameters[name]; });
});

export function start() {
  showBulk();
}

function boxes() {
  return [...document.querySelectorAll("[data-select]")];
}

function showBulk() {
  const bar = document.querySelector("[data-bulk-bar]");
  if (!bar) return;
  const ticked = boxes().filter((box) => box.checked);
  boxes().forEach((box) => box.closest("tr")?.classList.toggle("is-selected", box.checked));
  bar.hidden = ticked.length === 0;
  const count = bar.querySelector("[data-bulk-count]");
  count.textContent = `${local(ticked.length)} ${count.dataset.label}`;
}
