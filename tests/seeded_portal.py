"""What benefactors' own pages and letters of thanks speak of, in each of the three counties."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from hamafza.accounts.models import User
from hamafza.accounts.queries.actors import system_actor
from hamafza.core import clock
from hamafza.core.ids import uuid7
from hamafza.core.scope import counties
from hamafza.giving.choices import CardState, GivingMode, ReservationState
from hamafza.giving.commands.receipts import write_receipt
from hamafza.giving.models import CardNeed, NeedCard, Reservation
from hamafza.trace.choices import LetterKind
from hamafza.trace.commands.letters import LetterWish, write_letter
from hamafza.trace.tests.factories import a_gift
from tests.seeded_county import SeededCounty


def seed_portal(seeded: dict[str, SeededCounty], giver: User, home: str) -> None:
    """``giver`` signs in as the benefactor of ``home``; those of the other counties are somebody else."""
    for code, county in seeded.items():
        with counties([code]):
            benefactor = county["benefactor"]
            if code == home:
                benefactor.user = giver
                benefactor.save()
            _seed(county)


def _seed(county: SeededCounty) -> None:
    code, benefactor, by = county.code, county["benefactor"], system_actor("test")
    gift = a_gift(rial=5_000_000, county=code, benefactor=benefactor, number=9_000, trace_code=f"TRACECODE{code}")
    card = NeedCard.objects.create(
        county_id=code, code=f"CARDCARD{code}", title="بسته غذایی برای چند خانواده", story="نیاز به غذا",
        state=CardState.PUBLISHED, published_at=timezone.now(), reviewed_at=timezone.now(),
    )  # fmt: skip
    CardNeed.objects.create(county_id=code, card=card, need=county["need"])
    held = Reservation.objects.create(
        county_id=code, card=card, benefactor=benefactor, units=1, mode=GivingMode.DELIVERED,
        state=ReservationState.ACCEPTED, held_until=timezone.now() + timedelta(days=3),
    )  # fmt: skip
    wish = LetterWish(LetterKind.THANKS, benefactor, gift.received_on, max(clock.today(), gift.received_on))
    rows = {
        "own_receipt": write_receipt(gift, by=by),
        "own_reservation": held,
        "letter": write_letter(code, wish=wish, by=by, key=uuid7()),
    }
    county.rows |= rows
    county.keys |= {str(row.pk) for row in (gift, card, *rows.values())}
