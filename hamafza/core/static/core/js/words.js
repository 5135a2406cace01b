// An amount in words, the check against a zero too many.
import { grouped, isPersian } from "./digits.js";

const ONES = "صفر یک دو سه چهار پنج شش هفت هشت نه ده یازده دوازده سیزده چهارده پانزده شانزده هفده هجده نوزده".split(" ");
const TENS = ["", "", ..."بیست سی چهل پنجاه شصت هفتاد هشتاد نود".split(" ")];
const HUNDREDS = ["", ..."صد دویست سیصد چهارصد پانصد ششصد هفتصد هشتصد نهصد".split(" ")];
const STEPS = ["", " هزار", " میلیون", " میلیارد", " هزار میلیارد"];

function belowThousand(number) {
  const rest = number % 100;
  const parts = [HUNDREDS[Math.floor(number / 100)], ...(rest < 20 ? [rest ? ONES[rest] : ""] : [TENS[Math.floor(rest / 10)], rest % 10 ? ONES[rest % 10] : ""])];
  return parts.filter(Boolean).join(" و ");
}

function persian(digits) {
  if (/^0*$/.test(digits)) return ONES[0];
  const groups = digits.replace(/^0+/, "").replace(/\B(?=(\d{3})+(?!\d))/g, ",").split(",");
  return groups
    .map((group, place) => (Number(group) ? belowThousand(Number(group)) + STEPS[groups.length - 1 - place] : ""))
    .filter(Boolean)
    .join(" و ");
}

function english(digits) {
  const value = Number(digits);
  const [size, name] = value >= 1e9 ? [1e9, " billion"] : value >= 1e6 ? [1e6, " million"] : value >= 1e3 ? [1e3, " thousand"] : [1, ""];
  return `${new Intl.NumberFormat("en", { maximumFractionDigits: 3 }).format(value / size)}${name}`;
}

// `digits` are Latin; `unit` is rial or toman. A rial amount is also said in tomans, as people speak.
export function inWords(digits, unit) {
  if (!digits || digits.length > 15) return "";
  if (!isPersian) return `${english(digits)} ${unit}s`;
  if (unit === "toman") return `${persian(digits)} تومان`;
  const tomans = digits.length > 1 && digits.endsWith("0") ? `، برابر با ${grouped(digits.slice(0, -1))} تومان` : "";
  return `${persian(digits)} ریال${tomans}`;
}
