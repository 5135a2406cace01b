"""Who has received what: the one record of aid, and the question whether the same comes twice."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from hamafza.core.persian import key
from hamafza.needs.flow import AGAIN_DAYS
from hamafza.needs.models import AidRecord
from hamafza.registry.models import Household


def aid_of(household: Household) -> QuerySet[AidRecord]:
    """What a household received, the latest first."""
    return AidRecord.objects.filter(household=household).select_related("giver", "by").order_by("-on", "-pk")


def aid_in(
    county: str, *, domain: str, item: str, households: Collection[UUID] | None = None, on: date
) -> QuerySet[AidRecord]:
    """The same item received within its period before or after a day, and not taken back; ``item`` as written."""
    period = timedelta(days=AGAIN_DAYS[domain])
    found = AidRecord.objects.filter(
        county_id=county,
        domain=domain,
        item_key=key(item)[:120],
        on__gt=on - period,
        on__lt=on + period,
        taken_back_at=None,
    )
    return found if households is None else found.filter(household__in=list(households))


#: Acts of a giver of her own, each of whom is a source, also when she is no organization.
OWN_ACTS = frozenset({"reservedunits", "capacitymatch"})


def aid_from_elsewhere(
    household: Household,
    *,
    domain: str,
    item: str,
    on: date,
    source: str,
    giver: UUID | None,
    need: UUID | None,
    same_act: Collection[UUID] = (),
) -> AidRecord | None:
    """The same item from another source in the period (N7); nothing when there is none.

    Another source is another body or another way of giving (``source``, such as ``disbursement``); of persons who give
    directly, every other act (``same_act`` names what belongs to this one). Units of one and the same need are counted
    by the need itself and do not meet here.
    """
    found = aid_in(household.county_id, domain=domain, item=item, households=[household.pk], on=on)
    found = found.exclude(source_type=source, source_id__in=list(same_act))
    elsewhere = ~Q(source_type=source) | ~_same_giver(giver)
    if giver is None and source in OWN_ACTS:
        elsewhere = Q()
    if need is not None:
        found = found.filter(Q(need__isnull=True) | ~Q(need=need))
    return found.filter(elsewhere).select_related("giver").order_by("-on").first()


def _same_giver(giver: UUID | None) -> Q:
    return Q(giver__isnull=True) if giver is None else Q(giver__isnull=False, giver_id=giver)
