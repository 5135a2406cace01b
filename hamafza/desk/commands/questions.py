"""Ask the welfare office about a row without names; answer it; read the answer. No side names a client."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Permission, Role
from hamafza.accounts.guard import require, require_row
from hamafza.commitments.queries.owners import holders_of
from hamafza.core import clock
from hamafza.core.bulk import insert_all
from hamafza.core.errors import Refusal
from hamafza.core.privacy import refuse_told
from hamafza.desk.choices import QuestionState
from hamafza.desk.models import Question, QuestionNeed
from hamafza.desk.queries.identity import personal_data_about, tells_of_somebody
from hamafza.desk.queries.questions import households_behind, line_of, needs_behind
from hamafza.desk.row import Row
from hamafza.documents.commands.number import next_number
from hamafza.ledger.commands.once import once
from hamafza.notices.commands.notify import notify

SERIES = "question"


def ask(county: str, *, row: str, text: str, by: Actor, key: UUID) -> Question:
    """About a row that the list without names shows the asker today. The same ``key`` again gives the same question."""
    require(by, Permission.ASK_ABOUT_NEEDS, place=county)
    asked = {"row": row, "text": text}
    return once(county, key=key, asked=asked, by=by, act=lambda: _ask(county, row, text.strip(), by))


@transaction.atomic
def answer(question: Question, *, text: str, by: Actor) -> Question:
    """In words from which nobody can be known: not a number, not a name of the families behind the row."""
    require(by, Permission.ANSWER_ABOUT_NEEDS, place=question.county_id)
    held = _lock(question)
    if held.state != QuestionState.ASKED:
        raise Refusal(_("This question has its answer already."), code="no_such_step")
    if by.user_id is None or by.user_id == held.asked_by_id:
        raise Refusal(_("You have asked this yourself. Somebody else answers."), code="same_hands")
    _require_words(text, kinds=personal_data_about(text, households=households_behind(held)))
    held.state, held.answer = QuestionState.ANSWERED, text.strip()
    held.answered_by_id, held.answered_at = by.user_id, clock.now()
    held.save()
    notify(held.asked_by, code="desk.answered", params={"number": str(held)}, url=f"/desk/questions/{held.pk}/")
    return held


@transaction.atomic
def close(question: Question, *, by: Actor) -> Question:
    """The answer was read and is enough."""
    require_row(by, Permission.ASK_ABOUT_NEEDS, county=question.county_id, district=question.district_id)
    held = _lock(question)
    if held.state != QuestionState.ANSWERED:
        raise Refusal(_("Only a question that was answered is closed."), code="no_such_step")
    held.state, held.closed_at = QuestionState.CLOSED, clock.now()
    held.save()
    return held


@transaction.atomic
def _ask(county: str, row: str, text: str, by: Actor) -> Question:
    if by.user_id is None:
        raise PermissionDenied
    _require_words(text, kinds=tells_of_somebody(text))
    only = by.districts_with(Permission.ASK_ABOUT_NEEDS, county)
    line = line_of(county, row, on=clock.today(), only=only)
    if line is None:
        raise Refusal(
            _("The list has changed and does not show this row any more. Choose another row of it."), code="no_such_row"
        )
    year, number = next_number(county, SERIES, on=clock.today())
    question = Question(
        county_id=county, number=number, jalali_year=year, domain=line.cell.domain, district_id=line.cell.district,
        row=Row.of(line).as_json(), text=text, asked_by_id=by.user_id, asked_for_id=by.organization, asked_at=clock.now(),
    )  # fmt: skip
    question.save(force_insert=True)
    behind = needs_behind(county, line)
    insert_all([QuestionNeed(county_id=county, question=question, need_id=need) for need in behind])
    for officer in holders_of([Role.COUNTY_HEAD], county) or holders_of([Role.SOCIAL_WORKER], county):
        notify(officer, code="desk.asked", params={"number": str(question)}, url=f"/desk/asked/{question.pk}/")
    return question


def _require_words(text: str, *, kinds: list[str]) -> None:
    if not text.strip():
        raise Refusal(_("Write it in words."), code="no_text", field="text")
    refuse_told(kinds, field="text")


def _lock(question: Question) -> Question:
    return Question.objects.select_for_update(of=("self",)).get(pk=question.pk)
