"""A payment as a page showed it, and as it has become meanwhile."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from hamafza.accounts.choices import Role
from hamafza.accounts.tests.factories import make_actor
from hamafza.giving.choices import DisbursementState
from hamafza.giving.commands.disbursements import approve_payment, pay, return_payment
from hamafza.giving.models import Disbursement
from hamafza.giving.tests.factories_allocation import a_request
from hamafza.places.models import Place


@pytest.mark.django_db
def test_return_of_a_payment_that_was_paid_meanwhile_is_the_payers(county: Place) -> None:
    head = make_actor(Role.COUNTY_HEAD)
    shown = approve_payment(a_request(), by=head)
    pay(Disbursement.objects.get(pk=shown.pk), reference="۱۲۳۴۵", by=make_actor(Role.PAYER))
    with pytest.raises(PermissionDenied):
        return_payment(shown, reason="اشتباه", by=head)
    assert Disbursement.objects.get(pk=shown.pk).state == DisbursementState.PAID
