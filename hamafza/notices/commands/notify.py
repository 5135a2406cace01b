"""Leave a message for a user, and mark messages as read."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from hamafza.accounts.models import User
from hamafza.notices.models import Notice
from hamafza.notices.texts import Value, sentence


def notify(user: User, *, code: str, params: Mapping[str, Value] | None = None, url: str = "") -> Notice:
    """Leave a message (`texts.TEXTS`); within the caller's transaction, so that it stands only with what it tells of.

    ``url`` is the page to go on to, a path of ours. A code or a parameter the text does not have raises `KeyError`.
    """
    given = dict(params or {})
    sentence(code, given)
    if url and (not url.startswith("/") or url.startswith("//")):
        raise ValueError("a notice leads to a page of ours")
    return Notice.objects.create(user=user, code=code, params=given, url=url)


def mark_read(user: User, *, notice: UUID) -> Notice | None:
    """One message of the user is read; None when she has no such one."""
    with transaction.atomic():
        found = Notice.objects.select_for_update().filter(user=user, pk=notice).first()
        if found is not None and found.read_at is None:
            found.read_at = timezone.now()
            found.save(update_fields=["read_at"])
    return found


def mark_all_read(user: User) -> int:
    """All messages of the user are read; answers how many were not."""
    return Notice.objects.filter(user=user, read_at__isnull=True).update(read_at=timezone.now())
