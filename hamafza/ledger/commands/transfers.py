"""Money that crosses a county's border: allowed by the province, asked for, approved by two, then carried out (F3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import require
from hamafza.accounts.models import User
from hamafza.accounts.queries.actors import actor_for
from hamafza.audit.commands.record_read import record_read
from hamafza.core import clock
from hamafza.core.errors import Refusal
from hamafza.core.flow import require_step
from hamafza.core.privacy import in_words, personal_data_in
from hamafza.core.scope import counties
from hamafza.ledger import postings
from hamafza.ledger.choices import EntryKind, Restriction, SurplusRule, TransferState
from hamafza.ledger.commands.funds import Bounds, fund_for, lock_fund
from hamafza.ledger.commands.once import once
from hamafza.ledger.commands.post import post_entry
from hamafza.ledger.events import transfer_asked, transfer_done
from hamafza.ledger.models import CountyTransfer, Fund, JournalEntry, TransferAllowance
from hamafza.ledger.postings import Posting
from hamafza.ledger.queries.books import lock_books
from hamafza.ledger.queries.funds import refuse_beyond
from hamafza.ledger.queries.transfers import allowance_between
from hamafza.ledger.rules import TRANSFER_FLOW, may_decide_for_province, may_leave_county
from hamafza.places.choices import PlaceKind
from hamafza.places.models import Place

SOURCE = "ledger.countytransfer"
SHORTEST_REASON = 3


@dataclass(frozen=True, slots=True)
class TransferWish:
    """What is asked for: ``amount`` in rial, ``consent`` the givers' own words and ``consent_on`` their day.

    ``gifts`` are those whose givers agree, each by its Jalali year and number; nothing else leaves the county.
    """

    to_county: str
    amount: int
    reason: str
    consent: str
    consent_on: date
    gifts: tuple[tuple[int, int], ...] = ()


def allow_transfers(province: Place, *, valid_from: date, valid_to: date, basis: str, by: Actor) -> TransferAllowance:
    """A province allows transfers between its counties for a time; off unless it does."""
    if province.kind != PlaceKind.PROVINCE or not may_decide_for_province(by, province.code):
        raise PermissionDenied
    if valid_to < max(valid_from, clock.today()):
        raise Refusal(_("The last day is before the first, or past."), code="dates", field="valid_to")
    if not basis.strip():
        raise Refusal(_("Name the legal basis."), code="basis_missing", field="basis")
    return TransferAllowance.objects.create(
        province=province, valid_from=valid_from, valid_to=valid_to, basis=basis.strip()[:200], decided_by_id=by.user_id
    )


@transaction.atomic
def request_transfer(fund: Fund, *, wish: TransferWish, by: Actor, key: UUID) -> CountyTransfer:
    """Ask to send money of a fund to another county of the province, where it keeps its purpose."""
    require(by, Permission.REQUEST_TRANSFER, place=fund.county_id)
    asked = {
        "fund": fund.pk,
        "to": wish.to_county,
        "amount": wish.amount,
        "reason": wish.reason,
        "consent": wish.consent,
        "gifts": wish.gifts,
    }
    with counties([fund.county_id, wish.to_county]):
        return once(fund.county_id, key=key, asked=asked, by=by, act=lambda: _request(fund, wish=wish, by=by))


def _request(fund: Fund, *, wish: TransferWish, by: Actor) -> CountyTransfer:
    allowance = allowance_between(fund.county_id, wish.to_county, on=clock.today())
    if allowance is None:
        raise Refusal(
            _("The province has not allowed transfers between these counties."), code="not_allowed", field="to_county"
        )
    if not may_leave_county(fund):
        raise Refusal(
            _("Money of this fund stays in the county: it is the state's, is for one need, or is not yet identified."),
            code="stays_in_county",
            field="fund",
        )
    if not wish.consent.strip() or wish.consent_on > clock.today():
        raise Refusal(
            _("Write down the giver's consent and the day it was given."), code="consent_missing", field="consent"
        )
    if found := personal_data_in(wish.reason):
        raise Refusal(
            _("The text tells too much: %(what)s. Take it out; the public may not know who it is.")
            % {"what": in_words(found)},
            code="personal_data",
            field="reason",
        )
    if wish.amount <= 0:
        raise Refusal(_("Write an amount above zero."), code="nothing_moved", field="amount")
    refuse_beyond(lock_fund(fund), wish.amount)
    target = fund_for(wish.to_county, _same_bounds(fund), by=by)
    transfer = CountyTransfer.objects.create(
        county_id=fund.county_id,
        from_fund=fund,
        to_county_id=wish.to_county,
        to_fund=target.pk,
        amount=wish.amount,
        reason=wish.reason.strip()[:300],
        consent=wish.consent.strip(),
        consent_on=wish.consent_on,
        allowance=allowance,
        requested_by_id=by.user_id,
        requested_at=clock.now(),
    )
    transfer_asked.send(sender=CountyTransfer, transfer=transfer, gifts=wish.gifts)
    return transfer


def _same_bounds(fund: Fund) -> Bounds:
    return Bounds(
        restriction=Restriction(fund.restriction),
        purpose=fund.purpose,
        target_group=fund.target_group,
        use_by=fund.use_by,
        surplus_rule=SurplusRule(fund.surplus_rule),
    )


@transaction.atomic
def approve_transfer(transfer: CountyTransfer, *, by: Actor) -> CountyTransfer:
    """Approve for the first or second time: neither asked for it, and one of the two answers for the other county."""
    _require_on_either_side(transfer, by)
    with counties([transfer.county_id, transfer.to_county_id]):
        held = CountyTransfer.objects.select_for_update().get(pk=transfer.pk)
        first = held.first_by_id is None
        require_step(
            TRANSFER_FLOW,
            before=held.state,
            after=TransferState.APPROVED_ONCE if first else TransferState.APPROVED,
        )
        if by.user_id is None or by.user_id in {held.requested_by_id, held.first_by_id}:
            raise Refusal(
                _("You have done an earlier step of this yourself. Somebody else must do this one."), code="same_hands"
            )
        if first:
            held.first_by_id, held.state = by.user_id, TransferState.APPROVED_ONCE
        elif not (_answers_for(by, held) or _answers_for(_actor(held.first_by), held)):
            raise Refusal(
                _("One of the two approvers must be of the province or the head of the receiving county."),
                code="one_sided",
            )
        else:
            held.second_by_id, held.state = by.user_id, TransferState.APPROVED
        held.save()
    return held


@transaction.atomic
def refuse_transfer(transfer: CountyTransfer, *, reason: str, by: Actor) -> CountyTransfer:
    """Say no, with a reason, as long as it is not carried out: the money is free again."""
    _require_on_either_side(transfer, by)
    if not reason.strip():
        raise Refusal(_("Say why."), code="reason_missing", field="reason")
    with counties([transfer.county_id, transfer.to_county_id]):
        held = CountyTransfer.objects.select_for_update().get(pk=transfer.pk)
        require_step(TRANSFER_FLOW, before=held.state, after=TransferState.REFUSED)
        held.state, held.refused_by_id, held.refusal = TransferState.REFUSED, by.user_id, reason.strip()[:200]
        held.save()
    return held


@transaction.atomic
def execute_transfer(transfer: CountyTransfer, *, by: Actor) -> CountyTransfer:
    """Post the two linked entries, one in each county's books. By the payer, who neither asked nor approved."""
    require(by, Permission.PAY, place=transfer.county_id)
    with counties([transfer.county_id, transfer.to_county_id]):
        for county in sorted((transfer.county_id, transfer.to_county_id)):
            lock_books(county)
        held = CountyTransfer.objects.select_for_update().get(pk=transfer.pk)
        require_step(TRANSFER_FLOW, before=held.state, after=TransferState.DONE)
        if by.user_id in {held.requested_by_id, held.first_by_id, held.second_by_id}:
            raise Refusal(
                _("You have done an earlier step of this yourself. Somebody else must do this one."), code="same_hands"
            )
        if allowance_between(held.county_id, held.to_county_id, on=clock.today()) is None:
            raise Refusal(_("The province has not allowed transfers between these counties."), code="not_allowed")
        held.entry_out = _post(held, held.county_id, postings.sent_to_county(held.from_fund_id, held.amount), by=by).pk
        held.entry_in = _post(held, held.to_county_id, postings.come_from_county(held.to_fund, held.amount), by=by).pk
        held.state, held.done_at = TransferState.DONE, clock.now()
        held.save()
        transfer_done.send(sender=CountyTransfer, transfer=held)
    return held


@transaction.atomic
def read_consent(transfer: CountyTransfer, *, reason: str, by: Actor) -> str:
    """The giver's own words, for who approves; the reading is recorded before the text is given."""
    require(by, Permission.APPROVE_TRANSFER, place=transfer.county_id)
    if len(reason.strip()) < SHORTEST_REASON:
        raise Refusal(_("Say why you need to see it."), code="no_reason", field="reason")
    record_read(transfer, fields=["consent"], reason=reason.strip()[:200])
    return transfer.consent


def _post(transfer: CountyTransfer, county: str, lines: list[Posting], *, by: Actor) -> JournalEntry:
    return post_entry(
        county,
        kind=EntryKind.TRANSFER,
        on=clock.today(),
        lines=lines,
        source=(SOURCE, transfer.pk),
        by=by,
        # The reason is published as long as the transfer stands; what is sealed can never be taken back.
        description=_("Transfer between counties"),
        transfer=transfer.pk,
    )


def _require_on_either_side(transfer: CountyTransfer, by: Actor) -> None:
    if not by.may(Permission.APPROVE_TRANSFER, transfer.to_county_id):
        require(by, Permission.APPROVE_TRANSFER, place=transfer.county_id)


def _answers_for(actor: Actor, transfer: CountyTransfer) -> bool:
    """Whether the actor approves for the receiving county: its head, or the province above both."""
    return actor.may(Permission.APPROVE_TRANSFER, transfer.to_county_id)


def _actor(user: User | None) -> Actor:
    if user is None:
        raise ValueError("a transfer approved once names who did")
    return actor_for(user)
