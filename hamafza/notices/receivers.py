"""What lower apps tell becomes a message."""

from __future__ import annotations

from typing import Any

from hamafza.accounts.models import Duty
from hamafza.notices.commands.notify import notify


def tell_of_given_duty(sender: Any, *, duty: Duty, **_more: Any) -> None:
    """The holder learns of her new duty."""
    notify(duty.user, code="accounts.duty.given", params={"role": duty.role, "place": duty.place.name_fa})


def tell_of_ended_duty(sender: Any, *, duty: Duty, **_more: Any) -> None:
    """The holder learns that her duty has ended."""
    notify(duty.user, code="accounts.duty.ended", params={"role": duty.role, "place": duty.place.name_fa})
