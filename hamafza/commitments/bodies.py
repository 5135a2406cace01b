"""Which bodies may be asked for something at a place, and how each is named there."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from hamafza.accounts.models import Organization
from hamafza.accounts.queries.bodies import bodies_of
from hamafza.places.choices import PlaceKind


def bodies_to_ask(place: str) -> QuerySet[Organization]:
    """Active bodies of the place and above it, and of the counties when it is a province; by name."""
    below = Organization.objects.filter(place__parent=place, place__kind=PlaceKind.COUNTY, active=True)
    either = Q(pk__in=bodies_of(place).order_by().values("pk")) | Q(pk__in=below.order_by().values("pk"))
    return Organization.objects.filter(either).select_related("place").order_by("sort_key", "id")


def body_label(body: Organization, place: str) -> str:
    """Its name; of a county below the place with the county beside it."""
    return f"{body} — {body.place.name}" if body.place.parent_id == place else str(body)


def offer_bodies(field: Any, place: str) -> None:
    """Fill a choice of bodies."""
    field.label_from_instance = lambda body: body_label(body, place)
    field.queryset = bodies_to_ask(place)
