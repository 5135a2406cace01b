"""Programmes of bodies around the table of a county."""

from __future__ import annotations

from typing import Any

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import OrganizationKind
from hamafza.accounts.models import Organization
from hamafza.accounts.queries.actors import system_actor
from hamafza.accounts.tests.factories import make_organization
from hamafza.commitments.choices import Part
from hamafza.commitments.commands.division import set_part
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


def programmes_of_each(*, county: str, word: str = "") -> dict[str, Any]:
    """Two bodies without users: who owns what, one programme that is published, one draft with its item."""
    load_fields()
    by = system_actor("test")
    group = make_organization("هیئت مذهبی", place=county, kind=OrganizationKind.GROUP)
    works = make_organization("اداره کار", place=county, kind=OrganizationKind.AGENCY)
    for code, body, part in (
        ("job", works, Part.OWNER), ("job", group, Part.HELPS), ("older", group, Part.OWNER),
        ("older", works, Part.OWNER), ("health", works, Part.INFORMED),
    ):  # fmt: skip
        field = field_named(code)
        assert field
        set_part(county, field=field, organization=body, part=part, by=by)
    said = {"what": f"کارگاه خیاطی {word}".strip(), "timing": f"هر پنجشنبه {word}".strip()}
    older = an_item("older", what=f"سرکشی به سالمندان {word}".strip(), target_group="older", quantity=40, unit="خانه")
    told = a_programme(county, works, by, items=(an_item(**said), older))
    a_programme(county, group, by, items=(an_item(**said, partner=works), older))
    draft = a_draft(county, group, by, period=next_season().following, items=(an_item(**said),))
    return {"programme": told, "programme_draft": draft, "programme_item": items_written(draft)[0]}
