"""Who acts and which counties are open: two facts of the running request, task or command.

The database backends (`core.backends`) tell both to the database, where triggers write the actor into the audit
trail and, on PostgreSQL, row-level security closes every other county a second time.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

EVERYWHERE = "*"


@dataclass(frozen=True, slots=True)
class Scope:
    """Counties that may be read, and wider places with what is theirs alone (official codes); ``everywhere`` needs a reason."""

    counties: frozenset[str]
    everywhere: bool = False

    def as_setting(self) -> str:
        """The form the database reads: codes joined by commas, ``*``, or nothing."""
        return EVERYWHERE if self.everywhere else ",".join(sorted(self.counties))


CLOSED = Scope(frozenset())

_actor: ContextVar[str] = ContextVar("hamafza_actor", default="system:unnamed")
_scope: ContextVar[Scope] = ContextVar("hamafza_scope", default=CLOSED)


def current_actor() -> str:
    """``user:<uuid>`` or ``system:<name>``."""
    return _actor.get()


def current_scope() -> Scope:
    """The open counties; `CLOSED` when none is."""
    return _scope.get()


@contextmanager
def acting_as(actor: str) -> Iterator[None]:
    """Let the audit trail name ``actor`` for every change made inside."""
    token = _actor.set(actor)
    try:
        yield
    finally:
        _actor.reset(token)


@contextmanager
def scope_of(scope: Scope) -> Iterator[None]:
    """Open exactly ``scope`` inside."""
    token = _scope.set(scope)
    try:
        yield
    finally:
        _scope.reset(token)


def narrow_to(scope: Scope) -> None:
    """Open ``scope`` for the rest of a request whose middleware closes it again (see `accounts.guard`)."""
    _scope.set(scope)
