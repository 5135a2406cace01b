"""The second wall: the first line of every view loads and authorises, and opens the counties it may read.

No county is open before `admit` or `load` is called, so a view that forgets both reads nothing. Refusal is 404: nobody
learns that a record exists which she may not know.
"""

from __future__ import annotations

from typing import TypeVar, cast
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Permission
from hamafza.accounts.rules import PLATFORM
from hamafza.core.errors import NoScope
from hamafza.core.session import CLOSED, Scope, narrow_to

M = TypeVar("M", bound=models.Model)


def actor_of(request: HttpRequest) -> Actor:
    """The asker, set by `accounts.middleware`."""
    return cast("Actor", request.actor)  # type: ignore[attr-defined]


def admit(request: HttpRequest, permission: Permission) -> Actor:
    """Let the request in, with exactly the places open in which its actor holds ``permission``; else 404.

    Keeping the platform (`rules.PLATFORM`) opens no county.
    """
    actor = actor_of(request)
    if not actor.may(permission):
        raise Http404
    narrow_to(CLOSED if permission in PLATFORM else Scope(actor.places_with(permission)))
    return actor


def load(request: HttpRequest, model: type[M], pk: UUID, *, may: Permission) -> M:
    """The row, when it belongs to a county or a wider place where the actor holds ``may``; else 404."""
    admit(request, may)
    try:
        return model._default_manager.get(pk=pk)
    except (ObjectDoesNotExist, NoScope) as missing:
        raise Http404 from missing


def require(actor: Actor, permission: Permission, *, place: str | None) -> None:
    """For commands: the same rule for page, import and command line. The system may do what it was started for.

    ``place`` is a county, or the wider place of what lives at several levels; None only for a permission that belongs to
    none (`rules.PLATFORM`).
    """
    if place is None and permission not in PLATFORM:
        raise PermissionDenied
    if actor.is_system:
        return
    if not actor.may(permission, place):
        raise PermissionDenied


def require_row(actor: Actor, permission: Permission, *, county: str, district: str | None) -> None:
    """As `require`, for a row of one district; None: of the whole county, which no duty at a district reaches."""
    require(actor, permission, place=county)
    if actor.user_id is not None and not actor.reaches(permission, county, district):
        raise PermissionDenied
