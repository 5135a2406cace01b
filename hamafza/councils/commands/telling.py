"""Tell those who are invited to a meeting: who signs in by a notice and a message, the others by a message alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from hamafza.core import wording
from hamafza.councils.models import Meeting, SeatHolding
from hamafza.councils.queries.seats import deputies_of
from hamafza.notices.commands.message import Recipient, send_message, tell
from hamafza.notices.texts import Value


def when_and_where(held: Meeting) -> dict[str, Value]:
    """What an invitation says."""
    return {
        "council": held.council.name, "day": wording.short_date(held.on),
        "hour": wording.digits(f"{held.starts_at:%H:%M}"), "venue": held.venue,
    }  # fmt: skip


def tell_invited(
    held: Meeting, *, code: str, params: Mapping[str, Value], only: Iterable[SeatHolding | None] | None = None
) -> None:
    """Everybody once, whatever seats she holds or deputises for; nobody before the invitation."""
    url, told = f"/councils/meetings/{held.pk}/", set()
    for holding in _invited(held) if only is None else only:
        if holding is None or (who := holding.user_id or holding.mobile) in told:
            continue
        told.add(who)
        if holding.user is None:
            send_message(Recipient(mobile=holding.mobile), code, params, county=held.place_id)
        else:
            tell(holding.user, code=code, params=params, url=url, place=held.place_id)


def _invited(held: Meeting) -> Iterator[SeatHolding | None]:
    deputies = deputies_of(held)
    for row in held.attendances.select_related("holding__user"):
        yield row.holding
        yield deputies.get(row.seat_id)
