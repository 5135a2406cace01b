"""An entry of the journal leads to the act it books, and there it is undone."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from hamafza.accounts.choices import Role
from hamafza.accounts.tests.factories import SignedIn
from hamafza.core.scope import counties
from hamafza.giving.tests.factories_allocation import a_payment
from hamafza.ledger.models import JournalEntry
from hamafza.places.models import Place
from hamafza.places.tests.factories import COUNTY


@pytest.fixture
def accountant(signed_in: SignedIn) -> Client:
    return signed_in(Role.ACCOUNTANT)


def shown(client: Client, source_type: str) -> str:
    """Where the entry of such an act leads to."""
    with counties([COUNTY]):
        entry = JournalEntry.objects.get(source_type=source_type)
    return str(client.get(reverse("ledger:entry-record", args=[entry.pk])).context["source_url"])


def test_entries_of_gift_allocation_and_payment_lead_to_their_pages(county: Place, accountant: Client) -> None:
    with counties([COUNTY]):
        decided = a_payment().allocation
        gift = decided.fund.donation_lines.get().donation
    decision = reverse("giving:allocation-record", args=[decided.pk])
    assert shown(accountant, "donationline") == reverse("giving:donation-record", args=[gift.pk])
    assert (shown(accountant, "allocation"), shown(accountant, "disbursement")) == (decision, decision)
