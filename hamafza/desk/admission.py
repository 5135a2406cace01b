"""Who is let in to a desk: whoever holds a duty for it at a county, a province or a district; and which places lie open there."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Permission, Role
from hamafza.accounts.guard import admit
from hamafza.core.session import Scope, narrow_to
from hamafza.places.choices import PlaceKind
from hamafza.places.models import Place
from hamafza.places.queries.places import places_below


@dataclass(frozen=True, slots=True)
class Desk:
    """``places``: itself, and for a province its counties, all open.

    ``districts``: of a district governor, who looks on at the desk of the county; empty for the governor.
    """

    actor: Actor
    place: Place
    places: frozenset[str]
    districts: tuple[Place, ...] = ()

    @property
    def is_county(self) -> bool:
        return self.place.kind == PlaceKind.COUNTY

    @property
    def is_governors(self) -> bool:
        """Whether she is the office to which what is late climbs; the secretary and a district governor only look on."""
        return is_governors(self.actor, self.place.code)

    def may(self, permission: Permission) -> bool:
        return self.actor.may(permission, self.place.code)


def is_governors(actor: Actor, place: str) -> bool:
    """Whether she holds the duty of the governor's office at the place itself."""
    return any(duty.role == Role.GOVERNOR_OFFICE and duty.place == place for duty in actor.duties)


def admit_desk(request: HttpRequest, permission: Permission) -> Desk:
    """Let the request in and open the desk it asks for (``place=CODE``; else the widest); 404 elsewhere."""
    actor = admit(request, permission)
    allowed = sorted(actor.places_with(permission))
    code = request.GET.get("place") or request.POST.get("place") or (allowed[0] if allowed else "")
    if code not in allowed:
        raise Http404
    only = actor.districts_with(permission, code) or frozenset()
    found = Place.objects.in_bulk([code, *only])
    place = found.pop(code)
    below = [] if place.kind == PlaceKind.COUNTY else [one.code for one in places_below(code) if one.code in allowed]
    places = frozenset([code, *below])
    narrow_to(Scope(places))
    return Desk(actor, place, places, tuple(found[one] for one in sorted(found)))
