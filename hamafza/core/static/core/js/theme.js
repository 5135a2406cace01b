// Runs before the first paint: the user's choice of light or dark, else what the system says.
(() => {
  const root = document.documentElement;
  root.classList.add("js");
  let chosen = null;
  try {
    chosen = localStorage.getItem("theme");
  } catch {
    // A browser without storage follows the system.
  }
  const system = window.matchMedia("(prefers-color-scheme: dark)");
  const apply = () => root.setAttribute("data-bs-theme", chosen ?? (system.matches ? "dark" : "light"));
  system.addEventListener("change", () => {
    apply();
    document.dispatchEvent(new Event("theme"));
  });
  apply();
})();
