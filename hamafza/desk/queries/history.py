"""Commitments of places as they stood on the evening of a day: owner, due date and report of then, not of now.

Three queries, however many places and commitments; two evenings (of a period and of the one before) share them.
What was opened again after that evening is read as not done: when it was, is on no row.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, IntegerField, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from hamafza.commitments.choices import ChangeState, CommitmentState as S
from hamafza.commitments.flow import OPEN_STATES
from hamafza.commitments.models import Commitment, DueDateChange, ProgressUpdate, Reassignment, Verification
from hamafza.commitments.queries.commitments import told_outside
from hamafza.core import wording
from hamafza.desk.figures import Promise

_REPORTED = frozenset({S.CLAIMED, S.VERIFIED, S.CLOSED})
_DONE = frozenset({S.VERIFIED, S.CLOSED})
#: What something was until a moment: the moment, and that value.
Past = dict[UUID, list[tuple[datetime, Any]]]


@dataclass(frozen=True, slots=True)
class History:
    """Rows as they are now, and what has changed since the first evening asked for."""

    rows: list[dict[str, Any]]
    owners: Past = field(default_factory=dict)
    dates: Past = field(default_factory=dict)

    def as_of(self, evening: date) -> dict[UUID, Promise]:
        """Each commitment that was handed out by then, by its key."""
        end = end_of(evening)
        return {row["id"]: self._promise(row, end) for row in self.rows if row["assigned_at"] < end}

    def _promise(self, row: dict[str, Any], end: datetime) -> Promise:
        state, claimed = row["state"], row["claim__on"]
        settled, verified = row["settled_at"], row["claim__verification__at"]
        told = state in _REPORTED and claimed is not None and claimed < _day_after(end)
        done = state in _DONE and verified is not None and verified < end
        dropped = state == S.CANCELLED and settled is not None and settled < end
        return Promise(
            owner=str(_then(self.owners, row["id"], end, row["owner_id"])),
            place=row["place_id"],
            given_on=wording.day_of(row["assigned_at"]),
            due_on=_then(self.dates, row["id"], end, row["due_on"]),
            original_due_on=row["original_due_on"],
            reported_on=claimed if told else None,
            verified_on=wording.day_of(verified) if done else None,
            dropped_on=wording.day_of(settled) if dropped else None,
            obstacle=row["obstacle"],
            was_reopened=row["found_done"] > (1 if done else 0),
        )


def history_of(places: Collection[str], *, since: date, on: date, earliest: date) -> History:
    """Of open places: what was owed on or after ``since``, told for evenings from ``earliest`` to ``on``."""
    end = end_of(on)
    open_or_ended = Q(state__in=sorted(OPEN_STATES)) | Q(settled_at__gte=end_of(since - timedelta(days=1)))
    found = told_outside(Commitment.objects.filter(open_or_ended, place__in=places, assigned_at__lt=end))
    rows = found.annotate(
        obstacle=Coalesce(_last_obstacle(on), Value("")), found_done=Coalesce(_times_found_done(end), 0)
    )
    moment = end_of(earliest)
    moved = Reassignment.objects.filter(place__in=places, at__gte=moment).order_by("at")
    changed = DueDateChange.objects.filter(
        place__in=places, decided_at__gte=moment, state=ChangeState.APPROVED
    ).order_by("decided_at")
    return History(
        rows=list(rows.order_by().values(*_COLUMNS)),
        owners=_pasts(moved.values_list("commitment_id", "at", "from_owner_id")),
        dates=_pasts(changed.values_list("commitment_id", "decided_at", "old_due_on")),
    )


def end_of(day: date) -> datetime:
    """The first moment after a day, where the office is."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), datetime.min.time()))


_COLUMNS = (
    "id", "place_id", "owner_id", "state", "due_on", "original_due_on", "assigned_at", "settled_at", "claim__on",
    "claim__verification__at", "obstacle", "found_done",
)  # fmt: skip


def _last_obstacle(on: date) -> Subquery:
    last = ProgressUpdate.objects.filter(commitment=OuterRef("pk"), on__lte=on).order_by("-id")
    return Subquery(last.values("obstacle")[:1])


def _times_found_done(end: datetime) -> Subquery:
    adequate = Verification.objects.filter(commitment=OuterRef("pk"), adequate=True, at__lt=end)
    counted = adequate.order_by().values("commitment").annotate(times=Count("pk")).values("times")
    return Subquery(counted, output_field=IntegerField())


def _pasts(changes: Iterable[tuple[UUID, datetime | None, Any]]) -> Past:
    found: Past = defaultdict(list)
    for key, moment, value in changes:
        if moment is not None:
            found[key].append((moment, value))
    return dict(found)


def _then(past: Past, key: UUID, end: datetime, now: Any) -> Any:
    """What it was before the first change after that evening."""
    return next((value for moment, value in past.get(key, ()) if moment >= end), now)


def _day_after(end: datetime) -> date:
    return wording.day_of(end)
