"""A promise in the words of an office: what, how much, how often."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _, gettext_noop, ngettext

from hamafza.core import wording
from hamafza.core.jalali import MONTHS_EN, MONTHS_FA, WEEKDAYS_EN, WEEKDAYS_FA, to_jalali
from hamafza.core.parts import Tone
from hamafza.giving.choices import Frequency, GiftKind, InstalmentState, PledgeState, ScheduleCalendar
from hamafza.giving.models import Pledge
from hamafza.giving.schedule import MONTHS, Schedule
from hamafza.places.models.occasion import Occasion

PLEDGE_TONES: dict[str, Tone] = {
    PledgeState.DRAFT: "orange",
    PledgeState.ACTIVE: "green",
    PledgeState.PAUSED: "orange",
    PledgeState.COMPLETED: "blue",
    PledgeState.CANCELLED: "grey",
    PledgeState.LAPSED: "grey",
}
INSTALMENT_TONES: dict[str, Tone] = {
    InstalmentState.SCHEDULED: "grey",
    InstalmentState.DUE: "blue",
    InstalmentState.LATE: "orange",
    InstalmentState.PARTLY: "orange",
    InstalmentState.KEPT: "green",
    InstalmentState.MISSED: "red",
    InstalmentState.WAIVED: "grey",
}
#: Days 31 and 30 are not in every month.
_SHORTEST_MONTH = 28
_GREGORIAN_MONTHS = (
    gettext_noop("January"), gettext_noop("February"), gettext_noop("March"), gettext_noop("April"), gettext_noop("May"), gettext_noop("June"), gettext_noop("July"), gettext_noop("August"),
    gettext_noop("September"), gettext_noop("October"), gettext_noop("November"), gettext_noop("December"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Thing:
    """What is promised: rial of money, so many units of an item, so many times a service."""

    kind: str
    unit: str = ""
    name: str = ""


def thing_of(pledge: Pledge) -> Thing:
    """What a pledge is of."""
    if pledge.item is not None:
        return Thing(pledge.kind, unit=pledge.item.unit, name=pledge.item.name)
    return Thing(pledge.kind, name=pledge.service)


def state_in_words(state: str) -> str:
    """A draft of a pledge is a vow that waits."""
    return _("Waits for its condition") if state == PledgeState.DRAFT else str(PledgeState(state).label)


def quantity_in_words(thing: Thing, quantity: int) -> str:
    """164 packages; 5,000,000 rials; 3 times tailoring lessons."""
    number = wording.number(quantity)
    if thing.kind == GiftKind.MONEY:
        return _("%(amount)s rials") % {"amount": number}
    if thing.kind == GiftKind.SERVICE:
        return ngettext("%(count)s time of %(service)s", "%(count)s times of %(service)s", quantity) % {
            "count": number,
            "service": thing.name,
        }
    if thing.unit and thing.unit in thing.name:
        return f"{number} {thing.name}"
    return f"{number} {thing.unit} {thing.name}".replace("  ", " ")


def rule_in_words(schedule: Schedule, *, occasion: Occasion | None = None) -> str:
    """Every Thursday; day 5 of every second month; each year on Eid al-Ghadir."""
    rule = _RULES[Frequency(schedule.frequency)](schedule, occasion)
    if schedule.calendar == ScheduleCalendar.GREGORIAN and schedule.frequency in {Frequency.MONTH, Frequency.YEAR}:
        return _("%(rule)s (Gregorian calendar)") % {"rule": rule}
    return rule


def span_in_words(schedule: Schedule) -> str:
    """From when until when, and how many times."""
    words = {"first": wording.long_date(schedule.starts_on)}
    if schedule.frequency == Frequency.ONCE:
        return ""
    if schedule.count is not None:
        sentence = ngettext("from %(first)s, %(count)s time", "from %(first)s, %(count)s times", schedule.count)
        return sentence % {**words, "count": wording.number(schedule.count)}
    if schedule.ends_on is not None:
        return _("from %(first)s to %(last)s") % {**words, "last": wording.long_date(schedule.ends_on)}
    return _("from %(first)s on, without an end") % words


def weekday_names() -> list[tuple[int, str]]:
    """The days of the week from Saturday on, for a form."""
    names = WEEKDAYS_FA if wording.is_persian() else WEEKDAYS_EN
    return [(day, names[day]) for day in (5, 6, 0, 1, 2, 3, 4)]


def month_names() -> list[tuple[int, str]]:
    """The months of the Jalali year with their numbers, for a form."""
    return list(enumerate(MONTHS_FA if wording.is_persian() else MONTHS_EN, start=1))


def _once(schedule: Schedule, _occasion: Occasion | None) -> str:
    return _("once, on %(day)s") % {"day": wording.weekday_date(schedule.starts_on)}


def _daily(schedule: Schedule, _occasion: Occasion | None) -> str:
    return ngettext("every day", "every %(count)s days", schedule.interval) % {
        "count": wording.number(schedule.interval)
    }


def _weekly(schedule: Schedule, _occasion: Occasion | None) -> str:
    chosen = schedule.weekdays or (schedule.starts_on.weekday(),)
    days = _joined([name for day, name in weekday_names() if day in chosen])
    sentence = ngettext("every %(days)s", "every %(count)s weeks on %(days)s", schedule.interval)
    return sentence % {"count": wording.number(schedule.interval), "days": days}


def _monthly(schedule: Schedule, _occasion: Occasion | None) -> str:
    day = schedule.month_day or _own(schedule)[1]
    sentence = ngettext("day %(day)s of every month", "day %(day)s of every %(count)s months", schedule.interval)
    words = sentence % {"count": wording.number(schedule.interval), "day": wording.number(day)}
    if day > _SHORTEST_MONTH:
        return _("%(rule)s (the last day in shorter months)") % {"rule": words}
    return words


def _yearly(schedule: Schedule, _occasion: Occasion | None) -> str:
    month, day = schedule.month or _own(schedule)[0], schedule.month_day or _own(schedule)[1]
    names = [name for _number, name in month_names()]
    if schedule.calendar == ScheduleCalendar.GREGORIAN:
        names = [_(name) for name in _GREGORIAN_MONTHS]
    sentence = ngettext(
        "each year on %(day)s %(month)s", "every %(count)s years on %(day)s %(month)s", schedule.interval
    )
    return sentence % {
        "count": wording.number(schedule.interval),
        "day": wording.number(day),
        "month": names[(month - 1) % MONTHS],
    }


def _on_occasion(schedule: Schedule, occasion: Occasion | None) -> str:
    sentence = ngettext("each year on “%(name)s”", "every %(count)s years on “%(name)s”", schedule.interval)
    return sentence % {"count": wording.number(schedule.interval), "name": str(occasion or schedule.occasion)}


def _joined(names: Sequence[str]) -> str:
    """Saturday, Monday and Thursday."""
    comma = "، " if wording.is_persian() else ", "
    if len(names) < 2:
        return "".join(names)
    return _("%(several)s and %(last)s") % {"several": comma.join(names[:-1]), "last": names[-1]}


def _own(schedule: Schedule) -> tuple[int, int]:
    """Month and day of the first day in the schedule's calendar."""
    if schedule.calendar == ScheduleCalendar.GREGORIAN:
        return schedule.starts_on.month, schedule.starts_on.day
    own = to_jalali(schedule.starts_on)
    return int(own.month), int(own.day)


_RULES = {
    Frequency.ONCE: _once,
    Frequency.DAY: _daily,
    Frequency.WEEK: _weekly,
    Frequency.MONTH: _monthly,
    Frequency.YEAR: _yearly,
    Frequency.OCCASION: _on_occasion,
}
