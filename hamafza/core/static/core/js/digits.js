// Digits in the language of the page, and back. Persian digits never come from the font.
export const isPersian = document.documentElement.lang.startsWith("fa");

const PERSIAN = "۰۱۲۳۴۵۶۷۸۹";

export function latin(text) {
  return text.replace(/[۰-۹]/g, (sign) => sign.charCodeAt(0) - 0x06f0).replace(/[٠-٩]/g, (sign) => sign.charCodeAt(0) - 0x0660);
}

export function local(text) {
  return isPersian ? String(text).replace(/[0-9]/g, (sign) => PERSIAN[sign]) : latin(String(text));
}

export function grouped(digits) {
  return local(digits.replace(/\B(?=(\d{3})+(?!\d))/g, isPersian ? "٬" : ","));
}
