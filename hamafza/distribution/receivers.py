"""Goods whose gift is reversed go back; what is in the store keeps its payment."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from hamafza.accounts.actor import Actor
from hamafza.distribution.commands.give_back import give_back
from hamafza.distribution.commands.purchases import refuse_return
from hamafza.giving.events import goods_going_back
from hamafza.giving.models import Disbursement, DonationLine


@receiver(goods_going_back, dispatch_uid="distribution.give_back")
def let_goods_go_back(sender: Any, *, lines: list[DonationLine], reason: str, by: Actor, **kwargs: Any) -> None:
    """Out of the stores with them, or a refusal that keeps the gift as it is."""
    give_back(lines, reason=reason, by=by)


def keep_what_is_in_store(sender: Any, *, payment: Disbursement, **kwargs: Any) -> None:
    """Before a payment is undone."""
    refuse_return(payment)
