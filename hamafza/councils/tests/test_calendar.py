"""The calendar file, read back by a reader written from RFC 5545 alone."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from uuid import UUID

from hypothesis import given, strategies as st

from hamafza.councils.calendar import Event, calendar_file

UID = UUID("01a202d5-0085-7000-b5fa-8ef11b57ea70")
STAMP = datetime(2026, 11, 22, 6, 30, tzinfo=UTC)


def an_event(**said: object) -> Event:
    given_: dict[str, object] = {
        "summary": "نشست شورا", "location": "سالن", "description": "", "on": date(2026, 11, 24),
        "starts_at": time(10), "ends_at": time(12),
    }  # fmt: skip
    return Event(uid=UID, stamp=STAMP, **(given_ | said))  # type: ignore[arg-type]


def read(content: bytes) -> dict[str, str]:
    """Unfold, part at the first colon, unescape."""
    text = content.decode()
    assert text.endswith("\r\n")
    assert "\n" not in text.replace("\r\n", "")
    lines = re.sub(r"\r\n[ \t]", "", text).split("\r\n")[:-1]
    pairs = [line.split(":", 1) for line in lines]
    signs = {"\\n": "\n", "\\N": "\n", "\\\\": "\\", "\\;": ";", "\\,": ","}
    return {name: re.sub(r"\\[nN\\;,]", lambda found: signs[found.group()], value) for name, value in pairs}


def test_times_are_those_of_tehran_in_utc() -> None:
    said = read(calendar_file(an_event()))
    assert (said["DTSTART"], said["DTEND"], said["DTSTAMP"]) == (
        "20261124T063000Z",
        "20261124T083000Z",
        "20261122T063000Z",
    )
    assert (said["UID"], said["STATUS"]) == (f"{UID}@hamafza", "CONFIRMED")


def test_without_an_end_it_lasts_two_hours() -> None:
    assert read(calendar_file(an_event(ends_at=None)))["DTEND"] == "20261124T083000Z"


def test_event_called_off_says_so() -> None:
    assert read(calendar_file(an_event(is_cancelled=True)))["STATUS"] == "CANCELLED"


#: Whatever a secretary may type; ends of line of other kinds and control signs are made plain.
TYPED = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.just("\n"), max_size=200)


@given(summary=TYPED, description=TYPED)
def test_every_text_comes_back_and_no_line_is_too_long(summary: str, description: str) -> None:
    content = calendar_file(an_event(summary=summary, description=description))
    said = read(content)
    assert (said["SUMMARY"], said["DESCRIPTION"]) == (summary, description)
    assert max(len(line) for line in content.split(b"\r\n")) <= 75


def test_text_cannot_begin_a_property_of_its_own() -> None:
    said = read(calendar_file(an_event(summary="نشست\r\nATTENDEE:mailto:x@example.com\r\n X:\x00")))
    assert "ATTENDEE" not in said
    assert said["SUMMARY"] == "نشست\nATTENDEE:mailto:x@example.com\n X:"
