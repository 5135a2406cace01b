"""Bank statements: imported as often as one likes, each line once, and each line belongs to at most one gift (F6)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import require
from hamafza.core import clock
from hamafza.core.errors import Refusal
from hamafza.core.persian import latin_digits, normalize
from hamafza.giving.choices import Channel, DonationState, GiftKind
from hamafza.giving.commands.donations import confirm_donation, write_donation
from hamafza.giving.gift import Gift, GiftLine, Wish, asked_of
from hamafza.giving.models import BankLine, BankStatement, Benefactor, Donation, Instalment
from hamafza.giving.rights import BOOKKEEPERS
from hamafza.giving.rules import permission_among
from hamafza.giving.statement import Statement, read_statement
from hamafza.intake.sheets.workbook import SheetError
from hamafza.ledger.commands.once import once

MOST_BYTES = 10 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Imported:
    """The statement as it is kept, and what its file held."""

    statement: BankStatement
    read: Statement
    is_known: bool


@transaction.atomic
def import_statement(county: str, *, path: Path, file_name: str, account: str, by: Actor) -> Imported:
    """The lines that came in and are not known yet. The file itself is not kept: its hash is.

    Imported again, or as another file with the same lines, it adds nothing.
    """
    require(by, permission_among(by, BOOKKEEPERS, county=county), place=county)
    account = latin_digits(normalize(account)).replace(" ", "").replace("-", "").upper()[:34]
    if not account:
        raise Refusal(_("Write the number of the account."), code="no_account", field="account")
    try:
        read = read_statement(path, account=account, today=clock.today())
    except SheetError as fault:
        raise Refusal(str(fault), code="unreadable", field="file") from fault
    file_hash = hashlib.sha256(path.read_bytes()).hexdigest()
    known = BankStatement.objects.filter(county_id=county, account=account, file_hash=file_hash).first()
    if known is not None:
        return Imported(known, read, is_known=True)
    statement = BankStatement(
        county_id=county, account=account, file_hash=file_hash, file_name=file_name[:120], line_count=len(read.lines),
        at=clock.now(), by_id=by.user_id,
    )  # fmt: skip
    statement.save(force_insert=True)
    rows = [
        BankLine(
            county_id=county, statement=statement, account=account, on=line.on, amount=line.amount,
            reference=line.reference, payer=line.payer, mark=line.mark,
        )
        for line in read.lines
    ]  # fmt: skip
    BankLine.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)
    statement.new_count = statement.lines.count()
    statement.save(update_fields=["new_count"])
    return Imported(statement, read, is_known=False)


@transaction.atomic
def match_line(line: BankLine, *, donation: Donation, by: Actor) -> Donation:
    """The line is that gift: tied together, and the gift confirmed when it still waits."""
    require(by, Permission.CONFIRM_GIFTS, place=line.county_id)
    held = _free_line(line)
    gift = Donation.objects.select_for_update().get(pk=donation.pk, county_id=line.county_id)
    if gift.state not in (DonationState.PENDING, DonationState.CONFIRMED):
        raise Refusal(_("This gift was rejected or reversed."), code="not_pending")
    if BankLine.objects.filter(donation=gift).exists():
        raise Refusal(_("This gift has another bank line already."), code="matched")
    money = gift.lines.filter(kind=GiftKind.MONEY).aggregate(total=Sum("amount"))["total"] or 0
    if money != held.amount:
        raise Refusal(_("The amount of the gift is not the amount of the bank line."), code="other_amount")
    held.donation = gift
    held.save(update_fields=["donation"])
    return confirm_donation(gift, by=by)


def donation_from_line(
    line: BankLine,
    *,
    benefactor: Benefactor | None,
    wish: Wish,
    by: Actor,
    key: UUID,
    instalment: Instalment | None = None,
    unidentified: bool = False,
) -> Donation:
    """A gift out of a bank line; it waits for confirmation by somebody else."""
    require(by, permission_among(by, BOOKKEEPERS, county=line.county_id), place=line.county_id)
    gift = Gift(
        channel=Channel.BANK_TRANSFER,
        lines=[GiftLine(kind=GiftKind.MONEY, amount=line.amount, instalment=instalment)],
        benefactor=benefactor,
        received_on=line.on,
        wish=wish,
        reference=line.reference,
        unidentified=unidentified,
    )

    def make() -> Donation:
        held = _free_line(line)
        held.donation = write_donation(line.county_id, gift=gift, by=by)
        held.save(update_fields=["donation"])
        return held.donation

    asked = {**asked_of(gift), "line": str(line.pk)}
    with transaction.atomic():
        return once(line.county_id, key=key, asked=asked, by=by, act=make)


@transaction.atomic
def set_line_aside(line: BankLine, *, reason: str, by: Actor) -> BankLine:
    """It is no gift (a transfer of our own, interest); with an empty reason it is taken up again."""
    require(by, permission_among(by, BOOKKEEPERS, county=line.county_id), place=line.county_id)
    held = BankLine.objects.select_for_update().get(pk=line.pk)
    if held.donation_id is not None:
        raise Refusal(_("This bank line belongs to a gift already."), code="matched")
    held.set_aside_reason = reason.strip()[:200]
    held.save(update_fields=["set_aside_reason"])
    return held


def _free_line(line: BankLine) -> BankLine:
    held = BankLine.objects.select_for_update().get(pk=line.pk)
    if held.donation_id is not None:
        raise Refusal(_("This bank line belongs to a gift already."), code="matched")
    if held.set_aside_reason:
        raise Refusal(_("This bank line was set aside. Take it up again first."), code="set_aside")
    return held
