"""Keep the figures of a period as they are now, with their letter: a report that stays the same for ever."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import require
from hamafza.core import clock
from hamafza.core.errors import Refusal
from hamafza.core.privacy import refuse_told
from hamafza.desk.cover import Cover
from hamafza.desk.models import Snapshot, sha256
from hamafza.desk.periods import Period
from hamafza.desk.queries.figures import figures_of
from hamafza.desk.queries.identity import tells_of_somebody
from hamafza.desk.queries.snapshots import Report
from hamafza.documents.commands.number import next_number
from hamafza.ledger.commands.once import once
from hamafza.places.models import Place

SERIES = "desk"


def take_snapshot(
    place: Place, places: Collection[str], *, period: Period, cover: Cover, by: Actor, key: UUID
) -> Snapshot:
    """Number it and freeze it. ``places`` are open: itself, and its counties. The same ``key`` again gives the same one."""
    require(by, Permission.KEEP_DESK, place=place.code)
    if period.first > clock.today():
        raise Refusal(_("This period has not begun yet. Choose another one."), code="ahead", field="period")
    # A letter leaves the house. Who signs and who is written to are officers, whatever they are called.
    if cover.remark:
        refuse_told(tells_of_somebody(cover.remark), field="remark")
    asked = {"period": period.key, **cover.as_json()}
    return once(place.code, key=key, asked=asked, by=by, act=lambda: _take(place, places, period, cover, by))


@transaction.atomic
def _take(place: Place, places: Collection[str], period: Period, cover: Cover, by: Actor) -> Snapshot:
    today = clock.today()
    year, number = next_number(place.code, SERIES, on=today)
    figures = figures_of(place, places, period, today=today)
    report = Report(number=f"{year}/{number}", date=today.isoformat(), figures=figures, cover=cover)
    text = report.as_text()
    snapshot = Snapshot(
        place_id=place.code, number=number, jalali_year=year, period=period.key, first=period.first, last=period.last,
        text=text, hash=sha256(text), at=clock.now(), by_id=by.user_id,
    )  # fmt: skip
    snapshot.save(force_insert=True)
    return snapshot
