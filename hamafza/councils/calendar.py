"""A meeting as a calendar file (RFC 5545): one event, times in UTC, texts escaped, lines folded, ends of line as it wants."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

MIME = "text/calendar; charset=utf-8"
TEHRAN = ZoneInfo("Asia/Tehran")
#: How long an event lasts whose end nobody has said.
USUAL = timedelta(hours=2)
_FOLD = 75


@dataclass(frozen=True, slots=True)
class Event:
    """A meeting in a calendar; ``sequence`` grows with each change, so that calendars take the newer one."""

    uid: UUID
    summary: str
    location: str
    description: str
    on: date
    starts_at: time
    ends_at: time | None
    stamp: datetime
    sequence: int = 0
    is_cancelled: bool = False


def calendar_file(event: Event) -> bytes:
    """The file; the same event gives the same bytes."""
    begins = datetime.combine(event.on, event.starts_at, TEHRAN)
    ends = datetime.combine(event.on, event.ends_at, TEHRAN) if event.ends_at else begins + USUAL
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Hamafza//Councils//FA",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        f"UID:{event.uid}@hamafza",
        f"DTSTAMP:{_moment(event.stamp)}",
        f"SEQUENCE:{event.sequence}",
        f"DTSTART:{_moment(begins)}",
        f"DTEND:{_moment(ends)}",
        f"SUMMARY:{escaped(event.summary)}",
        f"LOCATION:{escaped(event.location)}",
        f"DESCRIPTION:{escaped(event.description)}",
        f"STATUS:{'CANCELLED' if event.is_cancelled else 'CONFIRMED'}",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return b"".join(part + b"\r\n" for line in lines for part in folded(line))


def escaped(text: str) -> str:
    """A TEXT value: backslash, semicolon, comma and ends of line are escaped; other control signs have no place in it."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return "".join(sign for sign in text.replace("\n", "\\n") if sign >= " " and sign != "\x7f")


def folded(line: str) -> Iterable[bytes]:
    """At most 75 octets a line, never in the midst of a letter; what goes on begins with a space."""
    part = b""
    for letter in line:
        octets = letter.encode()
        if len(part) + len(octets) > _FOLD:
            yield part
            part = b" "
        part += octets
    yield part


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
