"""Units of a need are promised, given back, delivered; and the one record of aid received."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hamafza.accounts.actor import Actor
from hamafza.core import wording
from hamafza.core.errors import Refusal
from hamafza.core.persian import key
from hamafza.needs.choices import STANDING_STATES, NeedState
from hamafza.needs.commands.steps import take_step
from hamafza.needs.events import needs_changed
from hamafza.needs.models import AidRecord, Need
from hamafza.needs.queries.aid import aid_from_elsewhere
from hamafza.registry.models import Household

#: States that say how much has been delivered.
GIVEN_STATES = STANDING_STATES | {NeedState.MET}


@dataclass(frozen=True, slots=True)
class Aid:
    """What a household received. ``source`` names the act: its kind and its id."""

    domain: str
    on: date
    source: tuple[str, UUID]
    item: str = ""
    quantity: int = 1
    unit: str = ""
    value_rial: int = 0
    giver: UUID | None = None
    #: Why the household may get it although another source gave the same in the period (N7).
    again_reason: str = ""
    #: Another body gave it already: it is written down, not decided on here.
    has_happened: bool = False
    #: Ids of the other parts of the same act, when it is recorded in several (of the kind that ``source`` names).
    same_act: tuple[UUID, ...] = ()


def lock_household(pk: UUID) -> None:
    """Lock a household until the transaction ends: who else records aid for it waits. Before its needs are locked."""
    Household.objects.select_for_update(no_key=True).only("pk").get(pk=pk)


def lock_need(pk: UUID) -> Need:
    """The need, locked until the transaction ends. Permission is the caller's affair."""
    return Need.objects.select_for_update().get(pk=pk)


@transaction.atomic
def reserve_units(need: Need, units: int) -> Need:
    """Promise units of an open need to one giver: of two who ask for the last unit, one is refused (Q4)."""
    need = lock_need(need.pk)
    if need.state not in STANDING_STATES:
        raise Refusal(_("This need is not open any more. Choose another one."), code="need_not_open")
    if not 0 < units <= need.required - need.reserved - need.delivered:
        raise Refusal(_("Somebody else has just taken this up. Choose another need."), code="need_taken", field="units")
    need.reserved += units
    need.save()
    needs_changed.send(sender=None, county=need.county_id)
    return need


@transaction.atomic
def release_units(need: Need, units: int) -> Need:
    """A promise is given up: its units are free again."""
    need = lock_need(need.pk)
    if not 0 < units <= need.reserved:
        raise Refusal(_("So many units are not promised."), code="not_reserved")
    need.reserved -= units
    need.save()
    needs_changed.send(sender=None, county=need.county_id)
    return need


@transaction.atomic
def deliver_units(need: Need, units: int, *, reserved: bool, aid: Aid, by: Actor) -> AidRecord:
    """Units of a need have reached the household: the need moves on, and the aid is on record.

    ``reserved``: the units had been promised before; else they are taken from what is still needed.
    """
    lock_household(need.household_id)
    need = lock_need(need.pk)
    if need.state not in STANDING_STATES:
        raise Refusal(_("Only an open need can be met."), code="not_standing")
    open_units = need.reserved if reserved else need.required - need.reserved - need.delivered
    if not 0 < units <= open_units:
        raise Refusal(_("This is more than is still needed."), code="too_much", field="quantity")
    need.reserved -= units if reserved else 0
    need.delivered += units
    after = NeedState.MET if need.delivered == need.required else NeedState.PARTLY_MET
    if after != need.state:
        take_step(need, after=after, by=by)
    need.save()
    return record_aid(need.household, aid, need=need, by=by)


@transaction.atomic
def record_aid(household: Household, aid: Aid, *, need: Need | None, by: Actor) -> AidRecord:
    """Write that a household received something; once for each act.

    Refuses the same item from another source in its period, unless ``aid.again_reason`` says why (N7): of two who give
    it at the same moment, one is refused.
    """
    lock_household(household.pk)
    refuse_aid_again(household, aid, need=need)
    record = AidRecord.objects.create(
        county_id=household.county_id,
        household=household,
        need=need,
        domain=aid.domain,
        item=aid.item,
        item_key=key(aid.item)[:120],
        quantity=aid.quantity,
        unit=aid.unit,
        value_rial=aid.value_rial,
        on=aid.on,
        giver_id=aid.giver,
        source_type=aid.source[0],
        source_id=aid.source[1],
        override_reason=aid.again_reason.strip()[:200],
        by_id=by.user_id,
    )
    needs_changed.send(sender=None, county=household.county_id)
    return record


def refuse_aid_again(household: Household, aid: Aid, *, need: Need | None) -> None:
    """Refuse when another source has given the household the same in the period, and no reason is given (N7).

    For whoever decides on aid, so that nothing is promised that will be refused at the door.
    """
    if aid.has_happened or aid.again_reason.strip():
        return
    twin = aid_from_elsewhere(
        household,
        domain=aid.domain,
        item=aid.item,
        on=aid.on,
        source=aid.source[0],
        giver=aid.giver,
        need=need.pk if need else None,
        same_act=aid.same_act,
    )
    if twin is not None:
        raise Refusal(
            _("This household received the same on %(day)s from %(body)s. Say why it gets it again, or choose another.")
            % {"day": wording.long_date(twin.on), "body": twin.giver or _("the office")},
            code="aid_again",
            field="again_reason",
        )


@transaction.atomic
def take_back_units(
    need: Need, units: int, *, source: tuple[str, UUID], by: Actor, reason: str, promised: bool = False
) -> Need:
    """Units that were delivered came back: a met need stands again, and the record says so.

    A need that was closed or has expired meanwhile stays so. ``promised``: who gave them holds them again, as before.
    """
    need = lock_need(need.pk)
    if not 0 < units <= need.delivered:
        raise Refusal(_("So many units were not delivered."), code="not_delivered")
    need.delivered -= units
    need.reserved += units if promised else 0
    after = NeedState.PARTLY_MET if need.delivered else NeedState.OPEN
    if need.state in GIVEN_STATES and need.state != after:
        take_step(need, after=after, by=by, reason=reason[:200])
    need.save()
    AidRecord.objects.filter(
        county_id=need.county_id, source_type=source[0], source_id=source[1], household=need.household
    ).update(taken_back_at=timezone.now())
    needs_changed.send(sender=None, county=need.county_id)
    return need
