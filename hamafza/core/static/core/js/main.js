// Starts every module on the page, and again on what htmx brings.
import "./keys.js";
import "./picker.js";
import { start as charts } from "./charts.js";
import { start as forms } from "./forms.js";
import { start as lists } from "./lists.js";
import { start as shell } from "./shell.js";

function start(root) {
  shell(root);
  forms(root);
  lists(root);
  charts(root);
}

start(document);
document.addEventListener("htmx:load", (event) => {
  if (event.target !== document.body) start(event.target);
});
