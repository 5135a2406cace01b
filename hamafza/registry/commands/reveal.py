"""Showing what is masked: only with a reason, and never without an entry in the log of readings."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from hamafza.accounts.actor import Actor
from hamafza.accounts.guard import require
from hamafza.audit.commands.record_read import record_read, record_reads
from hamafza.registry.commands.set_head import refuse_without_reason
from hamafza.registry.models import Household, Person
from hamafza.registry.queries.records import SpecialClass, special_class_of
from hamafza.registry.rules import REVEALABLE, SPECIAL_CLASS

SPECIAL_FIELDS = ("groups", "disabilities", "notes")


@transaction.atomic
def reveal_field(record: Household | Person, *, field: str, reason: str, by: Actor) -> str:
    """The whole value of a sealed field."""
    kind = record._meta.model_name or ""
    require(by, REVEALABLE[kind][field], place=record.county_id)
    refuse_without_reason(reason)
    record_read(record, fields=[field], reason=reason.strip())
    value: str = getattr(record, field)
    return value


@transaction.atomic
def reveal_special_class(person: Person, *, reason: str, by: Actor) -> SpecialClass:
    """Target groups of the special class, disabilities and notes of a person."""
    require(by, SPECIAL_CLASS, place=person.county_id)
    refuse_without_reason(reason)
    record_read(person, fields=SPECIAL_FIELDS, reason=reason.strip())
    return special_class_of(person)


def log_special_list(households: Iterable[Household], *, reason: str) -> None:
    """A list filtered by a group of the special class tells it of every household shown: one entry each."""
    record_reads(households, fields=["groups"], reason=reason)
