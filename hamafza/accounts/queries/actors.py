"""From a signed-in user, a name on the command line or a task to an actor with the duties of today."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from hamafza.accounts.actor import Actor, HeldDuty
from hamafza.accounts.choices import Role
from hamafza.accounts.models import Duty, User
from hamafza.accounts.rules import is_place_of_role
from hamafza.core.errors import Refusal
from hamafza.places.choices import PlaceKind
from hamafza.places.queries.places import counties_of

NO_ONE = UUID(int=0)


def duties_in_force(on: date) -> QuerySet[Duty]:
    """Duties valid on a day and not ended."""
    return Duty.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=on), valid_from__lte=on, ended_at__isnull=True
    )


def actor_for(user: User | AnonymousUser) -> Actor:
    """Read anew for each request: a duty that ends, ends at once (S-A6).

    One query; a second one for the counties when a duty is held at a province or the country.
    """
    duties = list(duties_in_force(timezone.localdate()).filter(user_id=user.pk or NO_ONE).select_related("place"))
    provinces = frozenset(duty.place_id for duty in duties if duty.place.kind == PlaceKind.PROVINCE)
    national = any(duty.place.kind == PlaceKind.COUNTRY for duty in duties)
    province_of = counties_of(provinces, whole_country=national) if provinces or national else {}
    held = tuple(_held(duty, province_of) for duty in duties)
    organization = user.organization_id if isinstance(user, User) else None
    return Actor(name=str(user), user_id=user.pk, duties=held, organization=organization)


def actor_named(name: str) -> Actor:
    """The actor with this user name (``--as NAME``); a `Refusal` when nobody of that name may sign in."""
    user = User.objects.filter(username=name.strip().casefold(), is_active=True).first()
    if user is None:
        raise Refusal(_("Nobody with the user name %(name)s may sign in.") % {"name": name}, code="unknown_user")
    return actor_for(user)


def system_actor(name: str) -> Actor:
    """The system itself, on behalf of a command or task: the audit trail shows ``system:name``."""
    return Actor(name=name)


def _held(duty: Duty, province_of: dict[str, str]) -> HeldDuty:
    role = Role(duty.role)
    if duty.place.kind != PlaceKind.DISTRICT:
        return HeldDuty(role, duty.place_id, _covered(duty, province_of))
    if not is_place_of_role(role, PlaceKind.DISTRICT):
        return HeldDuty(role, duty.place_id, frozenset(), district=duty.place_id)
    county = str(duty.place.parent_id)
    return HeldDuty(role, county, frozenset({county}), district=duty.place_id)


def _covered(duty: Duty, province_of: dict[str, str]) -> frozenset[str]:
    if duty.place.kind == PlaceKind.COUNTRY:
        return frozenset(province_of)
    if duty.place.kind == PlaceKind.PROVINCE:
        return frozenset(county for county, province in province_of.items() if province == duty.place_id)
    return frozenset({duty.place_id})
