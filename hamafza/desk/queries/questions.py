"""Questions about rows without names: those of the governor's office, and those that wait at the welfare office."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Permission
from hamafza.desk.choices import QuestionState
from hamafza.desk.models import Question
from hamafza.desk.queries.keys import key_of
from hamafza.desk.row import written
from hamafza.needs.choices import STANDING_STATES
from hamafza.needs.models import Need
from hamafza.needs.queries.anonymous import AnonymousLine, anonymous_lines

#: So many needs behind a row are kept with a question, the most urgent first.
NEEDS_KEPT = 300
ASK = Permission.ASK_ABOUT_NEEDS


def questions_of(
    county: str, *, only: frozenset[str] | None = None, state: str = "", after: str = ""
) -> QuerySet[Question]:
    """The newest first, without the needs behind them; ``after`` is the key of the last one that was shown.

    ``only``: about rows of these districts; None: of the whole county.
    """
    found = Question.objects.filter(county_id=county, **({"state": state} if state else {}))
    if only is not None:
        found = found.filter(district__in=only)
    if key := key_of(after):
        found = found.filter(id__lt=key)
    return found.select_related("asked_by", "asked_for", "answered_by", "district").order_by("-id")


def answered_for(asker: Actor) -> QuerySet[Question]:
    """Her own, answered and not yet closed, in the open counties, where she may still ask."""
    own = Question.objects.filter(asked_by=asker.user_id, state=QuestionState.ANSWERED)
    return own.filter(_reached_by(asker)).order_by("answered_at")


def _reached_by(asker: Actor) -> Q:
    """About rows of her counties; of her districts, where her duty is narrowed to them."""
    narrowed = {county: asker.districts_with(ASK, county) for county in asker.counties_with(ASK)}
    whole = [county for county, only in narrowed.items() if only is None]
    districts = frozenset[str]().union(*filter(None, narrowed.values()))
    return Q(county__in=whole) | Q(district__in=districts)


def line_of(county: str, row: str, *, on: date, only: frozenset[str] | None) -> AnonymousLine | None:
    """The line that a short text (`desk.row.written`) names, if the list without names shows it today.

    ``only``: to who sees these districts alone; None: to who sees the whole county.
    """
    domain = row.partition(".")[0]
    lines = anonymous_lines(county, on=on, domain=domain, districts=only) if domain else []
    return next((line for line in lines if written(line.cell) == row), None)


def needs_behind(county: str, line: AnonymousLine) -> list[UUID]:
    """Needs of the households of a line that have what it shows in common, the most urgent first."""
    shown = {"severity": line.cell.severity, "district_id": line.cell.district}
    same = {name: value for name, value in shown.items() if value is not None}
    found = Need.objects.filter(
        county_id=county, domain=line.cell.domain, state__in=sorted(STANDING_STATES), household__in=line.households, **same
    )  # fmt: skip
    return list(found.order_by("-rank", "id").values_list("pk", flat=True)[:NEEDS_KEPT])


def needs_of(question: Question) -> QuerySet[Need]:
    """For the eyes of the office: the needs that stood behind the row."""
    found = Need.objects.filter(county_id=question.county_id, pk__in=question.needs.values("need"))
    return found.select_related("household__head", "person", "district").order_by("-rank", "id")


def households_behind(question: Question) -> list[UUID]:
    """Of the needs that stood behind the row."""
    return list(question.needs.values_list("need__household_id", flat=True).distinct())
