"""What a row of a list of promises or instalments shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import NoReverseMatch, reverse

from hamafza.core.parts import Tone
from hamafza.giving.choices import InstalmentState, Intention, PledgeState
from hamafza.giving.models import Instalment, Pledge, PledgeVersion
from hamafza.giving.pledge_words import (
    INSTALMENT_TONES,
    PLEDGE_TONES,
    quantity_in_words,
    rule_in_words,
    state_in_words,
    thing_of,
)
from hamafza.giving.queries.instalments import OPEN_STATES
from hamafza.giving.queries.pledges import schedule_of
from hamafza.needs.choices import Domain


@dataclass(frozen=True)
class PledgeRow:
    """A promise in words."""

    pk: UUID
    url: str
    number: str
    giver: str
    promise: str
    rule: str
    intention: str
    purpose: str
    next_on: date | None
    late_count: int
    state: str
    tone: Tone


@dataclass(frozen=True)
class InstalmentRow:
    """An instalment in words; ``receive_url`` is empty when nothing is expected of it."""

    pk: UUID
    sequence: int
    pledge_url: str
    pledge_number: str
    giver: str
    due_on: date
    day_begins: bool
    expected: str
    given: str
    missing: str
    state: str
    tone: Tone
    reason: str
    receive_url: str
    waive_url: str


def number_of(pledge: Pledge) -> str:
    """As it is said on paper: 1405/12."""
    return f"{pledge.jalali_year}/{pledge.number}"


def pledge_row(pledge: Any, version: PledgeVersion | None) -> PledgeRow:
    """From a pledge of `queries.pledges.with_outlook` and the version in force."""
    return PledgeRow(
        pk=pledge.pk,
        url=reverse("giving:pledge-record", args=[pledge.pk]),
        number=number_of(pledge),
        giver=pledge.benefactor.name,
        promise=quantity_in_words(thing_of(pledge), version.quantity) if version else "",
        rule=rule_in_words(schedule_of(version), occasion=version.occasion) if version else "",
        intention=str(Intention(pledge.intention).label),
        purpose=str(Domain(pledge.purpose).label) if pledge.purpose else "",
        next_on=pledge.next_on if pledge.state == PledgeState.ACTIVE else None,
        late_count=pledge.late_count,
        state=state_in_words(pledge.state),
        tone=PLEDGE_TONES[pledge.state],
    )


def instalment_row(
    instalment: Any, pledge: Pledge, *, day_begins: bool = False, receives: bool = False, keeps: bool = False
) -> InstalmentRow:
    """From an instalment of `queries.instalments`; ``receives`` and ``keeps`` say what the reader may do."""
    thing = thing_of(pledge)
    is_open = instalment.state in OPEN_STATES
    return InstalmentRow(
        pk=instalment.pk,
        sequence=instalment.sequence,
        pledge_url=reverse("giving:pledge-record", args=[pledge.pk]),
        pledge_number=number_of(pledge),
        giver=pledge.benefactor.name,
        due_on=instalment.due_on,
        day_begins=day_begins,
        expected=quantity_in_words(thing, instalment.expected),
        given=quantity_in_words(thing, instalment.fulfilled) if instalment.fulfilled else "",
        missing=quantity_in_words(thing, instalment.expected - instalment.fulfilled) if is_open else "",
        state=str(InstalmentState(instalment.state).label),
        tone=INSTALMENT_TONES[instalment.state],
        reason=instalment.waived_reason,
        receive_url=receive_url(instalment) if receives and is_open else "",
        waive_url=reverse("giving:instalment-waive", args=[instalment.pk]) if keeps and is_open else "",
    )


def rows_by_day(instalments: list[Instalment], *, receives: bool, keeps: bool) -> list[InstalmentRow]:
    """Rows of several pledges; the first of each day says so."""
    days = [None, *(one.due_on for one in instalments)]
    return [
        instalment_row(one, one.pledge, day_begins=one.due_on != before, receives=receives, keeps=keeps)
        for one, before in zip(instalments, days, strict=False)
    ]


def receive_url(instalment: Instalment) -> str:
    """The form that receives a gift for this instalment."""
    return page("giving:donation-receive", query=f"?instalment={instalment.pk}&county={instalment.county_id}")


def page(name: str, *args: object, query: str = "") -> str:
    """The address of another noun's page; empty where it is not mounted."""
    try:
        return reverse(name, args=args) + query
    except NoReverseMatch:
        return ""
