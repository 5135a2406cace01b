"""Messages of one user."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from hamafza.accounts.models import User
from hamafza.notices.models import Notice

#: Unread messages are counted no further than this.
CAP = 99


def notices_of(user: User, *, before: UUID | None = None) -> QuerySet[Notice]:
    """The newest first; ``before``: those older than one of them."""
    found = Notice.objects.filter(user=user).order_by("-id")
    return found if before is None else found.filter(id__lt=before)


def unread_count(user: User) -> int:
    """How many are unread, at most `CAP` + 1; one look into a small index."""
    return Notice.objects.filter(user=user, read_at__isnull=True).order_by()[: CAP + 1].count()
