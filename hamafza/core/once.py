"""A row that a form makes once: two that are sent at the same moment make one."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.db import IntegrityError, models, transaction

M = TypeVar("M", bound=models.Model)


def insert_once(row: M, already: Callable[[], M | None]) -> M:
    """Insert an unsaved row, or give the one of the same form that was quicker (``already``)."""
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        made = already()
        if made is None:
            raise
        return made
    return row
