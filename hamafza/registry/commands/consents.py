"""Written consents of clients: given on paper, withdrawn on any day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import require
from hamafza.core import clock
from hamafza.core.errors import Refusal
from hamafza.registry.choices import HouseholdState
from hamafza.registry.events import consent_withdrawn
from hamafza.registry.models import Consent, Household, Person

ADULT_AT = 18
#: The wording that is signed today; a new wording gets the next number.
TEXT_VERSION = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentDetails:
    """What the paper says; ``note`` is sealed, such as where the original is kept."""

    purpose: str
    given_on: date
    note: str = ""


@transaction.atomic
def record_consent(household: Household, *, person: Person, details: ConsentDetails, by: Actor) -> Consent:
    """A paper that a grown-up of the household has signed, for herself and for the children."""
    require(by, Permission.EDIT_CLIENTS, place=household.county_id)
    household = Household.objects.select_for_update().get(pk=household.pk)
    if household.state == HouseholdState.LEFT:
        raise Refusal(_("This household has left; register it again first."), code="household_left")
    if person.household_id != household.pk or person.left_on or person.merged_into_id:
        raise Refusal(_("This person does not live in the household."), code="other_household", field="person")
    if is_minor(person, on=details.given_on):
        raise Refusal(_("A child does not consent; choose the guardian who has signed."), code="minor", field="person")
    if details.given_on > clock.today():
        raise Refusal(_("A consent cannot be given on a day to come."), code="future", field="given_on")
    return Consent.objects.create(
        county_id=household.county_id,
        household=household,
        person=person,
        purpose=details.purpose,
        text_version=TEXT_VERSION,
        given_on=details.given_on,
        note=details.note,
        witnessed_by_id=by.user_id,
    )


@transaction.atomic
def withdraw_consent(consent: Consent, *, by: Actor) -> Consent:
    """The client does not want it any more; from today on nothing is done on the strength of it."""
    require(by, Permission.EDIT_CLIENTS, place=consent.county_id)
    held = Consent.objects.select_for_update().get(pk=consent.pk)
    if held.withdrawn_on is None:
        held.withdrawn_on = clock.today()
        held.save(update_fields=["withdrawn_on"])
        consent_withdrawn.send(sender=Consent, consent=held)
    return held


def is_minor(person: Person, *, on: date) -> bool:
    """Whether somebody was under eighteen on a day; who has no date of birth on file is taken for grown up."""
    born = person.born_on
    return born is not None and (born.year + ADULT_AT, born.month, born.day) > (on.year, on.month, on.day)
