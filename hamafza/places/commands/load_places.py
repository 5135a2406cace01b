"""Set-up: put the official division of the country into the database."""

from __future__ import annotations

from django.db import transaction

from hamafza.core.persian import key
from hamafza.places.models import Place
from hamafza.places.official import official_places

CHUNK = 500


def load_places() -> int:
    """Add the official places that are not on file; answers how many. Those on file stay as administrators left them."""
    with transaction.atomic():
        known = set(Place.objects.values_list("code", flat=True))
        missing = [
            Place(
                code=place.code,
                kind=place.kind,
                parent_id=place.parent,
                name_fa=place.name_fa,
                name_en=place.name_en,
                name_key=key(place.name_fa),
            )
            for place in official_places()
            if place.code not in known
        ]
        Place.objects.bulk_create(missing, batch_size=CHUNK)
    return len(missing)
