"""What benefactors have taken up by cards, for the social worker and for the giver herself."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q, QuerySet

from hamafza.giving.choices import ReservationState
from hamafza.giving.models import Allocation, Benefactor, Disclosure, Reservation, ReservedUnits

#: What waits for a step of the social worker.
WAITING = (ReservationState.HELD, ReservationState.ACCEPTED, ReservationState.DELIVERED)


#: Holds that are the giver's alone: no money for them is decided on.
UNBOUND = Q(allocation__approved_at__isnull=True)


def is_bound(reservation: Reservation) -> bool:
    """Whether the giver's money is decided on, so that the allocation holds the units."""
    return Allocation.objects.filter(reservation=reservation, approved_at__isnull=False).exists()


def reservations_of(county: str, *, state: str = "", waiting: bool = False) -> QuerySet[Reservation]:
    """Holds of a county (which must be open), the newest first."""
    found = Reservation.objects.filter(county_id=county)
    if state:
        found = found.filter(state=state)
    if waiting:
        found = found.filter(state__in=WAITING)
    return found.select_related("card__need", "benefactor").order_by("-pk")


def own_reservations(benefactor: Benefactor) -> QuerySet[Reservation]:
    """What one benefactor has taken up, the newest first."""
    return Reservation.objects.filter(benefactor=benefactor).select_related("card").order_by("-pk")


def parts_of(reservation: Reservation) -> QuerySet[ReservedUnits]:
    """The needs whose units are held."""
    found = ReservedUnits.objects.filter(reservation=reservation)
    return found.select_related("need__household__head", "need__person").order_by("need")


def disclosures_of(reservation: Reservation) -> QuerySet[Disclosure]:
    """What the giver was told, the latest first."""
    return Disclosure.objects.filter(reservation=reservation).select_related("social_worker").order_by("-at", "-pk")


def reservation_keys(card: UUID) -> list[UUID]:
    """Keys of the holds of a card, for its history."""
    return list(Reservation.objects.filter(card=card).values_list("pk", flat=True))
