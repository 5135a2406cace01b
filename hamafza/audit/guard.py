"""Admission to the trail: what `accounts.guard.admit` does, for the one app that stands below accounts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Protocol, cast

from django.http import Http404, HttpRequest

from hamafza.audit.rules import SEE_AUDIT
from hamafza.core.session import Scope, narrow_to
from hamafza.places.models import COUNTRY_CODE


class HeldDuty(Protocol):
    """A duty as `accounts.actor` has it."""

    @property
    def place(self) -> str: ...


class Reader(Protocol):
    """The actor that `accounts.middleware` puts on the request."""

    @property
    def duties(self) -> Iterable[Any]: ...

    def may(self, permission: Any, place: str | None = None) -> bool: ...

    def places_with(self, permission: Any) -> frozenset[str]: ...


def reader_of(request: HttpRequest) -> Reader | None:
    """Who asks; nobody on a request that failed before sign-in was read."""
    return cast("Reader | None", getattr(request, "actor", None))


def may_read_trail(request: HttpRequest) -> bool:
    """Whether the navigation offers the trail."""
    reader = reader_of(request)
    return reader is not None and reader.may(SEE_AUDIT)


def admit(request: HttpRequest) -> bool:
    """Let the request in with exactly the counties open whose trail it may read; else 404.

    True when it may also read what belongs to no county (places, users, duties): the auditor of the country.
    """
    reader = reader_of(request)
    if reader is None or not reader.may(SEE_AUDIT):
        raise Http404
    narrow_to(Scope(reader.places_with(SEE_AUDIT)))
    return any(duty.place == COUNTRY_CODE for duty in reader.duties)
