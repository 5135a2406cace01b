"""Public ids: UUID version 7 (RFC 9562), which sort by the time they were made."""

from __future__ import annotations

import os
import threading
import time
from uuid import UUID

_lock = threading.Lock()
_last = 0


def uuid7() -> UUID:
    """A new UUIDv7; within one process each is greater than the one before."""
    global _last  # noqa: PLW0603 - the clock of this process
    now = time.time_ns() // 1_000_000 << 12  # 48 bits of milliseconds, 12 bits of counter
    with _lock:
        _last = max(_last + 1, now)
        stamp = _last
    millis, counter = stamp >> 12, stamp & 0xFFF
    tail = int.from_bytes(os.urandom(8), "big") & ((1 << 62) - 1)
    return UUID(int=millis << 80 | 0x7 << 76 | counter << 64 | 0b10 << 62 | tail)
