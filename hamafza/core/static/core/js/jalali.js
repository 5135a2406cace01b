// The Jalali calendar as far as a picker needs it: lengths of months and the weekday a month begins with.
export const MONTHS = {
  fa: ["فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند"],
  en: ["Farvardin", "Ordibehesht", "Khordad", "Tir", "Mordad", "Shahrivar", "Mehr", "Aban", "Azar", "Dey", "Bahman", "Esfand"],
};
export const WEEKDAYS = {
  fa: ["شنبه", "یکشنبه", "دوشنبه", "سه‌شنبه", "چهارشنبه", "پنجشنبه", "جمعه"],
  en: ["Saturday", "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday"],
};

// The 33-year rule; a test compares it with the calendar of the server for 1210 to 1500.
const LEAP_REMAINDERS = [1, 5, 9, 13, 17, 22, 26, 30];
export const isLeap = (year) => LEAP_REMAINDERS.includes(year % 33);
export const monthLength = (year, month) => (month <= 6 ? 31 : month <= 11 ? 30 : isLeap(year) ? 30 : 29);

// Days since 1 Farvardin 1210.
function dayNumber({ year, month, day }) {
  let days = day - 1;
  for (let y = 1210; y < year; y += 1) days += isLeap(y) ? 366 : 365;
  for (let m = 1; m < month; m += 1) days += monthLength(year, m);
  return days;
}

// 0 is Saturday; 1 Farvardin 1400 was a Sunday.
export function weekday(date) {
  const since = dayNumber(date) - dayNumber({ year: 1400, month: 1, day: 1 });
  return (((since + 1) % 7) + 7) % 7;
}

export function addDays(date, days) {
  let { year, month } = date;
  let day = date.day + days;
  while (day < 1) {
    ({ year, month } = addMonths({ year, month, day: 1 }, -1));
    day += monthLength(year, month);
  }
  while (day > monthLength(year, month)) {
    day -= monthLength(year, month);
    ({ year, month } = addMonths({ year, month, day: 1 }, 1));
  }
  return { year, month, day };
}

export function addMonths({ year, month, day }, months) {
  const count = year * 12 + (month - 1) + months;
  const to = { year: Math.floor(count / 12), month: (count % 12) + 1 };
  return { ...to, day: Math.min(day, monthLength(to.year, to.month)) };
}

export function parse(text) {
  const found = /^(1[2-4]\d\d)\D(\d{1,2})\D(\d{1,2})$/.exec(text.trim());
  if (!found) return null;
  const [year, month, day] = found.slice(1).map(Number);
  return month >= 1 && month <= 12 && day >= 1 && day <= monthLength(year, month) ? { year, month, day } : null;
}

export function format({ year, month, day }) {
  return `${year}/${String(month).padStart(2, "0")}/${String(day).padStart(2, "0")}`;
}
