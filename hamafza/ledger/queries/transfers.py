"""Transfers between counties, seen from either side."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from hamafza.ledger.models import CountyTransfer, Fund, TransferAllowance
from hamafza.places.choices import PlaceKind
from hamafza.places.models import Place


def allowance_between(county: str, other: str, *, on: date) -> TransferAllowance | None:
    """What allows transfers between two counties on a day: given by the province of both."""
    provinces = set(Place.objects.filter(code__in=[county, other]).values_list("parent_id", flat=True))
    if len(provinces) != 1 or county == other:
        return None
    allowed = TransferAllowance.objects.filter(province__in=provinces, valid_from__lte=on, valid_to__gte=on)
    return allowed.order_by("-valid_to").first()


def allowances_of(provinces: Collection[str]) -> QuerySet[TransferAllowance]:
    """What provinces have allowed, the newest first."""
    return TransferAllowance.objects.filter(province__in=provinces).select_related("province").order_by("-valid_from")


def sisters_of(held: Collection[str]) -> frozenset[str]:
    """The counties of the same provinces, these among them: between them a transfer may go."""
    provinces = Place.objects.filter(code__in=held).values("parent_id")
    return frozenset(Place.objects.filter(kind=PlaceKind.COUNTY, parent__in=provinces).values_list("code", flat=True))


def province_of(county: str) -> str:
    """The code of the province of a county."""
    return str(Place.objects.filter(code=county).values_list("parent_id", flat=True).get())


def sister_places(county: str) -> QuerySet[Place]:
    """The other counties of the same province, by name."""
    return Place.objects.filter(code__in=sisters_of([county])).exclude(code=county).order_by("name_fa")


def places_led(provinces: Collection[str]) -> QuerySet[Place]:
    """Provinces and their counties."""
    led = Q(code__in=provinces) | Q(kind=PlaceKind.COUNTY, parent__in=provinces)
    return Place.objects.filter(led).order_by("code")


def fund_name(fund: UUID) -> str:
    """The name of a fund of an open county."""
    return str(Fund.objects.filter(pk=fund).values_list("name", flat=True).first() or "")


def transfers_touching(touched: Collection[str]) -> QuerySet[CountyTransfer]:
    """Transfers out of these counties or into them, the newest first. The counties of both sides must be open."""
    found = CountyTransfer.objects.filter(Q(county__in=touched) | Q(to_county__in=touched))
    return found.select_related(
        "county", "to_county", "from_fund", "requested_by", "first_by", "second_by", "refused_by", "allowance"
    ).order_by("-requested_at", "-pk")


def transfer_touching(pk: UUID, touched: Collection[str]) -> CountyTransfer | None:
    """One of them."""
    return transfers_touching(touched).filter(pk=pk).first()
