"""Items for tests. A factory opens the county it writes to."""

from __future__ import annotations

from itertools import count
from typing import Any

from hamafza.core.scope import counties
from hamafza.giving.models import Item
from hamafza.places.models import Place
from hamafza.places.tests.factories import COUNTY
from hamafza.registry.tests.factories import a_county

_numbers = count(1)


def an_item(name: str = "", *, county: Place | str = COUNTY, **fields: Any) -> Item:
    """An item in use, counted in pieces."""
    place = county if isinstance(county, Place) else a_county(county)
    with counties([place.pk]):
        return Item.objects.create(
            county=place,
            name=name or f"قلم {next(_numbers)}",
            **{"unit": "عدد", "unit_value_rial": 1_000_000, **fields},
        )


def a_kit(name: str = "بسته معیشتی", **fields: Any) -> Item:
    """A kit, counted in packages."""
    return an_item(name, **{"is_kit": True, "unit": "بسته", "unit_value_rial": 15_000_000, **fields})
