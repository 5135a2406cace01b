// Forms: the error summary takes the focus, amounts are grouped while typed, and leaving unsaved work is asked about.
import { grouped, latin } from "./digits.js";
import { inWords } from "./words.js";

export function start(root) {
  root.querySelector("[data-error-summary]")?.focus();
  root.querySelectorAll("[data-amount]").forEach(showAmount);
  root.querySelectorAll("[data-drop]").forEach(watchDrop);
  root.querySelectorAll("form[data-form]").forEach(watchLeaving);
}

document.addEventListener("input", (event) => {
  if (event.target.matches?.("[data-amount]")) showAmount(event.target);
});

// The caret keeps its distance from the end, since separators come and go before it.
function showAmount(input) {
  const plain = latin(input.value).replace(/[\s,٬،'_]/g, "");
  const words = document.querySelector(`[data-amount-words="${input.id}"]`);
  if (!/^\d*$/.test(plain)) {
    if (words) words.textContent = "";
    return;
  }
  const fromEnd = input.value.length - (input.selectionEnd ?? input.value.length);
  const shown = grouped(plain);
  if (shown !== input.value) {
    input.value = shown;
    if (document.activeElement === input) input.setSelectionRange(shown.length - fromEnd, shown.length - fromEnd);
  }
  if (words) words.textContent = inWords(plain, input.dataset.amount);
}

function watchLeaving(form) {
  let dirty = false;
  form.addEventListener("input", () => { dirty = true; });
  form.addEventListener("submit", (event) => {
    dirty = false;
    // A second press while the first is under way must not send the form twice.
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
  });
  addEventListener("pageshow", () => { delete form.dataset.sent; });
  addEventListener("beforeunload", (event) => { if (dirty) event.preventDefault(); });
}

function watchDrop(drop) {
  const input = drop.querySelector("input[type=file]");
  const name = drop.querySelector("[data-drop-name]");
  const mark = (over) => (event) => {
    event.preventDefault();
    drop.classList.toggle("is-over", over);
  };
  drop.addEventListener("dragover", mark(true));
  drop.addEventListener("dragleave", mark(false));
  drop.addEventListener("drop", (event) => {
    mark(false)(event);
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
  input.addEventListener("change", () => { if (name) name.textContent = [...input.files].map((file) => file.name).join("، "); });
}
