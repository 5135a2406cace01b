"""Who answers for a body at a place: whoever is let in there, and nobody else; without one the secretary writes (A6)."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from hamafza.accounts.actor import NOBODY
from hamafza.accounts.choices import OrganizationKind, Role
from hamafza.accounts.models import User
from hamafza.accounts.queries.actors import actor_for, system_actor
from hamafza.accounts.tests.factories import give, make_organization, make_user
from hamafza.commitments.choices import CommitmentState as S
from hamafza.commitments.commands.answer import accept
from hamafza.commitments.commands.give import assign, write_commitment
from hamafza.commitments.commands.programme import require_writer
from hamafza.commitments.queries.owners import officers_at, officers_of
from hamafza.commitments.queries.programme_writers import bodies_without_users
from hamafza.commitments.rules import answers_at
from hamafza.commitments.tests.factories import Table, a_table, client_of
from hamafza.core.scope import counties
from hamafza.notices.models import Notice
from hamafza.places.models import COUNTRY_CODE, Place
from hamafza.places.tests.factories import COUNTY, FAR_COUNTY, FAR_PROVINCE, PROVINCE, SISTER_COUNTY


@pytest.mark.parametrize("duty", [COUNTY, SISTER_COUNTY, FAR_COUNTY, PROVINCE, FAR_PROVINCE])
def test_officers_of_a_place_are_those_whom_its_page_lets_in(county: Place, duty: str) -> None:
    body = make_organization("اداره کل", place=COUNTRY_CODE, kind=OrganizationKind.AGENCY)
    user = make_user(organization=body)
    give(user, Role.AGENCY_OFFICER, duty)
    for place in (COUNTY, SISTER_COUNTY, FAR_COUNTY, PROVINCE, COUNTRY_CODE):
        with counties([place]):
            draft = write_commitment(place, a_table(agency=body).order(), by=system_actor("test"))
            owed = assign(draft, by=system_actor("test"))
        answers = answers_at(actor_for(user), place)
        assert (user in officers_of(body.pk, place)) is answers, place
        page = client_of(actor_for(user)).get(reverse("commitments:commitment-record", args=[owed.pk]))
        assert (page.status_code == 200) is answers, place


def test_officer_of_another_county_is_nobody_here_and_the_secretary_writes(table: Table) -> None:
    elsewhere = make_user(organization=table.silent)
    give(elsewhere, Role.AGENCY_OFFICER, SISTER_COUNTY)
    held = table.given(owner=table.silent)
    assert not Notice.objects.filter(user=elsewhere).exists()
    with pytest.raises(PermissionDenied):
        accept(held, by=actor_for(elsewhere))
    page = client_of(table.secretary).get(reverse("commitments:commitment-record", args=[held.pk]))
    assert (page.context["may_accept"], page.context["for_owner"]) == (True, True)
    assert accept(held, by=table.secretary).state == S.ACCEPTED
    assert table.silent in bodies_without_users(COUNTY)
    assert require_writer(table.secretary, table.silent.pk, COUNTY)


def test_officer_of_the_province_answers_in_its_counties(table: Table) -> None:
    above = make_user(organization=table.silent)
    give(above, Role.AGENCY_OFFICER, PROVINCE)
    held = table.given(owner=table.silent)
    assert Notice.objects.filter(user=above, code="commitments.assigned").exists()
    with pytest.raises(PermissionDenied):
        accept(held, by=table.secretary)
    assert accept(held, by=actor_for(above)).state == S.ACCEPTED
    assert table.silent not in bodies_without_users(COUNTY)


def test_officer_below_answers_for_what_is_owed_above_but_writes_no_programme_there(table: Table) -> None:
    """Of a programme of the province she reads nothing, so there the secretary writes."""
    assert {one.pk for one in officers_of(table.agency.pk, PROVINCE)} == {
        table.officer.user_id,
        table.colleague.user_id,
    }
    assert not officers_at(table.agency.pk, PROVINCE).exists()
    assert officers_at(table.agency.pk, COUNTY).count() == 2


def test_whoever_has_not_signed_in_speaks_for_nobody(table: Table) -> None:
    with pytest.raises(PermissionDenied):
        accept(table.given(), by=NOBODY)


def test_officer_who_may_no_longer_sign_in_is_nobody(table: Table) -> None:
    User.objects.filter(pk__in=[table.officer.user_id, table.colleague.user_id]).update(is_active=False)
    assert accept(table.given(), by=table.secretary).state == S.ACCEPTED
