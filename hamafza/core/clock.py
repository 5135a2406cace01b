"""What day it is. One place, so that a story of four weeks can be told in a minute.

``HAMAFZA_TEST_CLOCK`` names a file that holds a day (2026-11-21); the program then believes it is that day. It is refused
unless ``HAMAFZA_DEBUG`` is set.
"""

from __future__ import annotations

import datetime
from pathlib import Path

from django.conf import settings
from django.utils import timezone


def today() -> datetime.date:
    """The day at the office."""
    path: Path | None = settings.HAMAFZA_TEST_CLOCK
    if path is None:
        return timezone.localdate()
    return datetime.date.fromisoformat(path.read_text(encoding="ascii").strip())


def now() -> datetime.datetime:
    """The present moment, with its zone; on the day of the test clock when there is one."""
    moment = timezone.now()
    return moment + datetime.timedelta(days=(today() - timezone.localdate(moment)).days)
