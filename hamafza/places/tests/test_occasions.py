"""Occasions: real days in three calendars, official dates in their place."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from hamafza.core.errors import Refusal
from hamafza.core.jalali import from_jalali, to_jalali
from hamafza.places.commands.keep_occasions import enter_date, take_date_back
from hamafza.places.commands.load_places import load_occasions, load_places
from hamafza.places.models import Place
from hamafza.places.models.occasion import Occasion
from hamafza.places.occasions import USUAL, Span, UsualOccasion, computed_spans
from hamafza.places.queries.occasions import occasion_starts, occasions_of_year

#: The machine may be busy with other tests.
CALM = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
BY_CODE = {usual.code: usual for usual in USUAL}


def spans(code: str, first: date, last: date) -> list[Span]:
    usual = BY_CODE[code]
    return computed_spans(
        calendar=usual.calendar, month=usual.month, day=usual.day, days=usual.days, first=first, last=last
    )


def in_year(code: str, year: int) -> list[Span]:
    return spans(code, from_jalali(year, 1, 1), from_jalali(year + 1, 1, 1) - timedelta(days=1))


@pytest.mark.parametrize(
    ("code", "year", "starts_on", "ends_on"),
    [
        ("welfare-week", 1405, (1405, 4, 25), (1405, 4, 31)),
        ("fajr-decade", 1405, (1405, 11, 12), (1405, 11, 22)),
        ("yalda", 1405, (1405, 9, 30), (1405, 9, 30)),
        ("school-opening", 1405, (1405, 7, 1), (1405, 7, 1)),
        # 1 Ramadan 1448 by the Umm al-Qura tables is 8 February 2027; that month has 29 days.
        ("ramadan", 1405, (1405, 11, 19), (1405, 12, 17)),
        ("disability-day", 1405, (1405, 9, 12), (1405, 9, 12)),
    ],
)
def test_computed_days_of_a_year_are_those_of_the_calendar(
    code: str, year: int, starts_on: tuple[int, int, int], ends_on: tuple[int, int, int]
) -> None:
    assert in_year(code, year) == [Span(from_jalali(*starts_on), from_jalali(*ends_on))]


def test_lunar_occasion_may_come_twice_in_a_jalali_year() -> None:
    times = [len(in_year("eid-al-ghadir", year)) for year in range(1390, 1440)]
    assert set(times) == {1, 2}


@CALM
@given(
    usual=st.sampled_from(USUAL),
    first=st.dates(date(2000, 1, 1), date(2060, 1, 1)),
    cut=st.integers(0, 1500),
    more=st.integers(0, 1500),
)
def test_computed_days_however_time_is_cut_are_the_same(usual: UsualOccasion, first: date, cut: int, more: int) -> None:
    middle, last = first + timedelta(days=cut), first + timedelta(days=cut + more)
    whole = spans(usual.code, first, last)
    assert whole == spans(usual.code, first, middle) + spans(usual.code, middle + timedelta(days=1), last)
    assert whole == sorted(set(whole))


@CALM
@given(first=st.dates(date(2000, 1, 1), date(2060, 1, 1)))
def test_lunar_year_has_each_occasion_once(first: date) -> None:
    gaps = {
        (later.starts_on - earlier.starts_on).days
        for earlier, later in zip(
            spans("arbaeen", first, first + timedelta(days=2000)),
            spans("arbaeen", first, first + timedelta(days=2000))[1:],
            strict=False,
        )
    }
    assert gaps <= {353, 354, 355, 356}


@pytest.mark.django_db
def test_load_places_brings_the_usual_occasions_and_keeps_a_changed_one() -> None:
    load_places()
    assert set(Occasion.objects.values_list("code", flat=True)) == set(BY_CODE)
    Occasion.objects.filter(code="welfare-week").update(day=24)
    assert load_occasions() == 0
    assert Occasion.objects.get(code="welfare-week").day == 24


@pytest.fixture
def ramadan(db: None) -> Occasion:
    load_occasions()
    return Occasion.objects.get(code="ramadan")


FIRST, LAST = from_jalali(1405, 1, 1), from_jalali(1406, 12, 29)


def test_official_date_takes_the_place_of_the_computed_one(ramadan: Occasion) -> None:
    computed = occasion_starts("ramadan", first=FIRST, last=LAST)
    seen = computed[0] + timedelta(days=1)
    enter_date(ramadan, starts_on=seen, ends_on=seen + timedelta(days=29))
    assert occasion_starts("ramadan", first=FIRST, last=LAST) == [seen, computed[1]]


def test_official_date_entered_again_replaces_and_taken_back_gives_the_computed_one(ramadan: Occasion) -> None:
    computed = occasion_starts("ramadan", first=FIRST, last=LAST)
    enter_date(ramadan, starts_on=computed[0] + timedelta(days=1), ends_on=computed[0] + timedelta(days=30))
    entered = enter_date(ramadan, starts_on=computed[0] + timedelta(days=2), ends_on=computed[0] + timedelta(days=30))
    assert occasion_starts("ramadan", first=FIRST, last=LAST)[0] == computed[0] + timedelta(days=2)
    assert take_date_back(ramadan, starts_on=entered.starts_on)
    assert not take_date_back(ramadan, starts_on=entered.starts_on)
    assert occasion_starts("ramadan", first=FIRST, last=LAST) == computed


def test_official_dates_out_of_order_are_refused(ramadan: Occasion) -> None:
    with pytest.raises(Refusal) as refused:
        enter_date(ramadan, starts_on=FIRST, ends_on=FIRST - timedelta(days=1))
    assert (refused.value.code, refused.value.field) == ("order", "ends_on")


@pytest.mark.django_db
def test_unknown_occasion_has_no_days() -> None:
    assert occasion_starts("never", first=FIRST, last=LAST) == []


@pytest.mark.django_db
def test_occasions_of_a_year_take_two_queries(django_assert_num_queries: object) -> None:
    load_occasions()
    with django_assert_num_queries(2):  # type: ignore[operator]  # pytest-django's fixture
        times = occasions_of_year(1405)
    assert [to_jalali(time.span.starts_on).year for time in times] == [1405] * len(times)
    assert len(times) >= len(BY_CODE) - 1
    assert Place.objects.count() == 0
