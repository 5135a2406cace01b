"""What a letter says, from its frozen figures. In Persian, whatever the language of who writes it: it goes to people here."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from hamafza.core import jalali
from hamafza.core.persian import persian_digits
from hamafza.core.rial import grouped
from hamafza.trace.choices import LetterKind
from hamafza.trace.rules import SMALLEST_CELL

BENEFACTOR, ORGANIZATION, STAFF = "benefactor", "organization", "staff"
TITLES = {LetterKind.THANKS: "سپاس‌نامه", LetterKind.CERTIFICATE: "لوح تقدیر"}
OPENINGS = {
    BENEFACTOR: "همراهی شما با خانواده‌های نیازمند این شهرستان پیش چشم ماست. آنچه در زیر می‌آید، از دفترهای این اداره است:",
    ORGANIZATION: "همکاری شما در یاری‌رسانی به خانواده‌های این شهرستان ارزشمند است. آنچه در زیر می‌آید، از دفترهای این اداره است:",
    STAFF: "کوشش شما در خدمت به خانواده‌های این شهرستان شایسته سپاس است. آنچه در زیر می‌آید، از دفترهای این اداره است:",
}
CLOSING = "از سوی این خانواده‌ها و همکاران این اداره از شما سپاسگزاریم و برای شما تندرستی و توفیق آرزو داریم."


def said_in(facts: Mapping[str, Any], *, recipient: str) -> list[str]:
    """One line a figure; figures of nought are left out. To a giver a small number of families is not told (S-A11)."""
    lines = [_counted(facts.get("gifts"), "{} بار کمک به این اداره")]
    if facts.get("rial"):
        lines.append(f"{_number(facts['rial'])} ریال کمک نقدی")
    lines += [f"{_number(quantity)} {item}" for quantity, item in facts.get("goods", ())]
    lines.append(_counted(facts.get("services"), "{} بار خدمت"))
    lines.append(_counted(facts.get("times"), "{} بار کمک به خانواده‌ها"))
    if facts.get("value"):
        lines.append(f"به ارزش {_number(facts['value'])} ریال")
    lines.append(_counted(facts.get("assessments"), "{} نیازسنجی خانوار"))
    lines.append(_counted(facts.get("rounds"), "برنامه‌ریزی {} نوبت توزیع"))
    lines.append(_counted(facts.get("deliveries"), "{} تحویل به خانواده‌ها"))
    lines.append(_counted(facts.get("received"), "دریافت {} کمک از خیرین"))
    lines.append(_counted(facts.get("confirmed"), "تأیید {} کمک در دفترها"))
    families = int(facts.get("families") or 0)
    few = recipient == BENEFACTOR and 0 < families < SMALLEST_CELL
    least = "کمتر از " if few else ""
    lines.append(_counted(SMALLEST_CELL if few else families, least + "{} خانواده از آن بهره‌مند شده‌اند"))
    return [line for line in lines if line]


def opening_of(recipient: str, text: str) -> str:
    """The writer's own words, or those of the house."""
    return text or OPENINGS[recipient]


def span_of(since: date, until: date) -> str:
    """From one day to another."""
    first, last = (jalali.format_date(day, style="long", language="fa") for day in (since, until))
    return persian_digits(f"از {first} تا {last}")


def _counted(count: object, sentence: str) -> str:
    return sentence.format(_number(int(str(count)))) if count else ""


def _number(value: int) -> str:
    return persian_digits(grouped(value, separator="٬"))
