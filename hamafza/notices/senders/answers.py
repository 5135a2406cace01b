"""What a sender is, and how it says that it could not."""

from __future__ import annotations

from typing import Protocol
from uuid import UUID

from hamafza.notices.choices import MessageState


class NotSent(Exception):
    """The message certainly did not go out; ``may_try_again`` unless trying again cannot help (a wrong number)."""

    def __init__(self, why: str, *, may_try_again: bool) -> None:
        super().__init__(why)
        self.may_try_again = may_try_again


class Unsure(Exception):
    """The connection broke after the message was handed over: it may have gone out."""


class Sender(Protocol):
    def send(self, address: str, text: str, *, key: UUID) -> MessageState:
        """Send and answer `SENT` (or `KEPT`). ``key`` is the message's own, for a service that leaves out repetitions.

        Raises `NotSent` or `Unsure`; neither carries the address or the text.
        """
        ...
