"""Who asks: a user with the duties in force today, or the system on behalf of a command."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from hamafza.accounts.choices import Permission, Role
from hamafza.accounts.rules import PERMISSIONS


@dataclass(frozen=True, slots=True)
class HeldDuty:
    """A duty in force: the role, its place, and the counties it covers (all counties of its province, for a province).

    Held at a district, its place is the county, and ``district`` narrows what is told there of needs.
    """

    role: Role
    place: str
    counties: frozenset[str]
    district: str = ""

    def covers(self, place: str) -> bool:
        """Whether a county, or a wider place, is within the duty."""
        return place in self.counties or place == self.place


@dataclass(frozen=True, slots=True)
class Actor:
    """The asker. ``name`` is what the audit trail shows; ``user_id`` is empty for the system.

    ``organization`` is the body she works for, if any.
    """

    name: str
    user_id: UUID | None = None
    duties: tuple[HeldDuty, ...] = field(default=())
    organization: UUID | None = None

    def counties_with(self, permission: Permission) -> frozenset[str]:
        """Counties in which one of the duties grants ``permission``."""
        return frozenset().union(*(duty.counties for duty in self.duties if permission in PERMISSIONS[duty.role]))

    def places_with(self, permission: Permission) -> frozenset[str]:
        """The same counties, and the wider places at which such a duty is held, for what lives at several levels."""
        return self.counties_with(permission).union(
            duty.place for duty in self.duties if permission in PERMISSIONS[duty.role]
        )

    def districts_with(self, permission: Permission, place: str) -> frozenset[str] | None:
        """Districts of a county to which ``permission`` is narrowed; None where a duty covers the whole of it."""
        held = [duty for duty in self.duties if permission in PERMISSIONS[duty.role] and duty.covers(place)]
        if any(not duty.district for duty in held):
            return None
        return frozenset(duty.district for duty in held)

    def reaches(self, permission: Permission, county: str, district: str | None) -> bool:
        """Whether a duty grants ``permission`` over a row of a district; None: a row of the whole county."""
        districts = self.districts_with(permission, county)
        return districts is None or district in districts

    def may(self, permission: Permission, place: str | None = None) -> bool:
        """Whether a duty grants ``permission``: anywhere, or in one county or at one wider place."""
        return any(
            permission in PERMISSIONS[duty.role] and (place is None or duty.covers(place)) for duty in self.duties
        )

    @property
    def is_system(self) -> bool:
        """The program itself; no user, and nobody who has not signed in."""
        return self.user_id is None and self.name != NOBODY.name

    @property
    def label(self) -> str:
        """The form the database keeps: ``user:<uuid>`` or ``system:<name>``."""
        return f"user:{self.user_id}" if self.user_id else f"system:{self.name}"


NOBODY = Actor(name="anonymous")
