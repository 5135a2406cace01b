"""What was given directly is a gift like any other: written down, confirmed, with a receipt (N6)."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from hamafza.accounts.actor import Actor
from hamafza.accounts.queries.actors import system_actor
from hamafza.core import clock
from hamafza.giving.choices import Channel, DonationState, GiftKind
from hamafza.giving.commands.donations import LINE_SOURCE, write_donation
from hamafza.giving.commands.receipts import issue_receipt
from hamafza.giving.gift import Gift, GiftLine, Wish
from hamafza.giving.models import Donation, Reservation
from hamafza.giving.queries.items import item_by_name
from hamafza.ledger.choices import EntryKind
from hamafza.ledger.commands.post import post_entry
from hamafza.ledger.postings import goods_in, goods_out
from hamafza.needs.models import Need


def record_direct_gift(held: Reservation, *, needs: Sequence[Need], value_rial: int, by: Actor) -> Donation:
    """The gift of a reservation, within its confirmation. Goods of the catalogue stand in the books as come and gone.

    They never lie in a store, so nobody there is told. What is in no catalogue is written down as a service.
    """
    first = needs[0]
    item = item_by_name(held.county_id, first.item)
    line = GiftLine(
        kind=GiftKind.GOODS if item else GiftKind.SERVICE,
        amount=value_rial,
        item=item,
        quantity=held.units if item else None,
        valuation=_("as the social worker saw it"),
    )
    gift = Gift(channel=Channel.DIRECT, lines=[line], benefactor=held.benefactor, wish=Wish(purpose=first.domain))
    donation = write_donation(held.county_id, gift=gift, by=by)
    for row in donation.lines.filter(kind=GiftKind.GOODS, amount__gt=0):
        post_entry(
            held.county_id,
            kind=EntryKind.IN_KIND_IN,
            on=clock.today(),
            lines=[*goods_in(row.fund_id, row.amount), *goods_out(row.fund_id, row.amount)],
            source=(LINE_SOURCE, row.pk),
            by=by,
            description=_("Given directly"),
        )
    donation.state, donation.confirmed_by_id, donation.confirmed_at = DonationState.CONFIRMED, by.user_id, clock.now()
    donation.save()
    issue_receipt(donation, by=system_actor("direct giving"))
    return donation
