"""Tell a giver who the client is: only with the client's written consent and the social worker present (N3)."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import require
from hamafza.audit.commands.record_read import record_read
from hamafza.core import clock
from hamafza.core.errors import Refusal
from hamafza.giving.choices import GivingMode, ReservationState
from hamafza.giving.models import Disclosure, Reservation
from hamafza.registry.choices import ConsentPurpose
from hamafza.registry.commands.consents import is_minor
from hamafza.registry.models import Consent, Person
from hamafza.registry.queries.consents import standing_consents

#: What may be told at all. An address, an account and an identity number never are.
TELLABLE = ("name", "mobile")


@transaction.atomic
def disclose(reservation: Reservation, *, fields: Collection[str], by: Actor) -> tuple[Disclosure, dict[str, str]]:
    """What the giver is told, with the row that says so. ``by`` is the social worker who is present.

    Refused for a grouped card, before the social worker has accepted, for any way of giving but the escorted one, and
    when the client (for a child: the guardian) has not consented in writing or has withdrawn the consent.
    """
    require(by, Permission.CONFIRM_DIRECT, place=reservation.county_id)
    require(by, Permission.REVEAL_IDENTITY, place=reservation.county_id)
    held = Reservation.objects.select_for_update().get(pk=reservation.pk)
    asked = [field for field in TELLABLE if field in fields]
    if not asked or set(fields) - set(TELLABLE):
        raise Refusal(_("Only a name and a mobile number may be told."), code="not_tellable", field="fields")
    person = _whom(held)
    consent = consent_for(held, person)
    if consent is None:
        raise Refusal(
            _("The client has not consented in writing to meet the giver. Record the signed paper first."),
            code="no_consent",
        )
    if by.user_id is None:
        raise Refusal(_("A social worker must be present."), code="nobody_present")
    told = Disclosure.objects.create(
        county_id=held.county_id,
        reservation=held,
        consent=consent,
        fields=asked,
        social_worker_id=by.user_id,
        at=clock.now(),
    )
    record_read(person, fields=asked, reason=_("told to a benefactor, by consent"))
    values = {"name": person.full_name, "mobile": person.mobile}
    return told, {field: values[field] for field in asked}


def consent_for(held: Reservation, person: Person) -> Consent | None:
    """The consent in force to meet the giver: of the person, or of a grown-up of the household for a child."""
    standing = standing_consents(person.household_id, purpose=ConsentPurpose.MEET_GIVER, on=clock.today())
    if is_minor(person, on=clock.today()):
        guardians = [consent for consent in standing if not is_minor(consent.person, on=clock.today())]
        return guardians[0] if guardians else None
    return standing.filter(person=person).first()


def _whom(held: Reservation) -> Person:
    need = held.card.need
    if need is None:
        raise Refusal(_("Behind a grouped card nobody is met."), code="grouped")
    if held.mode != GivingMode.ESCORTED or held.state not in {ReservationState.ACCEPTED, ReservationState.DELIVERED}:
        raise Refusal(
            _("Only a giver who hands it over with the social worker may be told, after it is accepted."),
            code="not_escorted",
        )
    person = need.person or need.household.head
    if person is None:
        raise Refusal(_("The household has no head on file."), code="no_head")
    return person
