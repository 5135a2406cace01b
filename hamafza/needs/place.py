"""One county at a time: lists, queues and boards are a county's; who works for several chooses one."""

from __future__ import annotations

from django.http import Http404, HttpRequest

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import admit
from hamafza.core.session import Scope, narrow_to


def admit_county(request: HttpRequest, permission: Permission) -> tuple[Actor, str]:
    """Let the request in as `admit` does, and open the one county it asks for (``county=CODE``; else the first).

    404 when the actor does not hold the permission there.
    """
    actor = admit(request, permission)
    allowed = sorted(actor.counties_with(permission))
    county = request.GET.get("county") or request.POST.get("county") or (allowed[0] if allowed else "")
    if county not in allowed:
        raise Http404
    narrow_to(Scope(frozenset({county})))
    return actor, county
