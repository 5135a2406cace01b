"""Read the whole of a message that no sender took, with a reason: so the office can say it by telephone."""

from __future__ import annotations

import json

from django.db import transaction
from django.utils.translation import gettext as _

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import require
from hamafza.audit.commands.record_read import record_read
from hamafza.core.errors import Refusal
from hamafza.notices.choices import MessageState
from hamafza.notices.models import Message
from hamafza.notices.queries.messages import in_words
from hamafza.notices.texts import SECRET

SHORTEST_REASON = 3


def may_reveal(actor: Actor, message: Message) -> bool:
    """Whether there is something hidden in it that this actor may read: never in one that went out."""
    return (
        message.state == MessageState.KEPT
        and actor.may(Permission.REVEAL_IDENTITY, message.county_id)
        and bool(SECRET & set(json.loads(message.params or "{}")))
    )


@transaction.atomic
def reveal_message(message: Message, *, reason: str, by: Actor) -> str:
    """The whole text; the reading is recorded before it is given."""
    require(by, Permission.REVEAL_IDENTITY, place=message.county_id)
    if message.state != MessageState.KEPT:
        raise Refusal(_("Only its receiver reads a message that was sent."), code="sent")
    if len(reason.strip()) < SHORTEST_REASON:
        raise Refusal(_("Say why you need to see it."), code="no_reason", field="reason")
    record_read(message, fields=["params"], reason=reason.strip()[:200])
    return in_words(message)
