"""Who asks: a user with the duties in force today, or the system on behalf of a command."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from hamafza.accounts.choices import Permission, Role
from hamafza.accounts.rules import PERMISSIONS


@dataclass(frozen=True, slots=True)
class HeldDuty:
    """A duty in force: the role and the counties it covers (all counties of its province, for a province)."""

    role: Role
    place: str
    counties: frozenset[str]


@dataclass(frozen=True, slots=True)
class Actor:
    """The asker. ``name`` is what the audit trail shows; ``user_id`` is empty for the system."""

    name: str
    user_id: UUID | None = None
    duties: tuple[HeldDuty, ...] = field(default=())

    def counties_with(self, permission: Permission) -> frozenset[str]:
        """Counties in which one of the duties grants ``permission``."""
        return frozenset().union(*(duty.counties for duty in self.duties if permission in PERMISSIONS[duty.role]))

    def may(self, permission: Permission, county: str | None = None) -> bool:
        """Whether a duty grants ``permission``: anywhere, or in one county."""
        return any(
            permission in PERMISSIONS[duty.role] and (county is None or county in duty.counties) for duty in self.duties
        )

    @property
    def label(self) -> str:
        """The form the database keeps: ``user:<uuid>`` or ``system:<name>``."""
        return f"user:{self.user_id}" if self.user_id else f"system:{self.name}"


NOBODY = Actor(name="anonymous")
