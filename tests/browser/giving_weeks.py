"""Run in a demonstration home: what the story of a promise (`test_giving_story.py`) does without a browser; prints JSON.

``prepare`` an item, a store of its own and the state's share; a ``week``: what is due today is received, confirmed and
taken in, each by the hands that do it at an office; ``address``: what the QR code of the latest receipt holds.
"""

from __future__ import annotations

import json
import os
import sys
from datetime import timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hamafza.config.settings")
django.setup()

from hamafza.config.demonstration_giving import give, let  # noqa: E402 - after Django is ready
from hamafza.core import clock  # noqa: E402
from hamafza.core.ids import uuid7  # noqa: E402
from hamafza.core.scope import counties  # noqa: E402
from hamafza.distribution.commands.stock import receive_goods  # noqa: E402
from hamafza.distribution.commands.warehouses import StoreDetails, keep_warehouse  # noqa: E402
from hamafza.distribution.models import Round, Warehouse  # noqa: E402
from hamafza.giving.choices import Channel, GiftKind, Intention  # noqa: E402
from hamafza.giving.commands.appropriations import Share, record_appropriation  # noqa: E402
from hamafza.giving.commands.items import ItemDetails, keep_item  # noqa: E402
from hamafza.giving.gift import Gift, GiftLine, Wish  # noqa: E402
from hamafza.giving.models import Instalment, Receipt  # noqa: E402
from hamafza.needs.choices import Domain  # noqa: E402
from tests.browser.giving_words import COUNTY, ITEM, SHARE, STORE  # noqa: E402


def prepare() -> dict[str, object]:
    item = ItemDetails(ITEM, "بسته", perishable=True, unit_value_rial=28_000_000)
    let("khayyerin", lambda by: keep_item(COUNTY, details=item, by=by))
    let("anbardar", lambda by: keep_warehouse(COUNTY, details=StoreDetails(name=STORE), by=by))
    share = Share(
        number="۴۱/۷۱۸۰", amount=SHARE, source_name="ردیف حمایت معیشتی", purpose=Domain.LIVELIHOOD, on=clock.today()
    )
    let("hesabdar", lambda by: record_appropriation(COUNTY, share=share, by=by, key=uuid7()))
    return {"item": ITEM, "store": STORE}


def week() -> dict[str, object]:
    due = Instalment.objects.select_related("pledge__item", "pledge__benefactor").get(
        county_id=COUNTY, pledge__item__name=ITEM, due_on=clock.today()
    )
    wish = Wish(intention=Intention(due.pledge.intention), purpose=due.pledge.purpose)
    line = GiftLine(kind=GiftKind.GOODS, item=due.pledge.item, quantity=due.expected, instalment=due)
    gift = Gift(channel=Channel.IN_KIND, lines=[line], benefactor=due.pledge.benefactor, wish=wish)
    came = give(COUNTY, gift).lines.get()
    store = Warehouse.objects.get(county_id=COUNTY, name=STORE)
    let("anbardar", lambda by: receive_goods(
        came, warehouse=store, quantity=due.expected, expires_on=clock.today() + timedelta(days=200), by=by, key=uuid7()
    ))  # fmt: skip
    return {"sequence": due.sequence, "quantity": due.expected}


def address() -> dict[str, object]:
    """Of the first gift to the promise."""
    found = Receipt.objects.filter(donation__lines__item__name=ITEM).order_by("pk").first()
    assert found is not None
    return {"address": json.loads(found.printed)["trace_address"]}


def number() -> dict[str, object]:
    """Of the round of the story, as the command line names it."""
    found = Round.objects.get(county_id=COUNTY, item__name=ITEM)
    return {"number": f"{found.jalali_year}-{found.number}", "pk": str(found.pk)}


if __name__ == "__main__":
    with counties([COUNTY]):
        print(json.dumps({"prepare": prepare, "week": week, "address": address, "number": number}[sys.argv[1]]()))
