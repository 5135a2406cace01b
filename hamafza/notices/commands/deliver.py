"""Send what waits in the outbox, each message once.

A message is taken under lock and marked before the network is asked, and marked again by the answer. Where the answer
is missing (a time-out, a stopped worker) nobody knows whether it arrived: it is not sent again, and the office sees it.
"""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone, translation

from hamafza.core.scope import counties
from hamafza.notices.choices import MessageState
from hamafza.notices.models import Message
from hamafza.notices.queries.messages import in_words, waiting_messages
from hamafza.notices.senders import NotSent, Sender, Unsure, sender_of
from hamafza.notices.tasks import send_one

#: How long to wait after the first, second, third try.
PAUSES = (timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1))
#: A message still marked as being sent after this was in the hands of a worker that stopped.
LEFT_ALONE = timedelta(minutes=15)
#: Messages go out in Persian, whoever writes them.
LANGUAGE = "fa"


def deliver(message: UUID, *, county: str) -> str:
    """Send one message of a county; answers its state. One that is not waiting, or not yet due, is left as it is."""
    with counties([county]):
        taken = _take(message)
        if taken is None:
            return Message.objects.values_list("state", flat=True).filter(pk=message).first() or ""
        state, error = _send(taken, sender_of(taken.channel))
        state = _mark(taken, state, error)
    if state == MessageState.WAITING:
        send_one.using(run_after=timezone.now() + PAUSES[taken.tries - 1]).enqueue(str(message), county)
    return state


def deliver_waiting(county: str) -> int:
    """Send all that waits in a county, and set aside what a stopped worker left; answers how many were sent or kept."""
    with counties([county]):
        _set_aside_left()
        waiting = list(waiting_messages(county))
    return sum(deliver(one, county=county) in {MessageState.SENT, MessageState.KEPT} for one in waiting)


@transaction.atomic
def _take(pk: UUID) -> Message | None:
    found = Message.objects.select_for_update().filter(pk=pk, state=MessageState.WAITING).first()
    if found is None or found.try_after > timezone.now():
        return None
    found.state, found.tries, found.try_after = MessageState.SENDING, found.tries + 1, timezone.now()
    found.save(update_fields=["state", "tries", "try_after"])
    return found


def _send(message: Message, sender: Sender) -> tuple[MessageState, str]:
    with translation.override(LANGUAGE):
        text = in_words(message)
    try:
        return sender.send(message.address, text, key=message.pk), ""
    except NotSent as fault:
        again = fault.may_try_again and message.tries <= len(PAUSES)
        return (MessageState.WAITING if again else MessageState.FAILED), str(fault)
    except Unsure as fault:
        return MessageState.UNSURE, str(fault)


@transaction.atomic
def _mark(taken: Message, state: MessageState, error: str) -> MessageState:
    message = Message.objects.select_for_update().get(pk=taken.pk)
    message.state, message.error = state, error[:200]
    if state == MessageState.SENT:
        message.sent_at = timezone.now()
    if state == MessageState.WAITING:
        message.try_after = timezone.now() + PAUSES[message.tries - 1]
    message.save(update_fields=["state", "error", "sent_at", "try_after"])
    return state


@transaction.atomic
def _set_aside_left() -> None:
    before = timezone.now() - LEFT_ALONE
    for message in Message.objects.select_for_update().filter(state=MessageState.SENDING, try_after__lt=before):
        message.state, message.error = MessageState.UNSURE, "the worker stopped"
        message.save(update_fields=["state", "error"])
