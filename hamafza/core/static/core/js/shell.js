// The shell: menus, side navigation on the phone, light and dark, help, notices. Everything works without this but the theme.
const root = document.documentElement;
const menu = document.getElementById("menu");

export function start(scope) {
  scope.querySelectorAll("[data-theme-toggle], [data-print], [data-help-open], [data-notice-close], [data-jalali-open]").forEach((button) => { button.hidden = false; });
}

document.addEventListener("click", (event) => {
  const target = event.target.closest?.("a, button, summary, details, dialog") ?? event.target;
  closeMenus(event.target);
  if (target.matches("[data-theme-toggle]")) toggleTheme();
  if (target.matches("[data-print]")) print();
  if (target.matches("[data-help-open]")) openHelp();
  if (target.matches("[data-dialog-close]")) target.closest("dialog").close();
  if (target.matches("[data-notice-close]")) target.closest("[data-notice]").remove();
  if (target.matches("[data-menu-open]")) slide(event, true);
  if (target.matches("[data-menu-close]")) slide(event, false);
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const open = document.querySelector("details.menu[open]");
  if (open) {
    open.open = false;
    open.querySelector("summary").focus();
  } else if (menu?.classList.contains("is-open")) {
    slide(event, false);
  }
});

export function openHelp() {
  document.getElementById("help")?.showModal();
}

function closeMenus(inside) {
  document.querySelectorAll("details.menu[open]").forEach((details) => {
    if (!details.contains(inside)) details.open = false;
  });
}

function slide(event, open) {
  event.preventDefault();
  menu.classList.toggle("is-open", open);
  (open ? menu.querySelector("[data-menu-close]") : document.querySelector("[data-menu-open]"))?.focus();
}

function toggleTheme() {
  const theme = root.getAttribute("data-bs-theme") === "dark" ? "light" : "dark";
  root.setAttribute("data-bs-theme", theme);
  try {
    localStorage.setItem("theme", theme);
  } catch {
    // The choice then lasts for this page only.
  }
  document.dispatchEvent(new Event("theme"));
}

// What could not reach the server is said, never swallowed.
function sayFailure() {
  const toasts = document.getElementById("toasts");
  const notice = document.createElement("div");
  notice.className = "notice notice-error";
  notice.setAttribute("role", "alert");
  notice.dataset.notice = "";
  const text = document.createElement("div");
  text.className = "notice-text";
  text.textContent = toasts.dataset.failed;
  const close = document.createElement("button");
  close.className = "btn btn-ghost btn-sm";
  close.type = "button";
  close.dataset.noticeClose = "";
  close.textContent = toasts.dataset.close;
  notice.append(text, close);
  toasts.replaceChildren(notice);
}

document.addEventListener("htmx:sendError", sayFailure);
document.addEventListener("htmx:responseError", sayFailure);

// When a job has ended, the whole page says so, not only its bar.
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.target.id !== "progress" || event.detail.serverResponse.includes("data-running")) return;
  event.detail.shouldSwap = false;
  location.reload();
});
