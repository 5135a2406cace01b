"""Set-up: put the official division of the country and the usual occasions of the year into the database."""

from __future__ import annotations

from dataclasses import asdict

from django.db import transaction

from hamafza.core.persian import key
from hamafza.places.models import Place
from hamafza.places.models.occasion import Occasion
from hamafza.places.occasions import USUAL
from hamafza.places.official import official_places

CHUNK = 500


def load_places() -> int:
    """Add the official places that are not on file; answers how many. Those on file stay as administrators left them.

    The usual occasions come with them, in the same way.
    """
    with transaction.atomic():
        load_occasions()
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


def load_occasions() -> int:
    """Add the usual occasions that are not on file; answers how many. Those on file stay as they are."""
    known = set(Occasion.objects.values_list("code", flat=True))
    missing = [Occasion(**asdict(usual)) for usual in USUAL if usual.code not in known]
    Occasion.objects.bulk_create(missing)
    return len(missing)
