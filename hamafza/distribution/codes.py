"""Codes of lots, as they stand on labels."""

from __future__ import annotations

import secrets

from hamafza.giving.codes import ALPHABET

#: 39 bits: enough that the unique key of the table never has to say no in a county's life.
LENGTH = 8


def new_lot_code() -> str:
    """A code of a lot, such as LK3M9QX2A."""
    return "L" + "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
