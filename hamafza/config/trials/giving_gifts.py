"""Rules of promises and gifts: pledged, received, confirmed, rejected, identified, reversed, paid back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import Sum
from hypothesis import strategies as st
from hypothesis.stateful import rule

from hamafza.accounts.choices import Role
from hamafza.config.trials.giving_acts import HANDS, WHERE, WHICH, Acts, duty
from hamafza.config.trials.giving_book import Given
from hamafza.config.trials.giving_stage import Office
from hamafza.distribution.choices import MovementKind
from hamafza.distribution.models import Lot, Movement
from hamafza.giving.choices import Channel, DonationState, Frequency, GiftKind, PledgeState, RefundState
from hamafza.giving.commands.donations import confirm_donation, receive_donation, reject_donation, reverse_donation
from hamafza.giving.commands.identify import identify_donation
from hamafza.giving.commands.instalments import waive_instalment
from hamafza.giving.commands.pledge_steps import cancel_pledge, pause_pledge, resume_pledge
from hamafza.giving.commands.pledges import amend_pledge, make_pledge
from hamafza.giving.commands.refunds import approve_refund, pay_refund, refuse_refund, request_refund
from hamafza.giving.gift import Gift, GiftLine, Wish
from hamafza.giving.models import Donation, DonationLine, Instalment, Pledge, Refund
from hamafza.giving.promise import Promise
from hamafza.giving.schedule import Schedule
from hamafza.ledger.choices import SurplusRule
from hamafza.needs.choices import Domain

REASON = "آزمون"
MILLION = 1_000_000
RIAL = st.sampled_from([1, MILLION - 1, MILLION, 50 * MILLION, 0, 3 * 10**16])
HOW = st.sampled_from(["free", "free", "livelihood", "goods", "any", "need", "soon", "unidentified", "foreign"])


class Gifts(Acts):
    """From the promise to the receipt, and back."""

    @rule(where=WHERE, rial=RIAL, how=HOW, giver=WHICH, back=st.integers(0, 40))
    def give_money(self, where: int, rial: int, how: str, giver: int, back: int) -> None:
        office = self.office(where)
        lines = [GiftLine(kind=GiftKind.MONEY, amount=rial)]
        gift = self._gift(office, lines, how=how, giver=giver, back=back)
        self._receive(office, gift, may=how != "foreign" and 0 < rial <= 2 * 10**16)

    @rule(where=WHERE, item=st.integers(0, 2), quantity=st.sampled_from([1, 3, 7, 20, 0]), giver=WHICH)
    def give_goods(self, where: int, item: int, quantity: int, giver: int) -> None:
        office = self.office(where)
        lines = [GiftLine(kind=GiftKind.GOODS, item=office.items[item], quantity=quantity)]
        gift = self._gift(office, lines, how="livelihood", giver=giver)
        self._receive(office, gift, may=quantity > 0)

    @rule(which=WHICH, part=st.sampled_from([1, 2, 2, 3]))
    def keep_an_instalment(self, which: int, part: int) -> None:
        """Half of it, all of it, or half as much again."""
        due = self.pick(lambda: Instalment.objects.select_related("pledge__benefactor", "pledge__item"), which)
        if due is None:
            return
        office, pledge, much = self.office(due), due.pledge, max(1, due.expected * part // 2)
        if pledge.kind == GiftKind.MONEY:
            line = GiftLine(kind=GiftKind.MONEY, amount=much, instalment=due)
        else:
            line = GiftLine(kind=GiftKind.GOODS, item=pledge.item, quantity=much, instalment=due)
        self._receive(office, Gift(channel=Channel.CASH, lines=[line], benefactor=pledge.benefactor))

    def _gift(self, office: Office, lines: list[GiftLine], *, how: str, giver: int, back: int = 0) -> Gift:
        other = next(one for one in self.stage.offices if one is not office)
        wishes: dict[str, dict[str, Any]] = {
            "livelihood": {"purpose": Domain.LIVELIHOOD},
            "goods": {"purpose": Domain.HOUSEHOLD_GOODS, "surplus_rule": SurplusRule.ASK},
            "any": {"purpose": Domain.HOUSEHOLD_GOODS, "surplus_rule": SurplusRule.ANY_PURPOSE},
            "need": {"need": office.goods[2]},
            "soon": {"use_by": self.today + timedelta(days=6), "surplus_rule": SurplusRule.RETURN},
            "foreign": {"need": other.goods[2]},
        }
        unidentified = how == "unidentified"
        return Gift(
            channel=Channel.BANK_TRANSFER if unidentified else Channel.CASH,
            lines=lines,
            benefactor=None if unidentified else office.givers[giver % 2],
            received_on=self.today - timedelta(days=back),
            wish=Wish(**wishes.get(how, {})),
            unidentified=unidentified,
        )

    def _receive(self, office: Office, gift: Gift, *, may: bool = True) -> None:
        made = self.once(
            "receive", office, Role.GIVING_OFFICER,
            lambda by, key: receive_donation(office.county, gift=gift, by=by, key=key), may=may,
        )  # fmt: skip
        if made is None:
            return
        [line] = gift.lines
        value = line.amount or (line.item.unit_value_rial * (line.quantity or 0) if line.item else 0)
        counts = line.amount if line.kind == GiftKind.MONEY else line.quantity or 0
        due = line.instalment
        self.book.gifts[made.pk] = Given(line.kind, value, counts, due.pk if due else None, gift.unidentified)
        if due:
            self.book.entered[due.pk] = due.due_on, due.expected

    # --- the steps of a gift ---

    def confirm(self, donation: Donation, hands: str) -> None:
        office = self.office(donation)
        by = duty(Role.ACCOUNTANT, hands)
        if self.act("confirm", office, by, lambda actor: confirm_donation(donation, by=actor)) is None:
            return
        given = self.book.gifts[donation.pk]
        [line] = self._lines(donation)
        given.fund = line.fund_id
        if given.kind == GiftKind.MONEY:
            self.book.money[line.fund_id] += given.amount
        else:
            self.book.value[line.fund_id] += given.amount
        self.book.receipts[office.county] += not given.unidentified
        self._count(given, given.counts)

    @rule(which=WHICH, hands=HANDS)
    def confirm_one(self, which: int, hands: str) -> None:
        waiting = self.pick(lambda: Donation.objects.filter(state=DonationState.PENDING), which)
        if waiting:
            self.confirm(waiting, hands)

    @rule(which=WHICH)
    def reject(self, which: int) -> None:
        waiting = self.pick(Donation.objects.all, which)
        if waiting:
            may = waiting.state == DonationState.PENDING
            self.act(
                "reject", self.office(waiting), Role.ACCOUNTANT,
                lambda by: reject_donation(waiting, reason=REASON, by=by), may=may,
            )  # fmt: skip

    @rule(which=WHICH)
    def reverse(self, which: int) -> None:
        gift = self.pick(lambda: Donation.objects.exclude(state=DonationState.PENDING), which)
        if gift is None:
            return
        line, may = self._lines(gift)[0], gift.state == DonationState.CONFIRMED and gift.channel != Channel.DIRECT
        lots = list(Lot._base_manager.filter(donation_line=line).values_list("pk", flat=True))
        came = Movement._base_manager.filter(lot__in=lots, kind=MovementKind.IN).aggregate(units=Sum("quantity"))
        may = may and self._lying(lots) == (came["units"] or 0)
        if self.act(
            "reverse", self.office(gift), Role.ACCOUNTANT,
            lambda by: reverse_donation(gift, reason=REASON, by=by), may=may,
        ):  # fmt: skip
            given = self.book.gifts[gift.pk]
            held = self.book.money if given.kind == GiftKind.MONEY else self.book.value
            held[line.fund_id] -= given.amount
            for place in [one for one in self.book.on_hand if one[0] in lots]:
                self.book.on_hand[place] = 0
            self._count(given, -given.counts)

    def _lying(self, lots: list[UUID]) -> int:
        return sum(units for (lot, _store), units in self.book.on_hand.items() if lot in lots)

    @rule(which=WHICH, how=HOW, giver=WHICH)
    def identify(self, which: int, how: str, giver: int) -> None:
        ours = [pk for pk, given in self.book.gifts.items() if given.unidentified]
        gift = self.pick(lambda: Donation.objects.filter(pk__in=ours), which)
        if gift is None:
            return
        office, given, [before] = self.office(gift), self.book.gifts[gift.pk], self._lines(gift)
        said = self._gift(office, [], how="free" if how == "unidentified" else how, giver=giver)
        if self.act(
            "identify", office, Role.ACCOUNTANT,
            lambda by: identify_donation(gift, benefactor=said.benefactor, wish=said.wish, by=by),
            may=how != "foreign" and given.asked_back == given.paid_back,
        ):  # fmt: skip
            given.unidentified = False
            if gift.state == DonationState.CONFIRMED:
                [after] = self._lines(gift)
                moved, given.fund = given.amount - given.asked_back, after.fund_id
                self.book.money[before.fund_id] -= moved
                self.book.money[after.fund_id] += moved
                self.book.receipts[office.county] += 1

    # --- paid back ---

    @rule(which=WHICH, much=st.sampled_from(["one", "half", "all", "more"]))
    def ask_back(self, which: int, much: str) -> None:
        line = self.pick(lambda: DonationLine.objects.exclude(donation__channel=Channel.DIRECT), which)
        if line is None:
            return
        given = self.book.gifts[line.donation_id]
        amount = {"one": 1, "half": given.amount // 2, "all": given.amount, "more": given.amount + 1}[much]
        may = given.kind == GiftKind.MONEY and 0 < amount <= given.amount - given.asked_back
        if self.once(
            "ask back", self.office(line), Role.ACCOUNTANT,
            lambda by, key: request_refund(line, amount=amount, reason=REASON, by=by, key=key), may=may,
        ):  # fmt: skip
            given.asked_back += amount

    def approve_refund(self, refund: Refund, hands: str) -> None:
        by = duty(Role.COUNTY_HEAD, hands)
        self.act("approve refund", self.office(refund), by, lambda actor: approve_refund(refund, by=actor))

    def pay_refund(self, refund: Refund, hands: str) -> None:
        line, office = self._line(refund), self.office(refund)
        by = duty(Role.PAYER, hands)
        if self.act("pay refund", office, by, lambda actor: pay_refund(refund, reference="1", by=actor)) is None:
            return
        given = self.book.gifts[line.donation_id]
        given.paid_back += refund.amount
        self.book.money[line.fund_id] -= refund.amount
        self.book.receipts[office.county] += not given.unidentified and given.paid_back < given.amount

    @rule(which=WHICH)
    def refuse_refund(self, which: int) -> None:
        refund = self.pick(Refund.objects.all, which)
        if refund is None:
            return
        line = self._line(refund)
        may = refund.state in (RefundState.REQUESTED, RefundState.APPROVED)
        if self.act(
            "refuse refund", self.office(refund), Role.COUNTY_HEAD,
            lambda by: refuse_refund(refund, reason=REASON, by=by), may=may,
        ):  # fmt: skip
            self.book.gifts[line.donation_id].asked_back -= refund.amount

    # --- promises ---

    @rule(
        where=WHERE, giver=WHICH, goods=st.booleans(), quantity=st.sampled_from([1, 41, 0]), starts=st.integers(-20, 9)
    )
    def pledge(self, where: int, giver: int, *, goods: bool, quantity: int, starts: int) -> None:
        office = self.office(where)
        promise = Promise(GiftKind.GOODS, quantity, item=office.items[2].pk) if goods else Promise("money", quantity)
        schedule = Schedule(Frequency.WEEK, self.today + timedelta(days=starts), weekdays=(3,))
        self.act(
            "pledge", office, Role.GIVING_OFFICER,
            lambda by: make_pledge(office.givers[giver % 2], promise=promise, schedule=schedule, by=by),
            may=quantity > 0,
        )  # fmt: skip

    @rule(which=WHICH, what=st.sampled_from(["pause", "resume", "cancel", "amend", "waive"]), days=st.integers(-1, 9))
    def change_a_pledge(self, which: int, what: str, days: int) -> None:
        """What a gift was entered for stays as it was, whatever becomes of the promise."""
        pledge = self.pick(Pledge.objects.all, which)
        due = self.pick(Instalment.objects.all, which)
        if pledge is None or due is None:
            return
        since = self.today + timedelta(days=days)
        again = Schedule(Frequency.WEEK, since, weekdays=(1, 5))
        changes = {
            "pause": lambda by: pause_pledge(pledge, since=since, reason=REASON, by=by),
            "resume": lambda by: resume_pledge(pledge, since=since, by=by),
            "cancel": lambda by: cancel_pledge(pledge, reason=REASON, by=by),
            "amend": lambda by: amend_pledge(
                pledge, quantity=7, schedule=again, effective_from=since, reason=REASON, by=by, version=pledge.version
            ),
            "waive": lambda by: waive_instalment(due, reason=REASON, by=by),
        }
        over = pledge.state in (PledgeState.CANCELLED, PledgeState.COMPLETED, PledgeState.LAPSED)
        office = self.office(due if what == "waive" else pledge)
        self.act(f"{what} pledge", office, Role.GIVING_OFFICER, changes[what], may=what == "waive" or not over)

    # --- rows ---

    def _count(self, given: Given, counts: int) -> None:
        if given.instalment:
            self.book.fulfilled[given.instalment] += counts

    def _lines(self, donation: Donation) -> list[DonationLine]:
        return list(DonationLine._base_manager.filter(donation=donation.pk).order_by("pk"))

    def _line(self, refund: Refund) -> DonationLine:
        return DonationLine._base_manager.get(pk=refund.line_id)
