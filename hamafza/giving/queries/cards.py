"""Need cards: what the public may see of them, and what the office works on.

``public_cards`` and ``public_card`` are all that a page without sign-in may ask; what they give back holds no key of a
card, a need or a client.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from hamafza.core.scope import counties
from hamafza.giving.anonymity import classes_of, crowd_of, households
from hamafza.giving.choices import CardState, GivingMode, ReservationState
from hamafza.giving.codes import tidy_code
from hamafza.giving.models import CardNeed, NeedCard
from hamafza.giving.queries.needfacts import need_facts
from hamafza.giving.words import FactShown, facts_shown
from hamafza.needs.choices import STANDING_STATES, Domain
from hamafza.needs.models import Need

PAGE = 24


@dataclass(frozen=True, slots=True)
class CardFilters:
    """What a visitor looks for; ``domain`` empty: everything."""

    domain: str = ""
    available_only: bool = True


@dataclass(frozen=True, slots=True)
class PublicCard:
    """A card as the public sees it. ``facts`` are in words; ``families`` (by tens) stands on a grouped card alone.

    ``available`` False: somebody has taken it up, or it is over; the two are not told apart.
    """

    code: str
    county: str
    domain: str
    domain_label: str
    item: str
    title: str
    story: str
    facts: tuple[FactShown, ...]
    families: int | None
    available: bool
    modes: tuple[GivingMode, ...]
    until: date | None
    place: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class CardCoverage:
    """Standing needs of a county: how many could have a card of their own, how many only among others."""

    open: int
    single: int
    special: int
    alone: int


def public_cards(
    county: str, filters: CardFilters | None = None, *, after: str = "", limit: int = PAGE
) -> list[PublicCard]:
    """Cards that stand, the newest first; ``after`` is the `place` of the last one seen. Opens the county itself.

    One query, whatever the number of cards.
    """
    asked = filters or CardFilters()
    with counties([county]):
        cards = _with_availability(NeedCard.objects.filter(county_id=county, state=CardState.PUBLISHED))
        if asked.domain:
            cards = cards.filter(domain=asked.domain)
        if asked.available_only:
            cards = cards.filter(_TAKEABLE)
        last = NeedCard.objects.filter(county_id=county, code=tidy_code(after)).first() if after else None
        if last is not None and last.published_at is not None:
            behind = Q(published_at__lt=last.published_at) | Q(published_at=last.published_at, pk__lt=last.pk)
            cards = cards.filter(behind)
        return [_public(card) for card in cards.order_by("-published_at", "-pk")[:limit]]


def public_card(county: str, code: str) -> PublicCard | None:
    """One card that stands, by its code as typed; nothing when there is none. Opens the county itself."""
    with counties([county]):
        found = _with_availability(
            NeedCard.objects.filter(county_id=county, code=tidy_code(code), state=CardState.PUBLISHED)
        ).first()
        return _public(found) if found else None


def card_by_code(county: str, code: str) -> NeedCard | None:
    """The row behind a code, for `reserve_card`; the county must be open."""
    return NeedCard.objects.filter(county_id=county, code=tidy_code(code), state=CardState.PUBLISHED).first()


def modes_of(card: NeedCard) -> tuple[GivingMode, ...]:
    """Ways of giving that a card allows: nobody is met behind a grouped card."""
    if card.is_group:
        return (GivingMode.THROUGH_FUND, GivingMode.DELIVERED)
    return (GivingMode.THROUGH_FUND, GivingMode.DELIVERED, GivingMode.ESCORTED)


def free_units(card: NeedCard) -> int:
    """Units that can still be taken, of all needs behind a card."""
    needs = Need.objects.filter(county_id=card.county_id, state__in=sorted(STANDING_STATES))
    if card.is_group:
        needs = needs.filter(pk__in=CardNeed.objects.filter(card=card).values("need"))
    else:
        needs = needs.filter(cards=card)
    return sum(max(0, free) for free in needs.annotate(free=_FREE).values_list("free", flat=True))


def cards_of(county: str, *, state: str = "") -> QuerySet[NeedCard]:
    """The office's cards, the newest first, with the number of holds."""
    cards = NeedCard.objects.filter(county_id=county)
    if state:
        cards = cards.filter(state=state)
    held = Count("reservations", filter=~Q(reservations__state__in=_ENDED))
    return cards.select_related("need", "written_by", "reviewed_by").annotate(holds=held).order_by("-pk")


def members_of(card: NeedCard) -> QuerySet[Need]:
    """The needs behind a card, the most urgent first; the county must be open."""
    if not card.is_group:
        return Need.objects.filter(cards=card)
    return Need.objects.filter(pk__in=CardNeed.objects.filter(card=card).values("need")).order_by("-rank", "id")


def coverage(county: str) -> CardCoverage:
    """How far cards reach in a county (which must be open)."""
    facts = need_facts(county)
    single = sum(len(crowd.members) for crowd in classes_of(facts))
    special = sum(1 for one in facts if one.special)
    return CardCoverage(open=len(facts), single=single, special=special, alone=len(facts) - single - special)


def needs_that_may_have_a_card(county: str) -> set[UUID]:
    """Standing needs that would not stand out today; the county must be open."""
    return {one.need for crowd in classes_of(need_facts(county)) for one in crowd.members}


_ENDED = (ReservationState.RELEASED, ReservationState.EXPIRED)
#: Of cards with `_with_availability`.
_TAKEABLE = Q(can_be_taken=True)
_FREE = F("required") - F("reserved") - F("delivered")


def _with_availability(cards: QuerySet[NeedCard]) -> QuerySet[NeedCard]:
    open_needs = Need.objects.filter(state__in=sorted(STANDING_STATES), required__gt=F("reserved") + F("delivered"))
    behind = CardNeed.objects.filter(
        card=OuterRef("pk"),
        need__state__in=sorted(STANDING_STATES),
        need__required__gt=F("need__reserved") + F("need__delivered"),
    )
    return cards.annotate(can_be_taken=Exists(open_needs.filter(pk=OuterRef("need_id"))) | Exists(behind))


def _public(card: NeedCard) -> PublicCard:
    available = bool(getattr(card, "can_be_taken", False))
    return PublicCard(
        code=card.code,
        county=card.county_id,
        domain=card.domain,
        domain_label=str(Domain(card.domain).label),
        item=card.item,
        title=card.title,
        story=card.story,
        facts=facts_shown(card.shown),
        families=card.shown.get("families"),
        available=available,
        modes=modes_of(card),
        until=card.expires_on,
        place=card.code,
    )


@dataclass(frozen=True, slots=True)
class WouldShow:
    """What a card would show today, and how many families show the same."""

    shown: dict[str, str]
    size: int


def would_show(card: NeedCard) -> WouldShow | None:
    """For the second reader; nothing when the need would stand out. The county must be open."""
    if card.need_id is None:
        return None
    found = crowd_of(card.need_id, need_facts(card.county_id, domain=card.domain))
    return WouldShow(dict(found.shown), households(found.members)) if found else None
