"""Items of a programme, while it is a draft."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from hamafza.accounts.actor import Actor
from hamafza.accounts.queries.bodies import bodies_of
from hamafza.commitments.commands.programme import lock_programme, require_writer
from hamafza.commitments.models import Programme, ProgrammeItem
from hamafza.commitments.programme_facts import ItemFacts
from hamafza.core import clock
from hamafza.core.errors import Refusal
from hamafza.places.queries.places import places_below

#: More than a body can mean seriously; the page of all programmes stays readable.
MOST_ITEMS = 100


@transaction.atomic
def add_item(programme: Programme, facts: ItemFacts, *, by: Actor, key: UUID | None = None) -> ProgrammeItem:
    """Add one thing that will be done. ``key`` goes with a form: sent again, it gives the one that was made."""
    held = _draft(programme, by)
    if key is not None and (made := held.items.filter(key=key).first()):
        return made
    if held.items.count() >= MOST_ITEMS:
        raise Refusal(_("This programme is full. Put small things together into one item."), code="too_many")
    item = _write(ProgrammeItem(place_id=held.place_id, programme=held, key=key), facts, held)
    item.save(force_insert=True)
    return item


@transaction.atomic
def change_item(item: ProgrammeItem, facts: ItemFacts, *, by: Actor) -> ProgrammeItem:
    """Write one item anew; in a later version it counts as changed there."""
    held = _draft(item.programme, by)
    kept = held.items.get(pk=item.pk)
    _write(kept, facts, held).save()
    return kept


@transaction.atomic
def remove_item(item: ProgrammeItem, *, by: Actor) -> None:
    """Take one item out of a draft."""
    _draft(item.programme, by).items.filter(pk=item.pk).delete()


def _draft(programme: Programme, by: Actor) -> Programme:
    held = lock_programme(programme)
    require_writer(by, held.organization_id, held.place_id)
    if not held.is_draft:
        raise Refusal(_("It is published and stays as it is. Change it by a new version."), code="no_such_step")
    return held


def _write(item: ProgrammeItem, facts: ItemFacts, held: Programme) -> ProgrammeItem:
    _check(facts, held)
    item.field, item.what, item.target_group = facts.field, facts.what.strip()[:200], facts.target_group
    item.district, item.partner = facts.district, facts.partner
    item.quantity, item.unit = facts.quantity, facts.unit.strip()[:40]
    item.timing, item.since, item.written_at = facts.timing.strip()[:80], held.number, clock.now()
    return item


def _check(facts: ItemFacts, held: Programme) -> None:
    if not facts.what.strip():
        raise Refusal(_("Say what will be done."), code="no_text", field="what")
    if (facts.quantity is None) != (not facts.unit.strip()):
        raise Refusal(_("A quantity needs its unit, and a unit its quantity."), code="no_unit", field="unit")
    if facts.district is not None and not places_below(held.place_id).filter(pk=facts.district.pk).exists():
        raise Refusal(_("This place does not lie here. Choose another one."), code="not_here", field="district")
    if facts.partner is not None and facts.partner.pk == held.organization_id:
        raise Refusal(_("Choose another body, not the one that plans it."), code="same_body", field="partner")
    if facts.partner is not None and not bodies_of(held.place_id).filter(pk=facts.partner.pk).exists():
        raise Refusal(_("This body does not work here. Choose another one."), code="not_here", field="partner")
