"""Programmes of bodies around the table of a county."""

from __future__ import annotations

from typing import Any

from hamafza.accounts.actor import Actor
from hamafza.accounts.models import Organization
from hamafza.commitments.commands.division_fields import load_fields
from hamafza.commitments.commands.programme import publish_programme, write_programme
from hamafza.commitments.commands.programme_items import add_item
from hamafza.commitments.models import Programme, ProgrammeItem
from hamafza.commitments.programme_facts import ItemFacts
from hamafza.commitments.programme_periods import SEASON, Period, period_on
from hamafza.commitments.queries.division import field_named
from hamafza.core import clock


def next_season() -> Period:
    return period_on(clock.today(), kind=SEASON).following


def this_season() -> Period:
    return period_on(clock.today(), kind=SEASON)


def an_item(field: str = "job", **changes: Any) -> ItemFacts:
    """Facts of an item in a usual field."""
    load_fields()
    asked: dict[str, Any] = {"field": field_named(field), "what": "کارگاه خیاطی"}
    return ItemFacts(**(asked | changes))


def a_draft(
    place: str, body: Organization, by: Actor, *, period: Period | None = None, items: tuple[ItemFacts, ...] = ()
) -> Programme:
    made = write_programme(place, organization=body, period=period or next_season(), by=by)
    for facts in items or (an_item(),):
        add_item(made, facts, by=by)
    return made


def a_programme(
    place: str, body: Organization, by: Actor, *, period: Period | None = None, items: tuple[ItemFacts, ...] = ()
) -> Programme:
    """Published."""
    return publish_programme(a_draft(place, body, by, period=period, items=items), by=by)


def items_written(programme: Programme) -> list[ProgrammeItem]:
    return list(programme.items.order_by("id"))
