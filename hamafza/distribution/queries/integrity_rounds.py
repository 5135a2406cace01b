"""What must be true of all rounds of a county, proved row by row from what is written (`hamafza verify`).

S4: packed is delivered, lost and still returned. S5: one household once a round and once a period, and every listed
one has its reason. Every delivery that stands has gone out of stock, is one record of aid, and stands in the books at
its value; one that came back has come back everywhere.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import combinations
from uuid import UUID

from django.db.models import Count, F, Q, Sum

from hamafza.distribution.choices import SERVED_STATES, EntryState, MovementKind, Proof, RoundState
from hamafza.distribution.models import Delivery, Movement, Round, RoundEntry
from hamafza.distribution.periods import overlapping
from hamafza.distribution.queries.stock import DELIVERY
from hamafza.documents.models import Attachment
from hamafza.ledger.choices import Account
from hamafza.ledger.models import JournalLine
from hamafza.needs.models import AidRecord

CLOSED = (RoundState.RECONCILED, RoundState.REPORTED)


def faults_of_rounds(county: str) -> Iterator[str]:
    """A sentence for each promise that is broken; the county is open."""
    yield from _figures(county)
    yield from _places(county)
    yield from _states(county)
    yield from _deliveries(county)
    yield from _pictures(county)


def checked_of_rounds(county: str) -> int:
    """How many places and deliveries `faults_of_rounds` looks at."""
    return RoundEntry.objects.filter(county_id=county).count() + Delivery.objects.filter(county_id=county).count()


def _figures(county: str) -> Iterator[str]:
    """S4 of closed rounds, with the deliveries counted anew."""
    kept = Sum("entries__delivery__quantity", filter=Q(entries__delivery__returned_at=None))
    for one in Round.objects.filter(county_id=county).annotate(counted=kept):
        delivered = one.counted or 0
        if one.state in CLOSED and (one.delivered != delivered or one.packed != delivered + one.wasted + one.came_back):
            yield f"round {one.pk}: packed {one.packed}, but {delivered} delivered, {one.wasted} lost, {one.came_back} back"
        if delivered > one.packed:
            yield f"round {one.pk}: {delivered} delivered of {one.packed} packed"


def _places(county: str) -> Iterator[str]:
    """S5: once a round, once a period, with a reason."""
    entries = RoundEntry.objects.filter(county_id=county).order_by()
    for row in entries.values("round", "household").annotate(times=Count("pk")).filter(times__gt=1):
        yield f"round {row['round']}: household {row['household']} stands on it {row['times']} times"
    served = entries.filter(state__in=sorted(SERVED_STATES))
    several = served.values("household", "item").annotate(times=Count("pk")).filter(times__gt=1)
    for twice in several.values_list("household", "item"):
        periods = sorted(served.filter(household=twice[0], item=twice[1]).values_list("period", flat=True))
        for one, other in combinations(periods, 2):
            if other in overlapping(one):
                yield f"household {twice[0]}: served in {one} and in {other}, which overlap"
    for pk in entries.filter(Q(why={}) | ~Q(item=F("round__item")) | ~Q(period=F("round__period"))).values_list(
        "pk", flat=True
    ):
        yield f"entry {pk}: no reason, or not of its round"


def _states(county: str) -> Iterator[str]:
    """Delivered entries have a delivery that stands; no other has one. Nothing is awaited from a closed round."""
    entries = RoundEntry.objects.filter(county_id=county)
    stands = Q(delivery__isnull=False, delivery__returned_at=None)
    wrong = entries.filter((Q(state=EntryState.DELIVERED) & ~stands) | (~Q(state=EntryState.DELIVERED) & stands))
    for pk in wrong.values_list("pk", flat=True):
        yield f"entry {pk}: its state and its delivery do not agree"
    late = entries.filter(
        state__in=[EntryState.LISTED, EntryState.ABSENT, EntryState.STANDBY],
        round__state__in=[*CLOSED, RoundState.CANCELLED],
    )
    for pk in late.values_list("pk", flat=True):
        yield f"entry {pk}: still awaited though its round is over"


def _deliveries(county: str) -> Iterator[str]:
    """Each delivery in stock, in the records of aid and in the books."""
    deliveries = list(Delivery.objects.filter(county_id=county).select_related("lot", "entry"))
    pks = {one.pk for one in deliveries}
    out = _moved(county, MovementKind.ISSUE)
    back = _moved(county, MovementKind.RETURN)
    aid = _aid(county, taken_back=False)
    taken_back = _aid(county, taken_back=True)
    books = _booked(county)
    for one in deliveries:
        kept = 0 if one.returned_at else one.quantity
        issued = (-out.get(one.pk, 0), back.get(one.pk, 0))
        if issued != (one.quantity, one.quantity - kept):
            yield f"delivery {one.pk}: {one.quantity} handed out, {one.quantity - kept} back; in stock {issued}"
        if (aid[one.pk], taken_back[one.pk]) != ((1, 0) if kept else (0, 1)):
            yield f"delivery {one.pk}: {aid[one.pk]} records of aid stand, {taken_back[one.pk]} are taken back"
        if books.get(one.pk, 0) != kept * one.lot.unit_value_rial:
            yield f"delivery {one.pk}: the books say {books.get(one.pk, 0)} rials"
        if one.lot.county_id != one.county_id or one.entry.county_id != one.county_id:
            yield f"delivery {one.pk}: goods or household of another county"
    known = (*out, *back, *aid, *taken_back, *books)
    for stray in sorted(set(known) - pks, key=str):
        yield f"delivery {stray}: movements, aid or books of a delivery that is not on file"


def _pictures(county: str) -> Iterator[str]:
    """A signature or photo that proves a delivery is on file."""
    drawn = Delivery.objects.filter(county_id=county, proof__in=[Proof.SIGNATURE, Proof.PHOTO])
    papers = Attachment.objects.filter(county_id=county, source_type=DELIVERY, removed_at=None).values("source_id")
    for pk in drawn.exclude(pk__in=papers).values_list("pk", flat=True):
        yield f"delivery {pk}: its picture is missing"


def _moved(county: str, kind: MovementKind) -> dict[UUID, int]:
    rows = Movement.objects.filter(county_id=county, kind=kind, source_type=DELIVERY).order_by()
    return _sums(rows.values_list("source_id").annotate(units=Sum("quantity")))


def _aid(county: str, *, taken_back: bool) -> Counter[UUID]:
    rows = AidRecord.objects.filter(county_id=county, source_type=DELIVERY, taken_back_at__isnull=not taken_back)
    return Counter(rows.values_list("source_id", flat=True))


def _booked(county: str) -> dict[UUID, int]:
    lines = JournalLine.objects.filter(
        county_id=county, account=Account.AID_GOODS, entry__source_type=DELIVERY, entry__posted_at__isnull=False
    ).order_by()
    return _sums(lines.values_list("entry__source_id").annotate(rial=Sum("amount")))


def _sums(rows: Iterable[tuple[UUID, int]]) -> dict[UUID, int]:
    return {pk: total for pk, total in rows if total}
