"""What is ordered, before it is written: the shape that forms, resolutions and trips hand to the commands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import BinaryIO
from uuid import UUID

from hamafza.accounts.models import Organization, User
from hamafza.commitments.choices import Confidentiality, Obstacle, Priority, Source
from hamafza.commitments.models import SupportField


@dataclass(frozen=True, slots=True)
class Supports:
    """A body that helps, and its share in words."""

    organization: Organization
    share: str = ""


@dataclass(frozen=True, slots=True)
class Order:
    """One result that one body is to owe. ``weight`` is its share of the source, in percent."""

    title: str
    issuer: Organization
    owner: Organization
    due_on: date
    description: str = ""
    owner_person: User | None = None
    supporters: tuple[Supports, ...] = ()
    field: SupportField | None = None
    priority: Priority = Priority.NORMAL
    confidentiality: Confidentiality = Confidentiality.INTERNAL
    quantity: int | None = None
    unit: str = ""
    review_on: date | None = None
    source_type: Source = Source.MANUAL
    source_id: UUID | None = None
    weight: int | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """A file that shows it, with its own name."""

    file: BinaryIO
    name: str


@dataclass(frozen=True, slots=True)
class Report:
    """What an owner says of its work. ``percent`` may be left to follow from ``done_quantity``."""

    text: str = ""
    percent: int | None = None
    done_quantity: int | None = None
    obstacle: Obstacle | None = None
    obstacle_text: str = ""
    is_claim: bool = False
    evidence: tuple[Evidence, ...] = ()
