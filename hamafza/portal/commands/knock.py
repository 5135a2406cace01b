"""Count wrong codes of an address."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from hamafza.core.crypto import blind_index
from hamafza.portal.models import WrongKnock
from hamafza.portal.rules import QUARTER, WRONG_CODES

_QUARTERS_OF_A_DAY = 96


def knock_wrong(address: str) -> None:
    """A code led nowhere."""
    now = _quarter()
    with transaction.atomic():
        mine = {"address_index": _index(address), "quarter": now}
        WrongKnock.objects.bulk_create([WrongKnock(**mine)], ignore_conflicts=True)
        WrongKnock.objects.filter(**mine).update(count=F("count") + 1)
        WrongKnock.objects.filter(quarter__lt=now - _QUARTERS_OF_A_DAY).delete()


def knocks_too_often(address: str) -> bool:
    """Whether an address has typed so many wrong codes that it must wait."""
    tried = WrongKnock.objects.filter(address_index=_index(address), quarter=_quarter())
    return (tried.values_list("count", flat=True).first() or 0) >= WRONG_CODES


def _quarter() -> int:
    return int(timezone.now().timestamp()) // QUARTER


def _index(address: str) -> str:
    return blind_index(address, purpose="public-address")
