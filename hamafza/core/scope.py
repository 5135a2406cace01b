"""The first wall: a table that belongs to counties, or to places of several levels, answers only for those that are open.

A model with a ``county`` (or, for what lives at several levels, a ``place``) foreign key has `ScopedManager` as its only
manager. A county that is open does not open its province, nor a province its counties: each is named. While none is
open, its querysets
carry a query that raises when it is compiled, so ``exists()``, ``explain()``, ``update()``, ``delete()`` and
subqueries are closed too. Forward foreign keys and ``refresh_from_db()`` use Django's base manager and are not
scoped; the second wall (`accounts.guard`) and row-level security stand behind.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, ClassVar, TypeVar

from django.db import models
from django.db.models import sql

from hamafza.core.errors import NoScope
from hamafza.core.events import scope_opened_everywhere
from hamafza.core.session import Scope, current_scope, scope_of

M = TypeVar("M", bound=models.Model)


@contextmanager
def counties(codes: Iterable[str]) -> Iterator[None]:
    """Open the counties with these official codes."""
    with scope_of(Scope(frozenset(codes))):
        yield


@contextmanager
def everywhere(*, reason: str) -> Iterator[None]:
    """Open all counties. Rare: the reason is written into the audit trail."""
    scope_opened_everywhere.send(sender=None, reason=reason)
    with scope_of(Scope(frozenset(), everywhere=True)):
        yield


class ClosedQuery(sql.Query):
    """A query that cannot be run, whatever is made of it."""

    def get_compiler(self, *args: Any, **kwargs: Any) -> Any:
        raise NoScope(
            f"No county is open: {self.model.__name__} cannot be read." if self.model else "No county is open."
        )

    def chain(self, klass: Any = None) -> Any:
        if klass is not None:
            self.get_compiler()
        return super().chain(klass)

    def __setattr__(self, name: str, value: Any) -> None:
        if name == "__class__":  # how _raw_delete() makes a DELETE of any query
            self.get_compiler()
        super().__setattr__(name, value)


class ScopedManager(models.Manager[M]):
    """The manager of every model that is owned by a county; ``owner`` is the name of its key."""

    #: Of the class, since Django makes managers of related rows from the class alone.
    owner: ClassVar[str] = "county"

    def get_queryset(self) -> models.QuerySet[M]:
        scope = current_scope()
        if scope.everywhere:
            return super().get_queryset()
        if not scope.counties:
            closed: models.QuerySet[M] = super().get_queryset()
            closed.query = ClosedQuery(self.model)
            return closed
        if len(scope.counties) == 1:
            return super().get_queryset().filter(**{self.owner: next(iter(scope.counties))})
        return super().get_queryset().filter(**{f"{self.owner}__in": sorted(scope.counties)})


class PlaceScopedManager(ScopedManager[M]):
    """The manager of every model that lives at several levels: it is owned by a place of any of them."""

    owner = "place"
