"""What a chunk of rows asks for, and the desk on which it is put together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from hamafza.intake.choices import Outcome
from hamafza.intake.planning.agreement import Settled
from hamafza.intake.planning.headers import Headers
from hamafza.intake.planning.on_file import OnFile
from hamafza.intake.sheets.client_row import ClientRow
from hamafza.intake.sheets.faults import Fault
from hamafza.needs.models import Need
from hamafza.registry.models import Disability, HardshipCause, Household, Person, TargetGroupMembership


@dataclass(frozen=True, slots=True)
class Setting:
    """What is the same for all rows of an import."""

    county: str
    batch: UUID
    headers: Headers
    districts: dict[str, str]
    today: date
    created_by: UUID | None = None


@dataclass(slots=True)
class Decided:
    """What becomes of one row."""

    outcome: Outcome
    faults: list[Fault] = field(default_factory=list)


@dataclass(slots=True)
class Plan:
    """Everything a chunk of rows asks for. ``changed`` maps instances on file to the names of their new fields."""

    households: list[Household] = field(default_factory=list)
    persons: list[Person] = field(default_factory=list)
    memberships: list[TargetGroupMembership] = field(default_factory=list)
    disabilities: list[Disability] = field(default_factory=list)
    causes: list[HardshipCause] = field(default_factory=list)
    needs: list[Need] = field(default_factory=list)
    changed: dict[Household | Person | Disability, list[str]] = field(default_factory=dict)
    rows: dict[int, Decided] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Desk:
    """What is on file, what is the same for all rows, and the plan as far as it has come."""

    on_file: OnFile
    setting: Setting
    plan: Plan

    def warn(self, row: ClientRow, code: str, *meanings: str, value: str = "") -> None:
        """Say something about a row, once, under the heading of the first meaning the sheet has."""
        fault = Fault(self.setting.headers.of(*meanings), code, value)
        faults = self.plan.rows[row.row].faults
        if fault not in faults:
            faults.append(fault)

    def warn_dissent(self, rows: Sequence[ClientRow], settled: Settled, meaning: str) -> None:
        """Warn each row that says otherwise than what stands."""
        for place in settled.dissenters:
            self.warn(rows[place], "conflict", meaning)

    def change(self, instance: Household | Person | Disability, *names: str) -> None:
        """Note new values of a record on file."""
        self.plan.changed.setdefault(instance, []).extend(names)

    def mark_changed(self, rows: Sequence[ClientRow]) -> None:
        """The first of the rows is the one that changed the file."""
        decided = self.plan.rows[rows[0].row]
        if decided.outcome == Outcome.MATCHED:
            decided.outcome = Outcome.CHANGED
