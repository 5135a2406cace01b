"""The catalogue of items of a county."""

from __future__ import annotations

from django.db.models import QuerySet

from hamafza.core.persian import key
from hamafza.giving.models import Item


def items_of(county: str, *, kits: bool | None = None, with_old: bool = False) -> QuerySet[Item]:
    """Items of a county (which must be open) by name; ``kits`` True: kits alone, False: none; ``with_old``: also those out of use."""
    found = Item.objects.filter(county_id=county).order_by("name_key", "id")
    if not with_old:
        found = found.filter(active=True)
    return found if kits is None else found.filter(is_kit=kits)


def item_by_name(county: str, name: str) -> Item | None:
    """The item of this name, however it is spelt; also one out of use."""
    folded = key(name)[:200]
    return Item.objects.filter(county_id=county, name_key=folded).first() if folded else None
