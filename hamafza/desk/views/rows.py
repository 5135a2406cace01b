"""A question as a row and as words; what it is about is said by what the needs had in common, never by whose they are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest

from hamafza.core.parts import Tone, active_filters, clear_url, more_url
from hamafza.desk.choices import QuestionState
from hamafza.desk.forms import QuestionFilterForm
from hamafza.desk.models import Question
from hamafza.desk.queries.questions import questions_of
from hamafza.desk.row import Row
from hamafza.needs.exports.anonymous import AnonymousRow, in_words
from hamafza.needs.queries.anonymous import AnonymousLine
from hamafza.needs.queries.counties import districts_within, place_name

PAGE = 50

TONES: dict[str, Tone] = {
    QuestionState.ASKED: "orange",
    QuestionState.ANSWERED: "blue",
    QuestionState.CLOSED: "green",
}


@dataclass(frozen=True, slots=True)
class QuestionRow:
    pk: UUID
    number: str
    about: AnonymousRow
    text: str
    state: str
    tone: Tone
    asked_at: datetime
    asked_for: str


def questions_page(request: HttpRequest, county: str, *, only: frozenset[str] | None = None) -> dict[str, Any]:
    """What both lists show: that of who asks, and that of who answers. ``only``: the districts of who asks."""
    form = QuestionFilterForm(request.GET)
    after = request.GET.get("after", "")
    shown = list(questions_of(county, only=only, state=form.chosen(), after=after)[: PAGE + 1])
    return {
        "county_name": place_name(county, [] if only is None else districts_within(county, only)),
        "rows": [question_row(one) for one in shown[:PAGE]],
        "more_url": more_url(request.GET, shown[PAGE - 1].pk) if len(shown) > PAGE else "",
        "filter_form": form,
        "filters": active_filters(form, request),
        "clear_url": clear_url(form, request),
    }


def question_row(question: Question) -> QuestionRow:
    """Of one with its body and district."""
    return QuestionRow(
        pk=question.pk,
        number=str(question),
        about=about(question),
        text=question.text,
        state=str(QuestionState(question.state).label),
        tone=TONES[question.state],
        asked_at=question.asked_at,
        asked_for=question.asked_for.name if question.asked_for else "",
    )


def about(question: Question) -> AnonymousRow:
    """The row in words, as it was when it was asked about."""
    row = Row.from_json(question.row)
    district = question.district
    [shown] = in_words([AnonymousLine(row.cell)], {district.code: district.name} if district else {})
    return AnonymousRow(
        shown.domain, shown.severity, shown.level, shown.district, shown.group, shown.decile, shown.waiting,
        row.needs, row.households, row.cell,
    )  # fmt: skip
