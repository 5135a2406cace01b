// A signature drawn with finger, pen or mouse: kept as a small PNG in a hidden field when the form is sent.
// Whoever cannot draw (keyboard, no script) names two witnesses instead; the page offers both.
const INK = "#14213d";
const PAPER = "#ffffff";

document.querySelectorAll("form[data-signature]").forEach(start);

function start(form) {
  const box = form.querySelector("[data-signature-box]");
  const pad = form.querySelector("[data-signature-pad]");
  const pen = pad.getContext("2d");
  let drawing = false;
  let drawn = false;

  box.hidden = false;
  form.querySelector("[data-signature-none]").hidden = true;
  clear();

  pad.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    pad.setPointerCapture(event.pointerId);
    drawing = true;
    const { x, y } = place(event);
    pen.beginPath();
    pen.moveTo(x, y);
    pen.lineTo(x + 0.5, y + 0.5);
    pen.stroke();
    drawn = true;
  });
  pad.addEventListener("pointermove", (event) => {
    if (!drawing) return;
    const { x, y } = place(event);
    pen.lineTo(x, y);
    pen.stroke();
  });
  ["pointerup", "pointercancel"].forEach((name) => pad.addEventListener(name, () => { drawing = false; }));
  form.querySelector("[data-signature-clear]").addEventListener("click", clear);
  form.addEventListener("submit", () => {
    form.elements.signature.value = drawn ? pad.toDataURL("image/png") : "";
  });

  function clear() {
    drawn = false;
    pen.fillStyle = PAPER;
    pen.fillRect(0, 0, pad.width, pad.height);
    pen.strokeStyle = INK;
    pen.lineWidth = 3;
    pen.lineCap = "round";
    pen.lineJoin = "round";
  }

  // The picture has more dots than the box on the screen.
  function place(event) {
    const shown = pad.getBoundingClientRect();
    return {
      x: ((event.clientX - shown.left) * pad.width) / shown.width,
      y: ((event.clientY - shown.top) * pad.height) / shown.height,
    };
  }
}
