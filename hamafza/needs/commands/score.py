"""Scores many needs at once: five queries and one bulk write for each 500 households."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from hamafza.core.scope import counties
from hamafza.needs.events import needs_changed
from hamafza.needs.flow import LIVE_STATES
from hamafza.needs.models import Need
from hamafza.needs.priority import Situation, rank_of, score_of
from hamafza.needs.queries.situations import situations_of
from hamafza.registry.models import Household

HOUSEHOLDS_AT_ONCE = 500
#: The columns that follow from the rule and the household; written without touching a need's version.
FOLLOWING = ("score_base", "score_parts", "rule_version", "rank", "district_id", "decile")


def score_needs(county: str, household_ids: Collection[UUID] | None = None) -> int:
    """Score the live needs of these households (None: of the whole county); gives how many changed.

    Follows from other commands and from the rule alone, so it asks nobody for permission.
    """
    changed = 0
    with transaction.atomic(savepoint=False), counties([county]):
        ids = list(household_ids) if household_ids is not None else list(Household.objects.values_list("pk", flat=True))
        for chunk in _chunks(ids, HOUSEHOLDS_AT_ONCE):
            changed += _score_chunk(chunk, on=timezone.localdate())
        if changed:
            needs_changed.send(sender=None, county=county)
    return changed


def put_score(need: Need, situation: Situation, *, on: date) -> bool:
    """Write the score into a need that is not saved here; gives whether anything is different."""
    before = following(need)
    score = score_of(situation, domain=need.domain, severity=need.severity, person=need.person_id, on=on)
    need.score_base, need.score_parts, need.rule_version = score.base, score.parts, score.version
    need.rank = rank_of(score.base, need.since)
    need.district_id, need.decile = situation.district, situation.decile
    return following(need) != before


def following(need: Need) -> tuple[object, ...]:
    """The values of `FOLLOWING`, for comparison."""
    return tuple(getattr(need, name) for name in FOLLOWING)


def put_scores(needs: Iterable[Need], situations: Mapping[UUID, Situation], *, on: date) -> list[Need]:
    """Those whose score is different from what is stored, with the new one."""
    return [need for need in needs if put_score(need, situations[need.household_id], on=on)]


def _score_chunk(household_ids: Collection[UUID], *, on: date) -> int:
    needs = list(Need.objects.filter(household__in=household_ids, state__in=LIVE_STATES).defer("note"))
    if not needs:
        return 0
    changed = put_scores(needs, situations_of({need.household_id for need in needs}, on=on), on=on)
    _write(changed)
    return len(changed)


def _write(needs: Collection[Need]) -> None:
    # One prepared statement for all rows: bulk_update() would build a CASE with a branch for each.
    fields = [field for field in Need._meta.concrete_fields if field.attname in FOLLOWING]
    key = Need._meta.pk
    columns = ", ".join(f"{connection.ops.quote_name(str(field.column))} = %s" for field in fields)
    statement = f'UPDATE {connection.ops.quote_name(Need._meta.db_table)} SET {columns} WHERE "id" = %s'  # noqa: S608 - names of columns
    rows = [
        [
            *(field.get_db_prep_save(getattr(need, field.attname), connection) for field in fields),
            key.get_db_prep_save(need.pk, connection),
        ]
        for need in needs
    ]
    with connection.cursor() as cursor:
        cursor.executemany(statement, rows)


def _chunks(ids: list[UUID], size: int) -> Iterator[list[UUID]]:
    return (ids[start : start + size] for start in range(0, len(ids), size))
