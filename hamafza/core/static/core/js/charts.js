// Draws the charts of the page; the table beside each says the same, so a page without this loses nothing but the picture.
import { grouped } from "./digits.js";

const FONT = "Vazirmatn, system-ui, sans-serif";
const BAR_PIXELS = 30;
const drawn = new Map();

export async function start(root) {
  const boxes = [...root.querySelectorAll("[data-chart]")].filter((box) => !drawn.has(box));
  if (!boxes.length) return;
  const [{ init }] = await Promise.all([import(boxes[0].dataset.library), document.fonts.load(`14px ${FONT}`)]);
  boxes.forEach((box) => draw(box, init));
}

document.addEventListener("theme", redraw);
addEventListener("resize", redraw);
addEventListener("beforeprint", () => drawn.forEach(({ chart }) => chart.resize()));

function redraw() {
  drawn.forEach(({ chart, data }, box) => {
    chart.resize();
    chart.setOption(option(data, box), true);
  });
}

function draw(box, init) {
  const data = JSON.parse(document.getElementById(box.dataset.chart).textContent);
  if (data.kind === "bars") {
    const legend = data.series.length > 1 ? 40 : 0;
    box.style.blockSize = `${Math.max(120, data.labels.length * (BAR_PIXELS + 14 * (data.series.length - 1)) + 24 + legend)}px`;
  }
  const chart = init(box, null, { renderer: "canvas" });
  chart.setOption(option(data, box));
  chart.on("click", ({ dataIndex }) => { if (data.urls[dataIndex]) location.assign(data.urls[dataIndex]); });
  drawn.set(box, { chart, data });
}

function option(data, box) {
  const style = getComputedStyle(box);
  const dark = document.documentElement.getAttribute("data-bs-theme") === "dark";
  const ink = style.color;
  const line = dark ? "#495057" : "#dee2e6";
  const colours = dark ? ["#3bc9db", "#ced4da", "#ffc078", "#91a7ff", "#8ce99a", "#faa2c1"] : ["#0b7285", "#868e96", "#d9730d", "#4263eb", "#2b8a3e", "#a61e4d"];
  const bars = data.kind === "bars";
  const many = data.series.length > 1;
  // Canvas text takes its direction from the left-to-right box: «۶ تا ۱۲ ماه» needs to be told that it is not.
  const inDirection = (text) => (data.rtl ? `\u202b${text}\u202c` : text);
  const wide = bars ? Math.min(190, box.clientWidth * 0.4) : (box.clientWidth - 60) / data.labels.length;
  const category = {
    type: "category",
    data: data.labels.map(inDirection),
    axisTick: { show: false },
    axisLine: { lineStyle: { color: line } },
    axisLabel: { color: ink, fontFamily: FONT, fontSize: 13, lineHeight: 17, interval: bars || data.labels.length <= 8 ? 0 : "auto", width: wide, overflow: "break" },
  };
  const value = {
    type: "value",
    minInterval: 1,
    axisLabel: { show: !bars, color: ink, fontFamily: FONT, formatter: (number) => grouped(String(number)) },
    splitLine: { show: !bars, lineStyle: { color: line } },
  };
  const rightToLeft = data.rtl ? { inverse: true } : {};
  return {
    animation: false,
    // Its own description speaks English and would replace the name the page has given the box; the table says the rest.
    aria: { enabled: false },
    color: colours,
    textStyle: { fontFamily: FONT },
    grid: { top: many ? 40 : 12, bottom: 4, left: data.rtl && bars ? 56 : 8, right: !data.rtl && bars ? 56 : 8, containLabel: true },
    legend: { show: many, top: 0, data: data.rtl ? [...data.series].reverse() : data.series, ...(data.rtl ? { right: 0, align: "right" } : { left: 0 }), itemWidth: 14, itemHeight: 10, textStyle: { color: ink, fontFamily: FONT, fontSize: 13 } },
    tooltip: { trigger: "item", renderMode: "richText", confine: true, textStyle: { fontFamily: FONT }, formatter: ({ seriesIndex, dataIndex }) => inDirection(`${data.labels[dataIndex]}${many ? `، ${data.series[seriesIndex]}` : ""}: ${data.texts[seriesIndex][dataIndex]}`) },
    xAxis: bars ? { ...value, ...rightToLeft } : { ...category, ...rightToLeft },
    yAxis: bars ? { ...category, inverse: true, position: data.rtl ? "right" : "left" } : { ...value, position: data.rtl ? "right" : "left" },
    series: data.series.map((name, place) => ({
      name,
      type: data.kind === "line" ? "line" : "bar",
      data: data.values[place],
      barMaxWidth: bars ? 22 : 34,
      barGap: "15%",
      symbolSize: 7,
      label: { show: bars || (!many && data.kind === "columns"), position: bars ? (data.rtl ? "left" : "right") : "top", color: ink, fontFamily: FONT, fontSize: 12, formatter: ({ dataIndex }) => data.texts[place][dataIndex] },
    })),
  };
}
