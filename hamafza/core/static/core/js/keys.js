// Keys: / searches, g and a letter goes, ? helps. Physical keys, so that they work on a Persian keyboard too.
import { openHelp } from "./shell.js";

const GO_MILLISECONDS = 1500;
let goUntil = 0;

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || document.querySelector("dialog[open]")) return;
  if (event.timeStamp < goUntil) {
    goUntil = 0;
    go(event);
  } else if (event.code === "KeyG" && !event.shiftKey) {
    goUntil = event.timeStamp + GO_MILLISECONDS;
  } else if (event.key === "?" || event.key === "؟") {
    event.preventDefault();
    openHelp();
  } else if (event.key === "/" || (event.code === "Slash" && !event.shiftKey)) {
    const search = document.querySelector("[data-search]");
    if (!search) return;
    event.preventDefault();
    search.focus();
    search.select();
  }
});

function go(event) {
  const letter = event.code.replace(/^Key/, "").toLowerCase();
  const link = document.querySelector(`[data-go="${CSS.escape(letter)}"]`);
  if (!link) return;
  event.preventDefault();
  link.click();
}

function isTyping(target) {
  return target.isContentEditable || target.matches?.("input:not([type=checkbox], [type=radio]), textarea, select");
}
