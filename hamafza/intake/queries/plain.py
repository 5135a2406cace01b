"""Everything an import writes, as plain values without ids and moments, so that two imports can be compared."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from hamafza.core.scope import counties
from hamafza.intake.choices import BatchState
from hamafza.intake.models import ImportBatch, ImportRow
from hamafza.needs.models import Need
from hamafza.registry.models import (
    Disability,
    DuplicateCandidate,
    HardshipCause,
    Household,
    IdentityClaim,
    Person,
    TargetGroupMembership,
)

PERSON = (
    "relation", "identity_number", "first_name", "last_name", "father_name", "name_key", "born_on", "sex", "mobile", "iban",
    "education", "job_status", "version",
)  # fmt: skip
HOUSEHOLD = (
    "file_number", "file_key", "district_id", "address", "postal_code", "tenure", "decile", "decile_on", "decile_source",
    "income_rial", "state", "version",
)  # fmt: skip
NEED = (
    "domain",
    "item",
    "required",
    "severity",
    "state",
    "since",
    "valid_to",
    "decile",
    "score_base",
    "score_parts",
    "rank",
)


def plain_lines(county: str) -> list[str]:
    """One sorted line for each row of each table; persons are named by the sheet row that made them."""
    with counties([county]):
        rows = dict(Person.objects.values_list("id", "origin_row"))
        return sorted(_lines(rows))


def _lines(rows: dict[UUID, int | None]) -> Iterator[str]:
    for person in Person.objects.select_related("household"):
        yield _line(
            "person", rows[person.pk], person.household.file_number, *(getattr(person, name) for name in PERSON)
        )
    for household in Household.objects.all():
        yield _line(
            "household",
            rows.get(household.head_id) if household.head_id else None,
            *(getattr(household, name) for name in HOUSEHOLD),
        )
    for need in Need.objects.select_related("household"):
        yield _line(
            "need",
            rows.get(need.person_id) if need.person_id else None,
            need.household.file_number,
            *(getattr(need, name) for name in NEED),
        )
    for claim in IdentityClaim.objects.all():
        yield _line("claim", rows.get(claim.person_id), claim.county_id)
    for model, name in ((TargetGroupMembership, "group"), (HardshipCause, "cause"), (Disability, "type")):
        for one in model.objects.all():
            yield _line(
                name,
                rows.get(one.person_id) if one.person_id else None,
                getattr(one, name),
                getattr(one, "severity", ""),
            )
    for pair in DuplicateCandidate.objects.all():
        yield _line("duplicate", *sorted((rows[pair.a_id] or 0, rows[pair.b_id] or 0)), pair.score, pair.parts)
    first = ImportBatch.objects.exclude(state=BatchState.DROPPED).order_by("created_at").first()
    for row in ImportRow.objects.filter(batch=first):
        yield _line("row", row.row, row.outcome, row.faults, row.fault_values, row.group_row, row.person_row)


def _line(*values: object) -> str:
    return "|".join(str(value) for value in values)
