"""Rows of a benefactor's own pages in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from hamafza.core import wording
from hamafza.core.parts import Tone
from hamafza.giving.choices import (
    CapacityState,
    DonationState,
    GiftKind,
    InstalmentState,
    Intention,
    Moderation,
    PledgeState,
    ReservationState,
)
from hamafza.giving.models import Capacity, Instalment, Pledge, Reservation
from hamafza.giving.pledge_figures import planned_figures
from hamafza.giving.pledge_words import quantity_in_words, rule_in_words, state_in_words, thing_of
from hamafza.giving.queries.closed_wishes import closure_in_words, is_in_suspense
from hamafza.giving.queries.pledges import schedule_of, version_on
from hamafza.needs.choices import Domain
from hamafza.portal.queries.own import OwnGift, what_was_given
from hamafza.trace.choices import Stage

S, R = InstalmentState, ReservationState
INSTALMENT_TONES: dict[str, Tone] = {
    S.LATE: "red",
    S.MISSED: "red",
    S.DUE: "orange",
    S.PARTLY: "blue",
    S.SCHEDULED: "grey",
}
RESERVATION_TONES: dict[str, Tone] = {
    R.HELD: "orange", R.ACCEPTED: "blue", R.DELIVERED: "blue", R.CONFIRMED: "green", R.RELEASED: "grey", R.EXPIRED: "grey",
}  # fmt: skip


@dataclass(frozen=True)
class StepShown:
    label: str
    done: bool


@dataclass(frozen=True)
class GiftShown:
    """A gift as its giver sees it."""

    title: str
    purpose: str
    received_on: date
    state: str
    steps: list[StepShown]
    code: str
    receipt: UUID | None
    #: What it was promised for is over, and what became of it (P5).
    closure: str = ""


def gift_row(gift: OwnGift) -> GiftShown:
    rial, goods = what_was_given(gift.lines)
    parts = [_("%(amount)s rials") % {"amount": wording.number(rial)}] if rial else []
    parts += [f"{wording.number(quantity)} {name}".strip() for quantity, name in goods]
    donation, order = gift.donation, list(Stage)
    reached = order.index(gift.stage) if gift.stage else -1
    return GiftShown(
        title=("، " if wording.is_persian() else ", ").join(parts),
        purpose=str(Domain(donation.purpose).label) if donation.purpose else _("Whatever the county needs most"),
        received_on=donation.received_on,
        state="" if gift.stage else str(DonationState(donation.state).label),
        steps=[StepShown(str(stage.label), place <= reached) for place, stage in enumerate(order)]
        if gift.stage
        else [],
        code=donation.trace_code if gift.stage else "",
        receipt=gift.receipt.pk if gift.receipt else None,
        closure=closure_in_words(donation, waits=bool(donation.wish_closed) and is_in_suspense(gift.lines)),
    )


def instalment_row(one: Instalment) -> dict[str, Any]:
    left = one.expected - one.fulfilled  # type: ignore[attr-defined]  # annotated by the query
    state = one.state  # type: ignore[attr-defined]  # annotated by the query
    return {
        "pk": one.pk,
        "due_on": one.due_on,
        "what": quantity_in_words(thing_of(one.pledge), left),
        "state": S(state).label,
        "tone": INSTALMENT_TONES.get(state, "grey"),
        "is_money": one.pledge.kind == GiftKind.MONEY,
    }


def pledge_row(one: Pledge, *, on: date) -> dict[str, Any]:
    """A promise with its rule and what this month and the next one really bring; ``one`` has its versions."""
    versions = list(one.versions.all())
    version = version_on(versions, on) or versions[-1]
    return {
        "what": quantity_in_words(thing_of(one), version.quantity),
        "rule": rule_in_words(schedule_of(version), occasion=version.occasion),
        "figures": [figure for figure in planned_figures(one, versions) if figure.times],
        "intention": "" if one.intention == Intention.GENERAL else Intention(one.intention).label,
        "state": state_in_words(one.state),
        "tone": "green" if one.state == PledgeState.ACTIVE else "grey",
        "next_on": one.next_on,  # type: ignore[attr-defined]  # annotated by the query
    }


def reservation_row(one: Reservation) -> dict[str, Any]:
    return {
        "pk": one.pk,
        "title": one.card.title,
        "state": R(one.state).label,
        "tone": RESERVATION_TONES[one.state],
        "held_until": one.held_until if one.state in {R.HELD, R.ACCEPTED} else None,
        "may_deliver": one.state == R.ACCEPTED,
        "may_release": one.state in {R.HELD, R.ACCEPTED},
    }


def capacity_row(one: Capacity) -> dict[str, Any]:
    state = (
        CapacityState(one.state).label if one.moderation == Moderation.APPROVED else Moderation(one.moderation).label
    )
    return {"description": one.description, "kind": one.get_kind_display(), "state": state}
