// Builds everything third-party that a page loads into hamafza/core/static/vendor (git-ignored; the release wheel contains it).
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const packages = join(here, "node_modules");
const vendor = join(here, "..", "hamafza", "core", "static", "vendor");

rmSync(vendor, { recursive: true, force: true });
mkdirSync(vendor, { recursive: true });

buildStyles();
buildFonts();
buildIcons();
await buildCharts();

// The source maps are not shipped, and a hashed-name storage refuses a link to a file that is missing.
function buildStyles() {
  for (const name of ["tabler.min.css", "tabler.rtl.min.css"]) {
    const css = readFileSync(join(packages, "@tabler/core/dist/css", name), "utf8");
    writeFileSync(join(vendor, name), css.replace(/\/\*# sourceMappingURL=.*?\*\//g, ""));
  }
}

// The variable font serves the pages, the static cuts PDF and Word (typst does not read variable fonts); FD draws every digit as a Persian one.
function buildFonts() {
  const fonts = join(packages, "vazirmatn/fonts");
  copyFileSync(join(fonts, "webfonts/Vazirmatn[wght].woff2"), join(vendor, "vazirmatn.woff2"));
  mkdirSync(join(vendor, "ttf"));
  for (const cut of ["Regular", "Medium", "Bold"]) {
    copyFileSync(join(fonts, `ttf/Vazirmatn-${cut}.ttf`), join(vendor, "ttf", `Vazirmatn-${cut}.ttf`));
  }
  const persianDigits = join(packages, "vazirmatn/misc/Farsi-Digits/fonts/ttf/Vazirmatn-FD-Regular.ttf");
  copyFileSync(persianDigits, join(vendor, "ttf", "Vazirmatn-FD-Regular.ttf"));
  copyFileSync(join(packages, "vazirmatn/OFL.txt"), join(vendor, "vazirmatn-OFL.txt"));
}

function buildIcons() {
  const names = JSON.parse(readFileSync(join(here, "icons.json"), "utf8"));
  const symbols = names.map((name) => {
    const file = join(packages, "@tabler/icons/icons/outline", `${name}.svg`);
    if (!existsSync(file)) throw new Error(`icons.json names "${name}", which is not among the Tabler outline icons.`);
    const shapes = readFileSync(file, "utf8").replace(/^[\s\S]*?<svg[\s\S]*?>/, "").replace(/<\/svg>\s*$/, "");
    return `<symbol id="${name}" viewBox="0 0 24 24">${shapes.replace(/\s*\n\s*/g, "")}</symbol>`;
  });
  writeFileSync(join(vendor, "icons.svg"), `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("\n")}</svg>\n`);
}

async function buildCharts() {
  await build({
    entryPoints: [join(here, "charts.mjs")],
    outfile: join(vendor, "echarts.js"),
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2020",
    legalComments: "inline",
    logLevel: "warning",
  });
}
