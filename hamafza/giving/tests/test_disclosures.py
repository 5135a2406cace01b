"""A giver learns who the client is only with her written consent and the social worker present; and spending verifies."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from hamafza.accounts.choices import Role
from hamafza.accounts.tests.factories import make_actor
from hamafza.audit.models import ReadEntry
from hamafza.core import clock
from hamafza.core.errors import Refusal
from hamafza.core.guards import drop_guards
from hamafza.giving.choices import GivingMode
from hamafza.giving.commands.disclosures import disclose
from hamafza.giving.commands.reservations import accept
from hamafza.giving.models import Allocation, Disclosure, GiftUse, Reservation
from hamafza.giving.queries.integrity_use import counted, spending_faults
from hamafza.giving.tests.factories_allocation import a_payment, an_approved
from hamafza.giving.tests.factories_card import a_card, a_hold, alike_needs
from hamafza.giving.triggers import GIVING
from hamafza.needs.models import Need
from hamafza.places.models import Place
from hamafza.registry.commands.consents import ConsentDetails, record_consent, withdraw_consent
from hamafza.registry.models import Consent, Person
from hamafza.registry.tests.factories import a_person

pytestmark = pytest.mark.django_db


def an_escorted() -> Reservation:
    return accept(a_hold(mode=GivingMode.ESCORTED), by=make_actor())


def head_of(reservation: Reservation) -> Person:
    assert reservation.card.need is not None
    person = reservation.card.need.household.head
    assert person is not None
    return person


def a_consent(person: Person, **said: object) -> Consent:
    details = ConsentDetails(**{"purpose": "meet_giver", "given_on": clock.today(), **said})  # type: ignore[arg-type]
    return record_consent(person.household, person=person, details=details, by=make_actor())


def test_disclose_with_consent_tells_only_what_was_asked_and_logs_it(county: Place) -> None:
    held = an_escorted()
    person = head_of(held)
    a_consent(person)
    told, values = disclose(held, fields=["name"], by=make_actor())
    assert values == {"name": person.full_name}
    logged = ReadEntry.objects.filter(subject_type="registry.person").values_list("fields", flat=True)
    assert (told.fields, list(logged)) == (["name"], [["name"]])


def test_disclose_without_consent_is_refused_and_logs_nothing(county: Place) -> None:
    with pytest.raises(Refusal) as refused:
        disclose(an_escorted(), fields=["name"], by=make_actor())
    assert (refused.value.code, Disclosure.objects.count()) == ("no_consent", 0)


def test_disclose_after_the_consent_was_withdrawn_is_refused(county: Place) -> None:
    held = an_escorted()
    withdraw_consent(a_consent(head_of(held)), by=make_actor())
    with pytest.raises(Refusal) as refused:
        disclose(held, fields=["name"], by=make_actor())
    assert refused.value.code == "no_consent"


def test_disclose_by_another_persons_consent_is_refused(county: Place) -> None:
    held = an_escorted()
    a_consent(a_person(household=head_of(held).household))
    with pytest.raises(Refusal) as refused:
        disclose(held, fields=["name"], by=make_actor())
    assert refused.value.code == "no_consent"


@pytest.mark.parametrize("field", ["address", "identity_number", "iban"])
def test_disclose_what_is_never_told_is_refused(county: Place, field: str) -> None:
    held = an_escorted()
    a_consent(head_of(held))
    with pytest.raises(Refusal) as refused:
        disclose(held, fields=["name", field], by=make_actor())
    assert refused.value.code == "not_tellable"


@pytest.mark.parametrize("mode", [GivingMode.DELIVERED, GivingMode.THROUGH_FUND])
def test_disclose_to_a_giver_who_meets_nobody_is_refused(county: Place, mode: GivingMode) -> None:
    held = accept(a_hold(mode=mode), by=make_actor())
    a_consent(head_of(held))
    with pytest.raises(Refusal) as refused:
        disclose(held, fields=["name"], by=make_actor())
    assert refused.value.code == "not_escorted"


def test_disclose_before_the_social_worker_accepted_is_refused(county: Place) -> None:
    held = a_hold(mode=GivingMode.ESCORTED)
    a_consent(head_of(held))
    with pytest.raises(Refusal) as refused:
        disclose(held, fields=["name"], by=make_actor())
    assert refused.value.code == "not_escorted"


@pytest.mark.parametrize("role", [Role.GIVING_OFFICER, Role.DELIVERER, Role.BENEFACTOR])
def test_disclose_as_anybody_but_the_social_worker_is_refused(county: Place, role: Role) -> None:
    held = an_escorted()
    a_consent(head_of(held))
    with pytest.raises(PermissionDenied):
        disclose(held, fields=["name"], by=make_actor(role))


def test_consent_of_a_child_is_refused(county: Place) -> None:
    child = a_person(born_on=date(clock.today().year - 10, 1, 1))
    with pytest.raises(Refusal) as refused:
        a_consent(child)
    assert (refused.value.code, refused.value.field) == ("minor", "person")


def test_spending_after_holds_and_payments_has_no_fault(county: Place) -> None:
    needs = alike_needs(8)
    a_hold(a_card(needs[0]))
    an_approved(need=needs[1])
    a_payment(an_approved(need=needs[2]))
    assert spending_faults(county.code) == []
    assert counted(county.code) > 3


def test_spending_faults_are_found(county: Place) -> None:
    need = alike_needs(1)[0]
    allocation = an_approved(need=need)
    drop_guards(connection, GIVING)  # as somebody would who owns the database
    GiftUse.objects.update(amount=10**9)
    Need.objects.update(reserved=0)
    Allocation.objects.update(released_rial=5)
    found = " ".join(spending_faults(county.code))
    assert all(mark in found for mark in ("(T1)", "(T2)", "(N1)", "(F9)"))
    assert str(allocation.pk) in found
