"""What several rows say about one field, beside what is on file.

The rule makes an import independent of the order of its rows: a value on file that any row of the sheet repeats
stays; only when every row says something else does the first row's value replace it. An empty cell says nothing, so
it never erases. While a file is being made, its first row gives the values, also its empty ones.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any

from hamafza.core.persian import key


@dataclass(frozen=True, slots=True)
class Settled:
    """The value that stands, whether it replaces the one on file, and the places of the rows that say otherwise."""

    value: Any
    changed: bool
    dissenters: tuple[int, ...]


def spelling(value: Any) -> Hashable:
    """Texts that differ in spelling alone say the same."""
    return key(value) if isinstance(value, str) else value


def settle_new(stated: Sequence[Any], *, form: Callable[[Any], Hashable] = spelling) -> Settled:
    """For a record that is being made: the first statement counts."""
    return _settled(stated[0], changed=False, stated=stated, form=form)


def settle(on_file: Any, stated: Sequence[Any], *, form: Callable[[Any], Hashable] = spelling) -> Settled:
    """For a record on file: kept while any row repeats it or none says anything."""
    forms = {form(value) for value in stated}
    if form(on_file) in forms or (_silent(on_file) and any(_silent(value) for value in stated)):
        return _settled(on_file, changed=False, stated=stated, form=form)
    first = next((value for value in stated if not _silent(value)), None)
    if first is None:
        return Settled(on_file, changed=False, dissenters=())
    return _settled(first, changed=True, stated=stated, form=form)


def settle_set(on_file: frozenset[str], stated: Sequence[frozenset[str]]) -> Settled:
    """For things of which a person has several: added, never taken away; ``value`` is what is to be added.

    A row without any agrees with a file that has none: it may be the row that made the file.
    """
    spoken = [values for values in stated if values]
    agreed = not on_file and len(spoken) < len(stated)
    if agreed or not spoken or any(values <= on_file for values in spoken):
        added: frozenset[str] = frozenset()
    else:
        added = spoken[0] - on_file
    known = on_file | added
    return Settled(
        added, changed=bool(added), dissenters=tuple(place for place, values in enumerate(stated) if values - known)
    )


def _silent(value: Any) -> bool:
    return value in (None, "")


def _settled(value: Any, *, changed: bool, stated: Sequence[Any], form: Callable[[Any], Hashable]) -> Settled:
    kept = form(value)
    dissenters = tuple(place for place, other in enumerate(stated) if not _silent(other) and form(other) != kept)
    return Settled(value, changed=changed, dissenters=dissenters)
