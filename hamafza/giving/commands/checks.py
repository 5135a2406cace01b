"""What a gift must be before it is written down."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext as _

from hamafza.core import clock, wording
from hamafza.core.errors import Refusal
from hamafza.giving.choices import DedicationKind, GiftKind, WishClosure
from hamafza.giving.fallback import closure_of
from hamafza.giving.gift import Gift, GiftLine

#: Twenty thousand billion rials: beyond it somebody's finger slipped.
LARGEST = 2 * 10**16


def check_gift(county: str, gift: Gift, *, wish_may_be_over: bool = False) -> Gift:
    """The gift, completed: the giver of an instalment, the value of goods by the catalogue. Refuses what cannot be.

    With ``wish_may_be_over`` a wish that cannot be fulfilled any more is let through: the caller has a rule for it.
    """
    if not gift.lines:
        raise Refusal(_("Write down what is given: an amount of money, or goods."), code="empty")
    if gift.received_on and gift.received_on > clock.today():
        raise Refusal(_("A gift cannot be received on a day to come."), code="future", field="received_on")
    _check_wish(county, gift)
    if not wish_may_be_over:
        _check_still_open(gift)
    gift = _with_giver(gift)
    if gift.benefactor is not None and gift.benefactor.county_id != county:
        raise Refusal(_("This benefactor is on file in another county."), code="foreign", field="benefactor")
    return replace(gift, lines=[_checked_line(county, gift, line) for line in gift.lines])


def _check_wish(county: str, gift: Gift) -> None:
    wish = gift.wish
    if wish.need is not None and wish.need.county_id != county:
        raise Refusal(_("This need is of another county."), code="foreign", field="need")
    if (wish.dedication != DedicationKind.NONE) != bool(wish.dedicated_to.strip()):
        raise Refusal(_("A dedication needs its kind and a name."), code="dedication", field="dedicated_to")


def _check_still_open(gift: Gift) -> None:
    closed = closure_of(gift.wish, on=clock.today())
    if closed == WishClosure.NEED_OVER:
        raise Refusal(
            _("This need is closed or met. Choose another, or leave it empty and give for its purpose."),
            code="need_closed",
            field="need",
        )
    if closed == WishClosure.TIME_OVER:
        raise Refusal(_("The day until which it is to be used has passed."), code="past", field="use_by")


def _with_giver(gift: Gift) -> Gift:
    givers = {line.instalment.pledge.benefactor_id: line.instalment.pledge for line in gift.lines if line.instalment}
    if not givers:
        return gift
    if gift.unidentified or len(givers) > 1 or (gift.benefactor and gift.benefactor.pk not in givers):
        raise Refusal(
            _("The instalment belongs to another benefactor's pledge."), code="foreign_instalment", field="instalment"
        )
    return gift if gift.benefactor else replace(gift, benefactor=next(iter(givers.values())).benefactor)


def _checked_line(county: str, gift: Gift, line: GiftLine) -> GiftLine:
    if line.kind == GiftKind.GOODS:
        line = _checked_goods(county, line)
    elif line.kind == GiftKind.MONEY and line.amount <= 0:
        raise Refusal(_("Write the amount, in rials."), code="no_amount", field="amount")
    if not 0 <= line.amount <= LARGEST:
        raise Refusal(_("This amount is larger than any gift. Look at it again."), code="too_large", field="amount")
    _check_instalment(county, line)
    return line


def _checked_goods(county: str, line: GiftLine) -> GiftLine:
    if line.item is None or not line.quantity or line.quantity < 1:
        raise Refusal(_("Goods need an item and how many of it."), code="no_quantity", field="quantity")
    if line.item.county_id != county:
        raise Refusal(_("This item is in another county's catalogue."), code="foreign", field="item")
    if line.amount:
        return line
    value = line.item.unit_value_rial * line.quantity
    basis = _("%(unit)s rials each, by the catalogue") % {"unit": wording.number(line.item.unit_value_rial)}
    return replace(line, amount=value, valuation=line.valuation or (basis if value else ""))


def _check_instalment(county: str, line: GiftLine) -> None:
    if line.instalment is None:
        return
    pledge = line.instalment.pledge
    same_thing = pledge.kind == line.kind and pledge.item_id == (line.item.pk if line.item else None)
    if line.instalment.county_id != county or not same_thing:
        raise Refusal(
            _("The instalment promises something else than what is given. Choose another one or none."),
            code="other_instalment",
            field="instalment",
        )
    if line.instalment.waived_at is not None:
        raise Refusal(_("This instalment was waived."), code="waived", field="instalment")
