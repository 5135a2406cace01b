"""A row of every kind that an address of spending names. A factory opens the county it writes to."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from hamafza.core import clock
from hamafza.core.scope import counties
from hamafza.giving.choices import (
    AllocationState,
    CardState,
    DisbursementState,
    GivingMode,
    PayMethod,
    ReservationState,
)
from hamafza.giving.codes import new_trace_code
from hamafza.giving.models import (
    Allocation,
    Benefactor,
    Disbursement,
    NeedCard,
    Reservation,
    ReservedUnits,
)
from hamafza.ledger.choices import Restriction
from hamafza.ledger.models import Fund
from hamafza.needs.choices import Domain
from hamafza.needs.models import Need
from hamafza.needs.tests.factories import a_need
from hamafza.registry.models import Consent, Household

AMOUNT = 180_000_000


def spending_of_each(giver: Benefactor, home: Household, *, word: str = "", goods: str = "") -> dict[str, Any]:
    """By kind; ``word`` stands in the draft of a card, ``goods`` in what is decided on. What is published says neither."""
    county = giver.county_id
    shown = a_need(home, domain=Domain.HOUSEHOLD_GOODS, item="یخچال", required=3, reserved=1)
    other = a_need(home, domain=Domain.HOUSEHOLD_GOODS, item=f"اجاق گاز {goods}".strip())
    with counties([county]):
        fund = Fund.objects.create(
            county_id=county, name="لوازم خانگی", restriction=Restriction.PURPOSE, purpose=Domain.HOUSEHOLD_GOODS,
            use_by=clock.today() + timedelta(days=100),
        )  # fmt: skip
        asked = {"county_id": county, "fund": fund, "amount": AMOUNT, "purpose": Domain.HOUSEHOLD_GOODS}
        proposal = Allocation.objects.create(what=f"خرید اجاق گاز {goods}".strip(), need=other, **asked)
        allocation = Allocation.objects.create(
            what="خرید یخچال", state=AllocationState.APPROVED, approved_at=clock.now(), **asked
        )
        payments = [
            Disbursement.objects.create(
                county_id=county, allocation=allocation, amount=AMOUNT // 3, state=state, method=PayMethod.SELLER,
                payee="فروشگاه لوازم خانگی", paid_at=clock.now(),
            )
            for state in (DisbursementState.REQUESTED, DisbursementState.APPROVED, DisbursementState.PAID)
        ]  # fmt: skip
        card = a_published_card(shown)
        return {
            "spending_need": other,
            "allocation": allocation,
            "proposal": proposal,
            "disbursement": payments[0],
            "approved_disbursement": payments[1],
            "paid_disbursement": payments[2],
            "card": card,
            "draft_card": _card(other, word=word),
            "hold": a_held(card, giver),
            "consent": Consent.objects.create(
                county_id=county, household=home, person_id=home.head_id, purpose="meet_giver"
            ),
        }


def a_published_card(need: Need) -> NeedCard:
    """A card that stands, whatever its crowd."""
    now = clock.now()
    return _card(
        need,
        state=CardState.PUBLISHED,
        reviewed_at=now,
        published_at=now,
        expires_on=clock.today() + timedelta(days=40),
        shown={"amount": "1"},
        crowd=[str(need.pk)],
    )


def a_held(card: NeedCard, giver: Benefactor, *, mode: GivingMode = GivingMode.ESCORTED) -> Reservation:
    """One unit of the need behind a card, accepted by the social worker."""
    held = Reservation.objects.create(
        county_id=card.county_id, card=card, benefactor=giver, units=1, mode=mode, state=ReservationState.ACCEPTED,
        held_until=clock.now() + timedelta(days=9),
    )  # fmt: skip
    ReservedUnits.objects.create(county_id=card.county_id, reservation=held, need_id=card.need_id, units=1)
    return held


def _card(need: Need, *, word: str = "", **fields: Any) -> NeedCard:
    return NeedCard.objects.create(
        county_id=need.county_id,
        need=need,
        code=new_trace_code()[:10],
        domain=need.domain,
        item=need.item,
        title=f"{need.item} برای یک خانواده",
        story=f"این خانواده غذای تازه را نمی‌تواند نگه دارد. {word}".strip(),
        unit_rial=AMOUNT,
        **fields,
    )
