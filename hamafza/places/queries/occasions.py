"""The days of occasions: computed, with the official dates that were entered in their place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet

from hamafza.core.jalali import from_jalali, to_jalali
from hamafza.places.models.occasion import Occasion, OccasionDate
from hamafza.places.occasions import Span, computed_spans

#: An official date this near to a computed one is the same occasion, moved.
SAME_WITHIN = timedelta(days=20)


@dataclass(frozen=True, slots=True)
class OccasionDay:
    """One time of an occasion; ``official`` says whether its date was entered, ``pk`` is then the entry's."""

    occasion: Occasion
    span: Span
    official: bool
    pk: int | None = None


def occasions() -> QuerySet[Occasion]:
    """All occasions in the order of the calendars."""
    return Occasion.objects.order_by("calendar", "month", "day", "code")


def occasion_starts(code: str, *, first: date, last: date) -> list[date]:
    """The first days of an occasion between two days, in order; nothing for one that is not known."""
    occasion = Occasion.objects.filter(code=code).first()
    if occasion is None:
        return []
    times = times_of([occasion], list(occasion.dates.all()), first=first, last=last)
    return [time.span.starts_on for time in times]


def occasions_of_year(jalali_year: int) -> list[OccasionDay]:
    """Every occasion that begins in a Jalali year, in order of time. Two queries."""
    first, last = from_jalali(jalali_year, 1, 1), from_jalali(jalali_year + 1, 1, 1) - timedelta(days=1)
    return times_of(list(occasions()), list(OccasionDate.objects.all()), first=first, last=last)


def times_of(
    known: Iterable[Occasion], entered: Iterable[OccasionDate], *, first: date, last: date
) -> list[OccasionDay]:
    """Every time the occasions begin between two days, in order; an official date takes the place of the computed one near it."""
    official: dict[str, list[OccasionDate]] = {}
    for one in entered:
        official.setdefault(one.occasion_id, []).append(one)
    found = [
        time for occasion in known for time in _times(occasion, official.get(occasion.pk, []), first=first, last=last)
    ]
    return sorted(found, key=lambda time: (time.span, time.occasion.pk))


def occasion_named(code: str) -> Occasion | None:
    """One occasion by its code."""
    return Occasion.objects.filter(pk=code).first()


def time_in_year(occasion: Occasion, jalali_year: int) -> OccasionDay | None:
    """The first time an occasion begins in a Jalali year; a lunar one may not."""
    first, last = from_jalali(jalali_year, 1, 1), from_jalali(jalali_year + 1, 1, 1) - timedelta(days=1)
    times = times_of([occasion], list(occasion.dates.all()), first=first, last=last)
    return times[0] if times else None


def _times(occasion: Occasion, entered: list[OccasionDate], *, first: date, last: date) -> list[OccasionDay]:
    computed = computed_spans(
        calendar=occasion.calendar,
        month=occasion.month,
        day=occasion.day,
        days=occasion.days,
        first=first - SAME_WITHIN,
        last=last + SAME_WITHIN,
    )
    times = [OccasionDay(occasion, Span(one.starts_on, one.ends_on), official=True, pk=one.pk) for one in entered]
    times += [
        OccasionDay(occasion, span, official=False)
        for span in computed
        if all(abs(span.starts_on - one.starts_on) > SAME_WITHIN for one in entered)
    ]
    return [time for time in times if first <= time.span.starts_on <= last]


def jalali_year_of(day: date) -> int:
    """The Jalali year that holds a day."""
    return int(to_jalali(day).year)
