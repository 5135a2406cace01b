"""Whom the cards of a county may mean, as somebody outside could work it out."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from hamafza.core.persian import key
from hamafza.giving.models import NeedCard
from hamafza.needs.choices import STANDING_STATES
from hamafza.needs.models import Need


def crowds_of(county: str, *, domain: str, item: str) -> dict[str, list[UUID]]:
    """The crowds of all cards of one kind of need that were ever published, by the card's key; withdrawn ones too.

    ``item`` is folded (`core.persian.key`). A need that was shown twice counts once: the later card took the crowd over.
    """
    cards = NeedCard.objects.filter(
        county_id=county, domain=domain, need__isnull=False, published_at__isnull=False
    ).order_by("published_at", "pk")
    latest = {card.need_id: card for card in cards if key(card.item) == item}
    return {str(card.pk): [UUID(pk) for pk in card.crowd] for card in latest.values()}


def crowds_beside(card: NeedCard) -> dict[str, list[UUID]]:
    """The crowds of the other needs of the same kind that were ever published."""
    found = crowds_of(card.county_id, domain=card.domain, item=key(card.item))
    own = NeedCard.objects.filter(need=card.need_id).values_list("pk", flat=True)
    return {pk: crowd for pk, crowd in found.items() if UUID(pk) not in set(own)}


def standing_among(needs: Collection[str]) -> list[str]:
    """Those that are still open, in the order given."""
    rows = Need.objects.filter(pk__in=[UUID(pk) for pk in needs], state__in=sorted(STANDING_STATES))
    open_now = {str(pk) for pk in rows.values_list("pk", flat=True)}
    return [pk for pk in needs if pk in open_now]


def household_of(needs: Collection[UUID]) -> dict[UUID, UUID]:
    """The household of each need."""
    return dict(Need.objects.filter(pk__in=needs).values_list("pk", "household_id"))
