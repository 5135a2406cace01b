"""What day it is. One place, so that a story of four weeks can be told in a minute.

``HAMAFZA_TEST_CLOCK`` names a file that holds a day (2026-11-21); the program then believes it is that day. It is refused
unless ``HAMAFZA_DEBUG`` is set.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

from django.conf import settings
from django.utils import timezone

_told: ContextVar[datetime.date | None] = ContextVar("hamafza_told_day", default=None)


def today() -> datetime.date:
    """The day at the office."""
    told = _told.get()
    if told is not None:
        return told
    path: Path | None = settings.HAMAFZA_TEST_CLOCK
    if path is None:
        return timezone.localdate()
    return datetime.date.fromisoformat(path.read_text(encoding="ascii").strip())


def now() -> datetime.datetime:
    """The present moment, with its zone; on the day of the test clock when there is one."""
    moment = timezone.now()
    return moment + datetime.timedelta(days=(today() - timezone.localdate(moment)).days)


@contextmanager
def telling(day: datetime.date) -> Iterator[None]:
    """Tell what happened on another day. For the demonstration alone: the trail keeps the real moment."""
    token = _told.set(day)
    try:
        yield
    finally:
        _told.reset(token)
