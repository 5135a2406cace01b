"""Tell those who are invited to a meeting: who signs in by a notice and a message, the others by a message alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from hamafza.core import wording
from hamafza.councils.models import Attendance, Meeting
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
    held: Meeting, *, code: str, params: Mapping[str, Value], only: Iterable[Attendance] | None = None
) -> None:
    """Everybody once, whatever seats she holds or deputises for; nobody before the invitation."""
    url, told = f"/councils/meetings/{held.pk}/", set()
    rows = held.attendances.select_related("holding__user") if only is None else only
    deputies = deputies_of(held)
    for holding in (one for row in rows for one in (row.holding, deputies.get(row.seat_id))):
        if holding is None or (who := holding.user_id or holding.mobile) in told:
            continue
        told.add(who)
        if holding.user is None:
            send_message(Recipient(mobile=holding.mobile), code, params, county=held.place_id)
        else:
            tell(holding.user, code=code, params=params, url=url, place=held.place_id)
