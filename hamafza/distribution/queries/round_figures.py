"""Figures of a round, counted from its rows whenever they are asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, Sum

from hamafza.distribution.choices import EntryState
from hamafza.distribution.models import Delivery, Lot, Round, RoundEntry, RoundLot
from hamafza.distribution.periods import span_of
from hamafza.distribution.queries.stock import set_aside_for


@dataclass(frozen=True, slots=True)
class Figures:
    """Households of a round by what became of them; ``said_yes`` and ``said_no`` when called back."""

    listed: int = 0
    delivered: int = 0
    absent: int = 0
    came_back: int = 0
    refused: int = 0
    replaced: int = 0
    standby: int = 0
    drawn: int = 0
    said_yes: int = 0
    said_no: int = 0

    @property
    def on_list(self) -> int:
        """Households that have a package or await one."""
        return self.listed + self.absent + self.delivered

    @property
    def still_to_call(self) -> int:
        """Drawn by lot and not asked yet."""
        return self.drawn - self.said_yes - self.said_no

    @property
    def share(self) -> float:
        """Of those, the share that has it, between 0 and 1."""
        return self.delivered / self.on_list if self.on_list else 0.0


def figures_of(rounds: Iterable[Round]) -> dict[UUID, Figures]:
    """The figures of several rounds in two queries."""
    wanted = [one.pk for one in rounds]
    states = EntryState
    count = {
        "listed": states.LISTED, "delivered": states.DELIVERED, "absent": states.ABSENT, "came_back": states.RETURNED,
        "refused": states.REFUSED, "replaced": states.REPLACED, "standby": states.STANDBY,
    }  # fmt: skip
    entries = RoundEntry.objects.filter(round__in=wanted).order_by().values("round_id")
    by_state = entries.annotate(**{name: Count("pk", filter=Q(state=state)) for name, state in count.items()})
    drawn = Delivery.objects.filter(entry__round__in=wanted, audit_drawn=True).order_by().values("entry__round_id")
    audits = drawn.annotate(
        drawn=Count("pk"),
        said_yes=Count("pk", filter=Q(audit_said_yes=True)),
        said_no=Count("pk", filter=Q(audit_said_yes=False)),
    )
    found, called = _keyed(by_state, by="round_id"), _keyed(audits, by="entry__round_id")
    return {pk: Figures(**found.get(pk, {}), **called.get(pk, {})) for pk in wanted}


def _keyed(rows: Iterable[Mapping[str, Any]], *, by: str) -> dict[UUID, dict[str, int]]:
    return {row[by]: {name: count for name, count in row.items() if name != by} for row in rows}


def delivered_units(of: Round) -> int:
    """Units that have reached households and did not come back."""
    kept = Delivery.objects.filter(entry__round=of, returned_at=None)
    return int(kept.aggregate(total=Sum("quantity"))["total"] or 0)


def lots_left(of: Round) -> list[tuple[Lot, int]]:
    """The lots set aside for a round with what of them is still there, first expired first."""
    aside: dict[UUID, int] = {}
    for (lot, _store), units in set_aside_for(of).items():
        aside[lot] = aside.get(lot, 0) + units
    lots = Lot.objects.select_related("fund").in_bulk(list(aside))
    order = sorted(lots.values(), key=lambda lot: (lot.expires_on or date.max, lot.created_at, lot.pk))
    return [(lot, aside[lot.pk]) for lot in order if aside[lot.pk] > 0]


def lots_of(of: Round) -> list[RoundLot]:
    """What was set aside for a round, handed out or not, first expired first."""
    held = RoundLot.objects.filter(round=of).select_related("lot__fund")
    return sorted(held, key=lambda one: (one.lot.expires_on or date.max, one.lot.created_at, one.lot_id))


def served_households(county: str, *, month: str) -> int:
    """Households that have received something from rounds in a Jalali month and did not give it back."""
    kept = Delivery.objects.filter(county_id=county, returned_at=None, on__range=span_of(month))
    return kept.order_by().values("entry__household").distinct().count()


def proofs_used(of: Round) -> dict[str, int]:
    """How many deliveries of a round stand on which kind of proof."""
    kept = Delivery.objects.filter(entry__round=of, returned_at=None).order_by()
    return dict(kept.values_list("proof").annotate(count=Count("pk")).order_by("proof"))
