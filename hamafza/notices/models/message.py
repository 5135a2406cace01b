"""Messages that leave the house: an outbox, written with what they tell of and sent later."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from hamafza.core.fields import SealedTextField
from hamafza.notices.choices import MessageChannel, MessageState
from hamafza.places.models import CountyOwned


class Message(CountyOwned):
    """One message to one mobile or e-mail address. Its text is made from ``code`` and ``params`` when it is sent.

    ``params`` is JSON, sealed: one of them may be a one-time code. None of them names a client.
    """

    channel = models.CharField(max_length=5, choices=MessageChannel.choices)
    address = SealedTextField()
    code = models.CharField(max_length=60)
    params = SealedTextField()
    state = models.CharField(max_length=7, choices=MessageState.choices, default=MessageState.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    #: Not tried before this moment; grows with each try.
    try_after = models.DateTimeField(default=timezone.now)
    at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True)
    #: What the sender answered, without address and text.
    error = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        indexes = [
            models.Index(fields=["county", "-id"], name="message_by_county"),
            models.Index(
                fields=["county", "try_after"],
                condition=Q(state__in=[MessageState.WAITING, MessageState.SENDING]),
                name="message_in_hand",
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=MessageState.values), name="message_state_known"),
            models.CheckConstraint(condition=Q(channel__in=MessageChannel.values), name="message_channel_known"),
        ]

    def __str__(self) -> str:
        return self.code
