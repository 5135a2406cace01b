"""The usual occasions of the year on which people give, and how their days are worked out.

Lunar days follow the Umm al-Qura calendar (`hijridate`). The official date in Iran follows the sighting of the moon and
often lies one day later; the administrator enters it (`OccasionDate`), and it stands in the place of the computed one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from hijridate import Gregorian, Hijri

from hamafza.core.jalali import from_jalali, to_jalali
from hamafza.places.choices import OccasionCalendar

JALALI, HIJRI, GREGORIAN = OccasionCalendar.JALALI, OccasionCalendar.HIJRI, OccasionCalendar.GREGORIAN
#: Lunar days can be worked out between these, as far as the Umm al-Qura tables go.
FIRST_DAY, LAST_DAY = date(1930, 1, 1), date(2076, 12, 31)
_WHOLE_MONTH = 29


@dataclass(frozen=True, slots=True)
class UsualOccasion:
    """``day`` of ``month`` in its calendar, and how many days it lasts; a lunar month is as long as it is."""

    code: str
    name_fa: str
    name_en: str
    calendar: str
    month: int
    day: int
    days: int = 1


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """First and last day of an occasion."""

    starts_on: date
    ends_on: date


USUAL: tuple[UsualOccasion, ...] = (
    # By the sun.
    UsualOccasion("nowruz", "نوروز", "Nowruz", JALALI, 1, 1, 4),
    UsualOccasion("welfare-week", "هفته بهزیستی", "Welfare week", JALALI, 4, 25, 7),
    UsualOccasion("school-opening", "آغاز سال تحصیلی", "Opening of schools", JALALI, 7, 1),
    UsualOccasion("yalda", "شب یلدا", "Yalda night", JALALI, 9, 30),
    UsualOccasion("fajr-decade", "دهه فجر", "Fajr decade", JALALI, 11, 12, 11),
    UsualOccasion("giving-week", "هفته احسان و نیکوکاری", "Week of giving", JALALI, 12, 14, 7),
    # By the moon.
    UsualOccasion("muharram", "دهه اول محرم", "First ten days of Muharram", HIJRI, 1, 1, 10),
    UsualOccasion("ashura", "عاشورا", "Ashura", HIJRI, 1, 10),
    UsualOccasion("arbaeen", "اربعین", "Arbaeen", HIJRI, 2, 20),
    UsualOccasion("safar-end", "۲۸ صفر", "28 Safar", HIJRI, 2, 28),
    UsualOccasion("prophet-birth", "ولادت پیامبر اکرم (ص)", "Birth of the Prophet", HIJRI, 3, 17),
    UsualOccasion("mothers-day", "روز مادر", "Mothers' day", HIJRI, 6, 20),
    UsualOccasion("fathers-day", "روز پدر", "Fathers' day", HIJRI, 7, 13),
    UsualOccasion("mabath", "عید مبعث", "Mab'ath", HIJRI, 7, 27),
    UsualOccasion("mid-shaban", "نیمه شعبان", "Mid-Sha'ban", HIJRI, 8, 15),
    UsualOccasion("ramadan", "ماه رمضان", "Ramadan", HIJRI, 9, 1, 30),
    UsualOccasion("qadr-nights", "شب‌های قدر", "Nights of Qadr", HIJRI, 9, 19, 5),
    UsualOccasion("eid-al-fitr", "عید فطر", "Eid al-Fitr", HIJRI, 10, 1),
    UsualOccasion("karamat-decade", "دهه کرامت", "Karamat decade", HIJRI, 11, 1, 11),
    UsualOccasion("eid-al-adha", "عید قربان", "Eid al-Adha", HIJRI, 12, 10),
    UsualOccasion("eid-al-ghadir", "عید غدیر", "Eid al-Ghadir", HIJRI, 12, 18),
    # By the world's calendar.
    UsualOccasion("older-persons-day", "روز جهانی سالمندان", "Day of older persons", GREGORIAN, 10, 1),
    UsualOccasion("white-cane-day", "روز جهانی عصای سفید", "White cane day", GREGORIAN, 10, 15),
    UsualOccasion("disability-day", "روز جهانی افراد دارای معلولیت", "Day of persons with disabilities", GREGORIAN, 12, 3),
)  # fmt: skip


def computed_spans(*, calendar: str, month: int, day: int, days: int, first: date, last: date) -> list[Span]:
    """Each time an occasion begins between two days, in order. A lunar one may come twice in a Jalali year.

    A day that a month does not have falls on its last day; lunar days outside the tables are left out.
    """
    starts = _STARTS[OccasionCalendar(calendar)]
    found = (Span(start, _end(calendar, start, days)) for start in starts(month, day, first, last))
    return [span for span in found if first <= span.starts_on <= last]


def _jalali_starts(month: int, day: int, first: date, last: date) -> Iterator[date]:
    for year in range(to_jalali(first).year, to_jalali(last).year + 1):
        end = from_jalali(year + 1, 1, 1) if month == 12 else from_jalali(year, month + 1, 1)
        yield min(from_jalali(year, month, 1) + timedelta(days=day - 1), end - timedelta(days=1))


def _lunar_starts(month: int, day: int, first: date, last: date) -> Iterator[date]:
    first, last = max(first, FIRST_DAY), min(last, LAST_DAY)
    if first > last:
        return
    years = (Gregorian.fromdate(each).to_hijri().year for each in (first, last))
    for year in range(next(years), next(years) + 1):
        yield _lunar_day(year, month, day)


def _world_starts(month: int, day: int, first: date, last: date) -> Iterator[date]:
    for year in range(first.year, last.year + 1):
        start = date(year, month, 1) + timedelta(days=day - 1)
        yield start if start.month == month else start.replace(day=1) - timedelta(days=1)


_STARTS = {JALALI: _jalali_starts, HIJRI: _lunar_starts, GREGORIAN: _world_starts}


def _lunar_day(year: int, month: int, day: int) -> date:
    length = Hijri(year, month, 1).month_length()
    found = Hijri(year, month, min(day, length)).to_gregorian()
    return date(found.year, found.month, found.day)


def _end(calendar: str, start: date, days: int) -> date:
    """A lunar occasion of 29 days or more is a whole month, which may have 29 or 30."""
    if calendar == HIJRI and days >= _WHOLE_MONTH:
        days = Gregorian.fromdate(start).to_hijri().month_length()
    return start + timedelta(days=days - 1)
