// The Jalali date picker beside a date box: a grid for arrows, PageUp and PageDown, Home and End, Enter and Escape.
// Typing freely stays possible; the server reads many spellings.
import { isPersian, latin, local } from "./digits.js";
import { addDays, addMonths, format, monthLength, MONTHS, parse, weekday, WEEKDAYS } from "./jalali.js";

const language = isPersian ? "fa" : "en";
const TEXT = {
  fa: { title: "انتخاب تاریخ", before: "ماه پیش", after: "ماه بعد", month: "ماه", year: "سال" },
  en: { title: "Pick a date", before: "Month before", after: "Month after", month: "Month", year: "Year" },
}[language];
const YEARS_BACK = 115;
const YEARS_AHEAD = 10;
let open = null;

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-jalali-open]");
  if (button && open?.button === button) close();
  else if (button) show(button);
  else if (open && event.isTrusted && document.contains(event.target) && !open.panel.contains(event.target)) close({ focus: false });
});

function show(button) {
  if (open) close({ focus: false });
  const input = document.getElementById(button.dataset.jalaliOpen);
  const today = parse(button.parentElement.dataset.today);
  const panel = element("div", { class: "calendar", role: "dialog", "aria-label": TEXT.title, dir: isPersian ? "rtl" : "ltr" });
  open = { button, input, panel, today, chosen: parse(latin(input.value)), at: parse(latin(input.value)) ?? today };
  panel.addEventListener("keydown", onKey);
  button.parentElement.append(panel);
  button.setAttribute("aria-expanded", "true");
  draw();
  focusDay();
}

function close({ focus = true } = {}) {
  const { button, panel } = open;
  open = null;
  panel.remove();
  button.setAttribute("aria-expanded", "false");
  if (focus) button.focus();
}

function choose(date) {
  const { input } = open;
  input.value = local(format(date));
  input.dispatchEvent(new Event("input", { bubbles: true }));
  input.dispatchEvent(new Event("change", { bubbles: true }));
  close();
}

function move(date, { focus = true } = {}) {
  open.at = date;
  draw();
  if (focus) focusDay();
}

function onKey(event) {
  if (event.key === "Escape") {
    event.preventDefault();
    event.stopPropagation();
    close();
    return;
  }
  if (!event.target.matches(".calendar-day")) return;
  const { at } = open;
  const forward = isPersian ? "ArrowLeft" : "ArrowRight";
  const backward = isPersian ? "ArrowRight" : "ArrowLeft";
  const steps = {
    [forward]: () => addDays(at, 1),
    [backward]: () => addDays(at, -1),
    ArrowDown: () => addDays(at, 7),
    ArrowUp: () => addDays(at, -7),
    PageDown: () => addMonths(at, event.shiftKey ? 12 : 1),
    PageUp: () => addMonths(at, event.shiftKey ? -12 : -1),
    Home: () => addDays(at, -weekday(at)),
    End: () => addDays(at, 6 - weekday(at)),
  };
  if (!steps[event.key]) return;
  event.preventDefault();
  move(steps[event.key]());
}

function draw() {
  const had = open.panel.contains(document.activeElement) ? document.activeElement.dataset.part : null;
  open.panel.replaceChildren(head(), grid());
  if (had) open.panel.querySelector(`[data-part="${had}"]`)?.focus();
}

function head() {
  const { at, today } = open;
  const bar = element("div", { class: "calendar-head" });
  const month = select(TEXT.month, MONTHS[language].map((name, place) => [place + 1, name]), at.month, "month");
  const first = Math.min(today.year - YEARS_BACK, at.year);
  const last = Math.max(today.year + YEARS_AHEAD, at.year);
  const years = Array.from({ length: last - first + 1 }, (_, place) => [last - place, local(last - place)]);
  const year = select(TEXT.year, years, at.year, "year");
  const turn = () => {
    const to = { year: Number(year.value), month: Number(month.value) };
    move({ ...to, day: Math.min(at.day, monthLength(to.year, to.month)) }, { focus: false });
  };
  month.addEventListener("change", turn);
  year.addEventListener("change", turn);
  bar.append(turnButton(TEXT.before, isPersian ? "→" : "←", -1), month, year, turnButton(TEXT.after, isPersian ? "←" : "→", 1));
  return bar;
}

function turnButton(label, sign, months) {
  const button = element("button", { type: "button", class: "btn btn-ghost btn-icon", "aria-label": label, "data-part": `turn${months}` }, sign);
  button.addEventListener("click", (event) => {
    event.stopPropagation();
    move(addMonths(open.at, months), { focus: false });
  });
  return button;
}

function select(label, options, value, part) {
  const box = element("select", { class: "form-select", "aria-label": label, "data-part": part });
  options.forEach(([key, text]) => box.append(element("option", key === value ? { value: key, selected: "" } : { value: key }, text)));
  return box;
}

function grid() {
  const { at } = open;
  const table = element("table", { role: "grid", "aria-label": `${MONTHS[language][at.month - 1]} ${local(at.year)}` });
  const names = element("tr", { role: "row" });
  WEEKDAYS[language].forEach((name) => names.append(element("th", { scope: "col", abbr: name, "aria-label": name }, isPersian ? name[0] : name.slice(0, 2))));
  const body = element("tbody");
  const start = weekday({ ...at, day: 1 });
  const length = monthLength(at.year, at.month);
  for (let first = 1 - start; first <= length; first += 7) {
    const row = element("tr", { role: "row" });
    for (let day = first; day < first + 7; day += 1) row.append(day >= 1 && day <= length ? dayCell({ ...at, day }) : element("td"));
    body.append(row);
  }
  const heading = element("thead");
  heading.append(names);
  table.append(heading, body);
  return table;
}

function dayCell(date) {
  const isSame = (other) => other && format(other) === format(date);
  const label = `${WEEKDAYS[language][weekday(date)]} ${local(date.day)} ${MONTHS[language][date.month - 1]} ${local(date.year)}`;
  const button = element("button", { type: "button", class: "calendar-day", tabindex: isSame(open.at) ? "0" : "-1", "aria-label": label }, local(date.day));
  const cell = element("td", { role: "gridcell", "aria-selected": isSame(open.chosen) ? "true" : "false" });
  if (isSame(open.today)) button.setAttribute("aria-current", "date");
  if (isSame(open.chosen)) button.classList.add("is-chosen");
  button.addEventListener("click", (event) => {
    event.stopPropagation();
    choose(date);
  });
  cell.append(button);
  return cell;
}

function focusDay() {
  open.panel.querySelector('.calendar-day[tabindex="0"]').focus();
}

function element(name, attributes = {}, text = "") {
  const made = document.createElement(name);
  Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
  made.textContent = text;
  return made;
}
