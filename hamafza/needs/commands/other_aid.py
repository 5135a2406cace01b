"""What another body has given a household: an agency or a charity tells it, a social worker writes it down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import require
from hamafza.accounts.models import Organization
from hamafza.core import clock
from hamafza.core.errors import Refusal
from hamafza.needs.commands.aid import Aid, deliver_units, lock_household, record_aid
from hamafza.needs.models import AidRecord, Need
from hamafza.registry.choices import HouseholdState
from hamafza.registry.models import Household

SOURCE = "other_body"


@dataclass(frozen=True, slots=True)
class OtherAid:
    """What was given, by which body, on which day. With a ``need`` its units are met by it; ``value_rial`` in all."""

    body: Organization
    domain: str
    on: date
    item: str = ""
    quantity: int = 1
    unit: str = ""
    value_rial: int = 0
    need: Need | None = None


@transaction.atomic
def record_other_aid(household: Household, *, given: OtherAid, by: Actor, key: UUID) -> AidRecord:
    """Write down what another body gave. It has happened, so it is not asked whether it comes twice (N7).

    The same ``key`` again gives the same record.
    """
    require(by, Permission.EDIT_NEEDS, place=household.county_id)
    lock_household(household.pk)
    known = AidRecord.objects.filter(household=household, source_type=SOURCE, source_id=key).first()
    if known is not None:
        return known
    _check(household, given)
    need = given.need
    aid = Aid(
        domain=need.domain if need else given.domain,
        on=given.on,
        source=(SOURCE, key),
        item=given.item.strip() or (need.item if need else ""),
        quantity=given.quantity,
        unit=given.unit.strip() or (need.unit if need else ""),
        value_rial=given.value_rial,
        giver=given.body.pk,
        has_happened=True,
    )
    if need is None:
        return record_aid(household, aid, need=None, by=by)
    return deliver_units(need, given.quantity, reserved=False, aid=aid, by=by)


def _check(household: Household, given: OtherAid) -> None:
    if household.state == HouseholdState.LEFT:
        raise Refusal(_("This household has left; register it again first."), code="household_left")
    if given.on > clock.today():
        raise Refusal(_("This day has not come yet. Write the day on which it was given."), code="ahead", field="on")
    if given.need is None and not given.domain:
        raise Refusal(_("Say what kind of need it was for."), code="no_domain", field="domain")
    if given.need is not None and given.need.household_id != household.pk:
        raise Refusal(_("This need is of another household."), code="other_household", field="need")
