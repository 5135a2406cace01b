"""From one fund to another of the same county, as far as the givers' bounds allow."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import require
from hamafza.core import clock
from hamafza.core.errors import Refusal
from hamafza.ledger import postings
from hamafza.ledger.choices import EntryKind, FundState
from hamafza.ledger.commands.once import once
from hamafza.ledger.commands.post import post_entry
from hamafza.ledger.models import Fund, JournalEntry
from hamafza.ledger.queries.books import lock_books
from hamafza.ledger.rules import may_move

SOURCE = "ledger.fund"


@transaction.atomic
def move_between_funds(source: Fund, target: Fund, *, amount: int, reason: str, by: Actor, key: UUID) -> JournalEntry:
    """Book ``amount`` (rial) from one fund to another; refused where the surplus rule of the first does not allow it."""
    county = source.county_id
    require(by, Permission.KEEP_LEDGER, county=county)
    asked = {"from": source.pk, "to": target.pk, "amount": amount, "reason": reason}
    return once(
        county, key=key, asked=asked, by=by, act=lambda: _move(source, target, amount=amount, reason=reason, by=by)
    )


def _move(source: Fund, target: Fund, *, amount: int, reason: str, by: Actor) -> JournalEntry:
    lock_books(source.county_id)
    if source.pk == target.pk:
        raise Refusal(_("Choose two different funds."), code="same_fund", field="target")
    if source.county_id != target.county_id:
        raise Refusal(_("These funds are of two counties. Ask for a transfer."), code="other_county", field="target")
    if target.state != FundState.OPEN:
        raise Refusal(_("This fund is closed. Choose another one."), code="fund_closed", field="target")
    if amount <= 0:
        raise Refusal(_("Write an amount above zero."), code="nothing_moved", field="amount")
    if not may_move(source, target):
        raise Refusal(
            _("What the givers wanted does not allow this. Choose a fund with the same purpose, or ask the givers."),
            code="bounds",
            field="target",
        )
    return post_entry(
        source.county_id,
        kind=EntryKind.TRANSFER,
        on=clock.today(),
        lines=postings.between_funds(source.pk, target.pk, amount),
        source=(SOURCE, source.pk),
        by=by,
        description=reason,
    )
