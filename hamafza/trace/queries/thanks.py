"""What somebody really did in a span: the figures of a letter of thanks, worked out once and then frozen."""

from __future__ import annotations

from datetime import date
from typing import TypedDict
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Sum

from hamafza.accounts.models import Duty, Organization, User
from hamafza.core import clock
from hamafza.core.persian import key
from hamafza.distribution.models import Delivery, Lot, Round
from hamafza.giving.choices import DonationState, GiftKind
from hamafza.giving.models import Benefactor, Donation, DonationLine
from hamafza.needs.models import AidRecord, Assessment
from hamafza.trace.lineage import Stretch
from hamafza.trace.queries.goods import goods_way, sizes_of
from hamafza.trace.queries.money import money_way

MOST_ITEMS = 6


class Facts(TypedDict, total=False):
    """Figures of a letter, as JSON: counts and rials. A missing one does not belong to this kind of recipient."""

    gifts: int
    rial: int
    goods: list[tuple[int, str]]
    services: int
    families: int
    times: int
    value: int
    deliveries: int
    assessments: int
    rounds: int
    received: int
    confirmed: int


def benefactor_facts(benefactor: Benefactor, *, since: date, until: date) -> Facts:
    """What she gave, and how many families it has reached so far."""
    gifts = Donation.objects.filter(
        benefactor=benefactor, state=DonationState.CONFIRMED, received_on__range=(since, until)
    )
    lines = DonationLine.objects.filter(donation__in=gifts)
    sums = lines.aggregate(
        gifts=Count("donation", distinct=True),
        rial=Sum("amount", filter=Q(kind=GiftKind.MONEY)),
        services=Count("pk", filter=Q(kind=GiftKind.SERVICE)),
    )
    goods = lines.filter(kind=GiftKind.GOODS).values("item__name").annotate(total=Sum("quantity"))
    return Facts(
        gifts=sums["gifts"],
        rial=sums["rial"] or 0,
        goods=list(goods.order_by("-total", "item__name").values_list("total", "item__name")[:MOST_ITEMS]),
        services=sums["services"],
        families=len(_families(lines)),
    )


def organization_facts(organization: Organization, county: str, *, since: date, until: date) -> Facts:
    """What the body gave to families of an open county, by the one record of aid."""
    aid = AidRecord.objects.filter(
        county_id=county, giver=organization, on__range=(since, until), taken_back_at__isnull=True
    )
    sums = aid.aggregate(families=Count("household", distinct=True), times=Count("pk"), value=Sum("value_rial"))
    return Facts(families=sums["families"], times=sums["times"], value=sums["value"] or 0)


def staff_facts(user: User, county: str, *, since: date, until: date) -> Facts:
    """What a colleague did in an open county: acts that stand under her name; a package that came back does not."""
    days = (since, until)
    deliveries = Delivery.objects.filter(county_id=county, by=user, on__range=days, returned_at=None)
    return Facts(
        deliveries=deliveries.count(),
        families=deliveries.order_by().values("entry__household").distinct().count(),
        assessments=Assessment.objects.filter(county_id=county, assessor=user, assessed_on__range=days).count(),
        rounds=Round.objects.filter(county_id=county, planned_by=user, starts_on__range=days).count(),
        received=Donation.objects.filter(county_id=county, received_by=user, received_on__range=days).count(),
        confirmed=Donation.objects.filter(county_id=county, confirmed_by=user, received_on__range=days).count(),
    )


def has_done_something(facts: Facts) -> bool:
    """Whether any figure is there to thank for."""
    return any(facts.values())


def thankable_benefactors(county: str, text: str = "") -> QuerySet[Benefactor]:
    """Benefactors of an open county with a confirmed gift, by name; ``text`` is a part of it."""
    gave = Donation.objects.filter(county_id=county, state=DonationState.CONFIRMED).values("benefactor")
    found = Benefactor.objects.filter(county_id=county, pk__in=gave).order_by("name_key", "id")
    return found.filter(name_key__contains=key(text)) if text else found


def thankable_organizations(county: str, text: str = "") -> QuerySet[Organization]:
    """Bodies with aid on record in an open county."""
    gave = AidRecord.objects.filter(county_id=county).exclude(giver=None).order_by().values("giver").distinct()
    found = Organization.objects.filter(pk__in=gave).order_by("sort_key", "id")
    return found.filter(name_key__contains=key(text)) if text else found


def thankable_staff(county: str, text: str = "") -> QuerySet[User]:
    """Whoever has a duty of the office in a county today; benefactors are thanked as such."""
    today = clock.today()
    duties = Duty.objects.filter(Q(valid_to=None) | Q(valid_to__gte=today), place_id=county, valid_from__lte=today)
    working = duties.exclude(role="benefactor").order_by().values("user")
    found = User.objects.filter(pk__in=working, is_active=True).order_by("full_name")
    return found.filter(search_key__contains=key(text)) if text else found


def _families(lines: QuerySet[DonationLine]) -> set[UUID]:
    """Ids for counting; gifts of money of which something was used are followed one by one, goods all at once."""
    lots = list(Lot.objects.filter(donation_line__in=lines).values_list("id", flat=True))
    sizes = sizes_of(lots) if lots else {}
    found = set(goods_way({lot: [Stretch.whole(sizes.get(lot, 0))] for lot in lots}).households) if lots else set()
    used = lines.filter(kind=GiftKind.MONEY, uses__isnull=False).order_by().distinct()
    for line in used.values_list("pk", flat=True):
        found |= money_way(line).households
    return found
