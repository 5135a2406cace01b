"""A commitment as a row and as words, for every page that shows one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from hamafza.commitments.choices import CommitmentState as S, Source
from hamafza.commitments.flow import OWED_STATES, WORKED_STATES
from hamafza.commitments.models import Commitment, ProgressUpdate
from hamafza.commitments.models.follow_up import PAPERS
from hamafza.core import clock, wording
from hamafza.core.parts import Tone
from hamafza.documents.models import Attachment
from hamafza.documents.queries.attachments import papers_by_source

TONES: dict[str, Tone] = {
    S.DRAFT: "grey",
    S.ASSIGNED: "blue",
    S.RETURNED: "orange",
    S.ACCEPTED: "blue",
    S.IN_PROGRESS: "teal",
    S.BLOCKED: "orange",
    S.CLAIMED: "blue",
    S.VERIFIED: "green",
    S.CLOSED: "green",
    S.CANCELLED: "grey",
}
#: Nothing was heard for so many days.
STALE_DAYS = 14


@dataclass(frozen=True, slots=True)
class CommitmentRow:
    """What a list shows; ``days_late`` is 0 unless it is owed and its day is over.

    ``is_new`` waits for its owner's word, ``is_worked`` is reported on.
    """

    pk: UUID
    url: str
    report_url: str
    number: str
    title: str
    owner: str
    issuer: str
    field: str
    source: str
    due_on: date
    days_late: int
    is_stale: bool
    is_new: bool
    is_worked: bool
    percent: int
    done: str
    state: str
    tone: Tone


def commitment_row(one: Commitment) -> CommitmentRow:
    """Of one with its bodies and field."""
    return CommitmentRow(
        pk=one.pk,
        url=reverse("commitments:commitment-record", args=[one.pk]),
        report_url=reverse("commitments:commitment-report", args=[one.pk]),
        number=number_of(one),
        title=one.title,
        owner=one.owner.name,
        issuer=one.issuer.name,
        field=str(one.field or ""),
        source=str(Source(one.source_type).label),
        due_on=one.due_on,
        days_late=days_late(one),
        is_stale=is_stale(one),
        is_new=one.state == S.ASSIGNED,
        is_worked=one.state in WORKED_STATES,
        percent=one.percent,
        done=wording.percent(one.percent / 100),
        state=str(S(one.state).label),
        tone="red" if days_late(one) else TONES[one.state],
    )


@dataclass(frozen=True, slots=True)
class ReportLine:
    """A report as the record shows it, with the papers that go with it."""

    update: ProgressUpdate
    done: str
    papers: list[Attachment]


def report_lines(updates: Iterable[ProgressUpdate]) -> list[ReportLine]:
    """One query for all papers."""
    shown = list(updates)
    papers = papers_by_source(source_type=PAPERS, source_ids=[one.pk for one in shown])
    return [ReportLine(one, wording.percent(one.percent / 100), papers.get(one.pk, [])) for one in shown]


def number_of(one: Commitment) -> str:
    """Year and number; empty for a draft."""
    return f"{one.jalali_year}/{one.number}" if one.number else ""


def days_late(one: Commitment) -> int:
    return max(0, (clock.today() - one.due_on).days) if one.state in OWED_STATES else 0


def is_stale(one: Commitment) -> bool:
    """Owed, and nothing was heard of it for two weeks."""
    if one.state not in OWED_STATES or one.assigned_at is None:
        return False
    heard = one.reported_at or one.assigned_at
    return (clock.today() - wording.day_of(heard)).days > STALE_DAYS


def next_step(one: Commitment) -> str:
    """Whose turn it is, in a sentence."""
    owner = one.owner.name
    words = {
        S.DRAFT: _("Next: look at it once more and hand it to %(owner)s."),
        S.ASSIGNED: _("Next: %(owner)s takes it on, or returns it with a reason."),
        S.RETURNED: _("Next: whoever asked for it answers: the same body again, another one, or not at all."),
        S.ACCEPTED: _("Next: %(owner)s begins and reports."),
        S.IN_PROGRESS: _("Next: %(owner)s reports how far it is, until it is done."),
        S.BLOCKED: _("Next: what is in the way is taken out of it; then %(owner)s goes on."),
        S.CLAIMED: _("Next: somebody else than who reported it looks whether it is done."),
        S.VERIFIED: _("Next: whoever asked for it closes it."),
    }
    return words.get(S(one.state), "") % {"owner": owner}
