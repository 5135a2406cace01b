"""What giving does when money moves in the books: gifts go with it."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.dispatch import receiver

from hamafza.giving.commands.cards import withdraw_cards_of
from hamafza.giving.commands.gift_moves import bind_gifts, let_gifts_follow, let_gifts_return
from hamafza.ledger.events import money_moved, move_undone, transfer_asked
from hamafza.ledger.models import CountyTransfer, Fund
from hamafza.registry.choices import ConsentPurpose
from hamafza.registry.events import consent_withdrawn
from hamafza.registry.models import Consent


@receiver(money_moved, dispatch_uid="giving.follow")
def follow(*, source: Fund, target: Fund, amount: int, entry: UUID, **_: object) -> None:
    """In the transaction of the move: no money lies where its gifts do not."""
    let_gifts_follow(source, target, amount=amount, entry=entry)


@receiver(move_undone, dispatch_uid="giving.return")
def go_back(*, entry: UUID, reversal: UUID, **_: object) -> None:
    """In the transaction that takes the move back."""
    let_gifts_return(entry, reversal=reversal)


@receiver(consent_withdrawn, dispatch_uid="giving.hide")
def hide(*, consent: Consent, **_: object) -> None:
    """In the transaction of the withdrawal: what the family does not want shown is shown no longer."""
    if consent.purpose == ConsentPurpose.SHOW_CARD:
        withdraw_cards_of(consent.household_id, county=consent.county_id)


@receiver(transfer_asked, dispatch_uid="giving.bind")
def bind(*, transfer: CountyTransfer, gifts: Sequence[tuple[int, int]], **_: object) -> None:
    """In the transaction that asks: a consent is the consent to send these gifts (F3)."""
    bind_gifts(transfer, gifts=gifts)
