"""Messages of the outbox, and what they say."""

from __future__ import annotations

import json
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from hamafza.core.scope import everywhere
from hamafza.notices.choices import MessageState
from hamafza.notices.models import Message
from hamafza.notices.texts import SECRET, sentence

#: What a secret reads on a page.
HIDDEN = "••••"
#: In one round of the worker and one county.
AT_ONCE = 500


def messages_of(county: str, *, state: str = "", before: UUID | None = None) -> QuerySet[Message]:
    """Messages of a county (which must be open), the newest first; ``before``: those older than one of them."""
    found = Message.objects.filter(county_id=county).order_by("-id")
    if state in MessageState.values:
        found = found.filter(state=state)
    return found if before is None else found.filter(id__lt=before)


def waiting_messages(county: str) -> QuerySet[Message, UUID]:
    """Ids of what is to be sent now, the oldest first."""
    due = Message.objects.filter(county_id=county, state=MessageState.WAITING, try_after__lte=timezone.now())
    return due.order_by("try_after").values_list("pk", flat=True)[:AT_ONCE]


def counties_with_mail() -> list[str]:
    """Counties with a message that waits or is being sent."""
    with everywhere(reason="outbox"):
        in_hand = Message.objects.filter(state__in=[MessageState.WAITING, MessageState.SENDING])
        return sorted(in_hand.order_by().values_list("county_id", flat=True).distinct())


def in_words(message: Message, *, hide_secrets: bool = False) -> str:
    """The text, in the language that is on; ``hide_secrets`` for pages: a one-time code is for its receiver alone."""
    params = json.loads(message.params or "{}")
    if hide_secrets:
        params = {name: HIDDEN if name in SECRET else value for name, value in params.items()}
    return sentence(message.code, params)
