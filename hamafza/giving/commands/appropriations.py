"""The government's share (سهم دولت): typed from the notice or imported from a sheet, in the same books as the gifts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from uuid import UUID

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import require
from hamafza.core import clock
from hamafza.core.errors import Refusal
from hamafza.core.persian import key as key_of
from hamafza.giving.commands.checks import LARGEST
from hamafza.giving.commands.donations import booking_day
from hamafza.giving.models import Appropriation
from hamafza.giving.sheets import Table, Words, read_table
from hamafza.intake.sheets.cells import clean_birth_date, clean_file_number, clean_text
from hamafza.intake.sheets.workbook import SheetError
from hamafza.ledger.choices import Account, EntryKind, Movement, Restriction
from hamafza.ledger.commands.funds import Bounds, fund_for, lock_fund
from hamafza.ledger.commands.hands import require_other_hands
from hamafza.ledger.commands.once import once
from hamafza.ledger.commands.post import post_entry, reverse_source
from hamafza.ledger.postings import money_in
from hamafza.ledger.queries.funds import free_of
from hamafza.needs.choices import Domain

SOURCE = "appropriation"
MOST_ROWS = 5_000
WORDS: Words = {
    "number": ("شماره ابلاغ", "شماره نامه", "شماره", "شماره ابلاغیه", "شماره حواله", "number"),
    "on": ("تاریخ", "تاریخ ابلاغ", "تاریخ دریافت", "تاریخ واریز", "date"),
    "amount": ("مبلغ", "اعتبار", "مبلغ اعتبار", "مبلغ ابلاغی", "اعتبار ابلاغی", "amount"),
    "purpose": ("مصرف", "محل مصرف", "هدف", "موضوع", "نوع نیاز", "purpose"),
    "source_name": ("دستگاه", "محل اعتبار", "ردیف بودجه", "ردیف", "از محل", "دستگاه و ردیف بودجه", "source"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """One notice of money from the state. ``amount`` in rial; ``purpose`` empty: for whatever the county needs."""

    number: str
    amount: int
    source_name: str
    on: date | None = None
    purpose: str = ""


@dataclass(frozen=True, slots=True)
class ImportedShares:
    """What an import added, how many it knew already, and rows it could not take, with why."""

    added: int
    known: int
    faults: Sequence[tuple[int, str]]


def record_appropriation(county: str, *, share: Share, by: Actor, key: UUID) -> Appropriation:
    """Book a notice; its number counts once in the county."""
    require(by, Permission.KEEP_LEDGER, place=county)
    with transaction.atomic():
        return once(county, key=key, asked=asdict(share), by=by, act=lambda: _book(county, share, by=by))


@transaction.atomic
def reverse_appropriation(appropriation: Appropriation, *, reason: str, by: Actor) -> Appropriation:
    """A notice was written wrongly or never came: mirrored in the books by somebody else than who booked it.

    Only while its fund still has that much free; its number may be booked anew.
    """
    require(by, Permission.APPROVE_SPENDING, place=appropriation.county_id)
    held = Appropriation.objects.select_for_update().get(pk=appropriation.pk)
    if held.reversed_at is not None:
        raise Refusal(_("This notice is taken back already."), code="taken_back")
    require_other_hands(held.county_id, movement=Movement.DONATION, rial=held.amount, by=by, earlier=[held.by_id])
    if not reason.strip():
        raise Refusal(_("Say why."), code="no_reason", field="reason")
    if free_of(lock_fund(held.fund)) < held.amount:
        raise Refusal(_("Part of this money is already decided on. Give that back to the fund first."), code="used")
    reverse_source(held.county_id, (SOURCE, held.pk), on=clock.today(), reason=reason.strip(), by=by)
    held.reversed_at, held.reversed_by_id, held.reverse_reason = clock.now(), by.user_id, reason.strip()[:200]
    held.save(update_fields=["reversed_at", "reversed_by", "reverse_reason"])
    return held


@transaction.atomic
def import_appropriations(county: str, *, path: Path, by: Actor) -> ImportedShares:
    """Every row of a sheet that is not known yet; imported twice it adds nothing, and nothing that was taken back."""
    require(by, Permission.KEEP_LEDGER, place=county)
    try:
        table = read_table(path, WORDS, needed=(("number",), ("amount",)), most_rows=MOST_ROWS)
    except SheetError as fault:
        raise Refusal(str(fault), code="unreadable", field="file") from fault
    purposes = _purposes()
    standing = Appropriation.objects.filter(county_id=county, reversed_at__isnull=True)
    known = set(standing.values_list("number", flat=True))
    taken_back = set(
        Appropriation.objects.filter(county_id=county, reversed_at__isnull=False).values_list("number", "amount")
    )
    added, repeated = 0, 0
    faults: list[tuple[int, str]] = []
    for row, cells in table.rows:
        share = _share(table, cells, purposes)
        if isinstance(share, str):
            faults.extend([(row, share)] if share else [])
        elif share.number in known or (share.number, share.amount) in taken_back:
            repeated += 1
        else:
            try:
                with transaction.atomic():
                    _book(county, share, by=by)
            except Refusal as refusal:
                faults.append((row, refusal.message))
                continue
            known.add(share.number)
            added += 1
    return ImportedShares(added, repeated, faults)


def _book(county: str, share: Share, *, by: Actor) -> Appropriation:
    number = clean_file_number(share.number)[:40]
    on = share.on or clock.today()
    if not number:
        raise Refusal(_("Write the number of the notice."), code="no_number", field="number")
    if not 0 < share.amount <= LARGEST:
        raise Refusal(_("Write the amount, in rials."), code="no_amount", field="amount")
    if on > clock.today():
        raise Refusal(_("Money cannot be received on a day to come."), code="future", field="on")
    if Appropriation.objects.filter(county_id=county, number=number, reversed_at__isnull=True).exists():
        raise Refusal(_("A notice with this number is booked already."), code="known", field="number")
    fund = fund_for(county, Bounds(Restriction.GOVERNMENT, purpose=share.purpose), by=by)
    kept = Appropriation(
        county_id=county, number=number, on=on, amount=share.amount, purpose=share.purpose,
        source_name=share.source_name.strip()[:160], fund=fund, by_id=by.user_id, at=clock.now(),
    )  # fmt: skip
    kept.save(force_insert=True)
    post_entry(
        county,
        kind=EntryKind.RECEIPT,
        on=booking_day(county, on),
        lines=money_in(fund.pk, share.amount, source=Account.GOVERNMENT),
        source=(SOURCE, kept.pk),
        by=by,
        description=_("Notice %(number)s") % {"number": number},
    )
    return kept


def _share(table: Table, cells: Sequence[object], purposes: dict[str, str]) -> Share | str:
    """The row's notice, or what is wrong with it; an empty text for a row that is none."""
    number = clean_file_number(table.cell(cells, "number"))
    try:
        amount = table.amount(cells, "amount")
    except ValueError:
        return _("The amount cannot be read.")
    if _is_total(cells):
        return ""
    if not number:
        return _("The number of the notice is missing.") if amount else ""
    on, fault = clean_birth_date(table.cell(cells, "on"), today=clock.today())
    if fault:
        return _("The date cannot be read or lies ahead.")
    said = clean_text(table.cell(cells, "purpose"))
    purpose = purposes.get(key_of(said), "") if said else ""
    if said and not purpose:
        return _("The purpose “%(purpose)s” is not known. Write one of: %(known)s.") % {
            "purpose": said[:40],
            "known": "، ".join(str(label) for label in Domain.labels),
        }
    source = clean_text(table.cell(cells, "source_name")) or _("Not stated")
    return Share(number=number, amount=amount or 0, on=on, purpose=purpose, source_name=source)


def _is_total(cells: Sequence[object]) -> bool:
    return any(isinstance(cell, str) and key_of(cell) in {key_of("جمع"), key_of("جمع کل")} for cell in cells)


def _purposes() -> dict[str, str]:
    """Domains by their codes, Persian and English names."""
    found: dict[str, str] = {key_of(value): str(value) for value in Domain.values}
    for language in ("fa", "en"):
        with translation.override(language):
            found |= {key_of(str(label)): value for value, label in Domain.choices}
    return found
