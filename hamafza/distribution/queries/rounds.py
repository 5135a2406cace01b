"""Rounds and the places on their lists, as pages show them."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from hamafza.core.persian import key
from hamafza.distribution.choices import EntryState, RoundState
from hamafza.distribution.models import Delivery, Round, RoundEntry, Warehouse
from hamafza.distribution.tokens import LENGTH, read_token
from hamafza.giving.models import Item
from hamafza.needs.models import AidRecord

#: What a deliverer looks for: who still awaits a package, who has one, everybody.
AWAITED, DELIVERED, ALL = "", "delivered", "all"
SHORTEST_NAME = 3


def rounds_of(county: str, *, state: str = "", item: Item | None = None) -> QuerySet[Round]:
    """Rounds of a county, the latest first."""
    found = Round.objects.filter(county_id=county).select_related("item", "warehouse")
    if state:
        found = found.filter(state=state)
    if item is not None:
        found = found.filter(item=item)
    return found.order_by("-pk")


def rounds_out(county: str) -> QuerySet[Round]:
    """Rounds whose packages are on their way."""
    return rounds_of(county, state=RoundState.OUT)


def round_named(county: str, *, year: int, number: int) -> Round | None:
    """The round with this number."""
    return Round.objects.filter(county_id=county, jalali_year=year, number=number).first()


def items_of_rounds(county: str) -> QuerySet[Item]:
    """What can be handed out: the items in use."""
    return Item.objects.filter(county_id=county, active=True).order_by("name_key", "id")


def stores_of_rounds(county: str) -> QuerySet[Warehouse]:
    """Stores in use."""
    return Warehouse.objects.filter(county_id=county, active=True).order_by("name", "id")


def entries_of(of: Round, *, state: str = "") -> QuerySet[RoundEntry]:
    """The list with names, in its order."""
    found = of.entries.select_related("household__head", "household__district", "need__person").order_by("rank")
    return found.filter(state=state) if state else found


def entries_to_deliver(of: Round, *, text: str = "", which: str = AWAITED) -> QuerySet[RoundEntry]:
    """What a deliverer looks through: found by token, or by the name of the head; the row itself names nobody."""
    found = of.entries.exclude(state__in=[EntryState.STANDBY, EntryState.RELEASED]).order_by("rank")
    if which == AWAITED:
        found = found.filter(state__in=[EntryState.LISTED, EntryState.ABSENT])
    elif which == DELIVERED:
        found = found.filter(state=EntryState.DELIVERED)
    if not text.strip():
        return found.select_related("household__district")
    matches = Q(token=read_token(text)) if len(read_token(text)) == LENGTH else Q(pk__in=[])
    if len(key(text)) >= SHORTEST_NAME:
        matches |= Q(household__head__name_key__contains=key(text))
    return found.filter(matches).select_related("household__district")


def entry_with_token(token: str) -> RoundEntry | None:
    """The place a slip of paper names, in a round that is out; nothing else is found by it."""
    found = RoundEntry.objects.filter(token=read_token(token), round__state=RoundState.OUT)
    return found.exclude(state__in=[EntryState.STANDBY, EntryState.RELEASED]).first()


def entry_again(entry: RoundEntry) -> RoundEntry:
    """The entry as it is now."""
    return RoundEntry.objects.select_related("round").get(pk=entry.pk)


def is_replaced(entry: RoundEntry) -> bool:
    """Whether another family has taken this place."""
    return RoundEntry.objects.filter(replaces=entry).exists()


def delivery_of(entry: RoundEntry) -> Delivery | None:
    """What was handed over, and whether it came back."""
    return Delivery.objects.filter(entry=entry).select_related("by").first()


def entries_on_paper(of: Round) -> QuerySet[RoundEntry]:
    """Those who are to come or be visited, in the order of the list."""
    wanted = [EntryState.LISTED, EntryState.ABSENT, EntryState.DELIVERED]
    return entries_of(of).filter(state__in=wanted)


def deliveries_of(of: Round) -> QuerySet[Delivery]:
    """Deliveries of a round, the latest first."""
    return Delivery.objects.filter(entry__round=of).select_related("entry", "lot", "by").order_by("-at", "-pk")


def to_call_back(county: str) -> QuerySet[Delivery]:
    """Deliveries drawn by lot that nobody has asked about yet, the oldest first."""
    drawn = Delivery.objects.filter(county_id=county, audit_drawn=True, audited_at=None, returned_at=None)
    return drawn.select_related("entry__round__item").order_by("at", "pk")


def aid_of(delivery: Delivery) -> AidRecord | None:
    """The record of aid that a delivery has written."""
    return AidRecord.objects.filter(source_type="delivery", source_id=delivery.pk).first()
