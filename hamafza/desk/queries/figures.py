"""The figures of a desk, put together from rows as they stood on the last evening of the period."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date

from django.utils import translation

from hamafza.accounts.models import Organization
from hamafza.core.persian import sort_key
from hamafza.desk.figures import Account, Figures, Line, account_of, accounts_by
from hamafza.desk.periods import Period, before, same_day
from hamafza.desk.queries.history import history_of
from hamafza.desk.queries.waiting import climbed_to
from hamafza.desk.queries.words import said_in
from hamafza.places.choices import PlaceKind
from hamafza.places.models import Place


def figures_of(place: Place, places: Collection[str], period: Period, *, today: date) -> Figures:
    """Of a county; or of a province, with its counties side by side. ``places`` must be open: itself, and those below.

    As many queries for a province as for a county.
    """
    on, until = period.counted_on(today), period.over_until(today)
    earlier = before(period)
    then = same_day(earlier, period, today)
    history = history_of(places, since=earlier.first, on=on, earliest=earlier.counted_on(then))
    held = history.as_of(on)
    promises = list(held.values())
    past = history.as_of(earlier.counted_on(then)).values()
    climbed, climbed_count = climbed_to(place, places, held, on=on)
    words = said_in(places, period)
    return Figures(
        place=place.code,
        place_name=place.name_fa,
        place_kind=place.kind,
        period=period.key,
        on=on.isoformat(),
        total=Line.of(account_of(promises, period, until=until)),
        before=Line.of(account_of(past, earlier, until=earlier.over_until(then))),
        bodies=_bodies(place, accounts_by(lambda one: one.owner, promises, period, until=until)),
        counties=()
        if place.kind == PlaceKind.COUNTY
        else _counties(place, places, accounts_by(lambda one: one.place, promises, period, until=until)),
        said=words.said,
        left_out=words.left_out,
        unsaid=words.unsaid,
        climbed=climbed,
        climbed_count=climbed_count,
        runs=period.runs_on(today),
    )


def _bodies(place: Place, accounts: dict[str, Account]) -> tuple[Line, ...]:
    """Those with most that is late first. In a province many have the same name: each then stands with its county."""
    known = {str(one.pk): one for one in Organization.objects.filter(pk__in=list(accounts)).select_related("place")}
    lines = [
        Line.of(account, code=code, name=_name(known[code], place), kind=known[code].kind)
        for code, account in accounts.items()
    ]
    return tuple(sorted(lines, key=_order))


def _order(line: Line) -> tuple[int, int, str, str]:
    """Most that is late first, then most that was owed, then by the alphabet."""
    return -line.late, -line.promised, sort_key(line.name), line.code


def _name(body: Organization, place: Place) -> str:
    if place.kind == PlaceKind.COUNTY or body.place_id == place.code:
        return body.name_fa
    return f"{body.name_fa} ({body.place.name_fa})"


def _counties(place: Place, places: Collection[str], accounts: dict[str, Account]) -> tuple[Line, ...]:
    """Every county of the province, also where nothing was promised; the province's own commitments last."""
    lines = [
        Line.of(accounts.get(one.code, Account()), code=one.code, name=one.name_fa, kind=one.kind)
        for one in Place.objects.filter(code__in=places)
    ]
    with translation.override("fa"):
        lines = [replace(line, name=place.title) if line.code == place.code else line for line in lines]
    return tuple(sorted(lines, key=lambda line: (line.code == place.code, *_order(line))))
