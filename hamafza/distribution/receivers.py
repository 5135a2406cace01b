"""Guards of stock off before tables change, and standing after; goods whose gift is reversed go back."""

from __future__ import annotations

from typing import Any

from django.db import connections
from django.dispatch import receiver

from hamafza.accounts.actor import Actor
from hamafza.audit.receivers import is_last_of_ours
from hamafza.core.guards import drop_guards, install_guards
from hamafza.distribution.commands.give_back import give_back
from hamafza.distribution.commands.purchases import refuse_return
from hamafza.distribution.triggers import STOCK
from hamafza.giving.events import goods_going_back
from hamafza.giving.models import Disbursement, DonationLine


def clear_the_way(sender: Any, *, using: str, plan: Any = (), **kwargs: Any) -> None:
    """SQLite refuses to remake a table that a trigger elsewhere names."""
    if is_last_of_ours(sender) and plan:
        drop_guards(connections[using], STOCK)


@receiver(goods_going_back, dispatch_uid="distribution.give_back")
def let_goods_go_back(sender: Any, *, lines: list[DonationLine], reason: str, by: Actor, **kwargs: Any) -> None:
    """Out of the stores with them, or a refusal that keeps the gift as it is."""
    give_back(lines, reason=reason, by=by)


def install_triggers(sender: Any, *, using: str, **kwargs: Any) -> None:
    """After migrating, and after tests have emptied the tables."""
    if is_last_of_ours(sender):
        install_guards(connections[using], STOCK)


def keep_what_is_in_store(sender: Any, *, payment: Disbursement, **kwargs: Any) -> None:
    """Before a payment is undone."""
    refuse_return(payment)
