"""Who may look at what is decided, paid and given directly."""

from __future__ import annotations

from django.http import HttpRequest

from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import actor_of

#: Who sees allocations and payments; who may know the families besides sees whose need it is.
SPENDING_READERS = (
    Permission.REQUEST_SPENDING,
    Permission.APPROVE_SPENDING,
    Permission.PAY,
    Permission.SEE_LEDGER,
)
#: Who has a step to take in payments.
PAYERS = (Permission.PAY, Permission.APPROVE_SPENDING, Permission.REQUEST_SPENDING, Permission.CONFIRM_DIRECT)
#: Who works on cards.
CARD_WORKERS = (Permission.WRITE_CARDS, Permission.REVIEW_CARDS)


def may_see_spending(request: HttpRequest) -> bool:
    return any(actor_of(request).may(one) for one in SPENDING_READERS)


def may_see_cards(request: HttpRequest) -> bool:
    return any(actor_of(request).may(one) for one in CARD_WORKERS)


def may_see_reservations(request: HttpRequest) -> bool:
    return actor_of(request).may(Permission.CONFIRM_DIRECT)
