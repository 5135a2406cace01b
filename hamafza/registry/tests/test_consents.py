"""Consents on a household's page."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from hamafza.accounts.choices import Role
from hamafza.accounts.tests.factories import SignedIn
from hamafza.core import clock
from hamafza.core.scope import counties
from hamafza.documents.models import Attachment
from hamafza.places.tests.factories import COUNTY, FAR_COUNTY
from hamafza.registry.models import Consent
from hamafza.registry.queries.consents import has_withdrawn, standing_consents
from hamafza.registry.tests.factories import a_county, a_head

pytestmark = pytest.mark.django_db


def test_consent_in_the_browser_keeps_the_paper_and_can_be_withdrawn(worker: Client) -> None:
    person = a_head()
    url = reverse("registry:consent-create", args=[person.household_id])
    assert worker.get(url).status_code == 200
    paper = SimpleUploadedFile("رضایت.pdf", b"%PDF-1.4 paper")
    worker.post(url, {"person": person.pk, "purpose": "meet_giver", "given_on": "1405/01/15", "paper": paper})
    with counties([COUNTY]):
        consent = Consent.objects.get()
        assert Attachment.objects.filter(source_id=person.household_id).count() == 1
        assert standing_consents(person.household_id, purpose="meet_giver", on=clock.today()).count() == 1
    page = worker.get(reverse("registry:household-record", args=[person.household_id])).content.decode()
    assert reverse("registry:consent-withdraw", args=[consent.pk]) in page
    worker.post(reverse("registry:consent-withdraw", args=[consent.pk]))
    with counties([COUNTY]):
        assert standing_consents(person.household_id, purpose="meet_giver", on=clock.today()).count() == 0
        assert has_withdrawn(person.household_id, purpose="meet_giver")


def test_consent_with_a_paper_of_the_wrong_kind_records_neither(worker: Client) -> None:
    person = a_head()
    url = reverse("registry:consent-create", args=[person.household_id])
    paper = SimpleUploadedFile("x.exe", b"MZ")
    answer = worker.post(url, {"person": person.pk, "purpose": "meet_giver", "given_on": "1405/01/15", "paper": paper})
    with counties([COUNTY]):
        assert (answer.status_code, Consent.objects.count()) == (422, 0)


def test_consent_of_another_county_is_not_found(worker: Client) -> None:
    person = a_head(county=a_county(FAR_COUNTY))
    assert worker.get(reverse("registry:consent-create", args=[person.household_id])).status_code == 404


@pytest.mark.parametrize("role", [Role.GOVERNOR_OFFICE, Role.GIVING_OFFICER, Role.PROVINCE_DIRECTOR])
def test_consent_as_somebody_who_does_not_keep_files_is_not_found(signed_in: SignedIn, role: Role) -> None:
    url = reverse("registry:consent-create", args=[a_head().household_id])
    assert signed_in(role).post(url).status_code == 404
