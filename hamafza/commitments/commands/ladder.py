"""The ladder of a place, kept by the secretary of its council."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from django.db import transaction
from django.utils.translation import gettext as _

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import require
from hamafza.commitments.choices import Rung
from hamafza.commitments.ladder import LEVELS, MOST_DAYS, Step
from hamafza.commitments.models import LadderStep
from hamafza.core import wording
from hamafza.core.errors import Refusal
from hamafza.places.models import Place


@transaction.atomic
def set_ladder(place: str, steps: Sequence[Step], *, by: Actor) -> None:
    """Give a place a ladder of its own. What was told already stays told; a rung that is reached now is told next."""
    require(by, Permission.KEEP_COUNCILS, place=place)
    _check(steps)
    Place.objects.select_for_update().get(code=place)
    LadderStep.objects.filter(place=place).exclude(level__in=[step.level for step in steps]).delete()
    for step in steps:
        LadderStep.objects.update_or_create(
            place_id=place, level=step.level, defaults={"days": step.days, "to": step.to}
        )


@transaction.atomic
def drop_ladder(place: str, *, by: Actor) -> None:
    """Let the ladder of the nearest place above, or of the country, be in force again."""
    require(by, Permission.KEEP_COUNCILS, place=place)
    LadderStep.objects.filter(place=place).delete()


def _check(steps: Sequence[Step]) -> None:
    """Levels and days both rise."""
    if not steps:
        raise Refusal(
            _("Write for one of them at least after how many days it is told. To have no ladder of your own, go back to the one above."),
            code="no_rung",
        )  # fmt: skip
    for step in steps:
        if LEVELS.get(step.to) != step.level:
            raise Refusal(_("This rung is not known."), code="bad_level")
        if not 1 <= step.days <= MOST_DAYS:
            raise Refusal(
                _("Write a number of days from 1 to %(most)s.") % {"most": wording.number(MOST_DAYS)},
                code="bad_days",
                field=step.to,
            )
    for below, above in pairwise(steps):
        if above.level <= below.level:
            raise Refusal(_("Name each rung once, the lowest first."), code="bad_level", field=above.to)
        if above.days <= below.days:
            raise Refusal(
                _("“%(above)s” is told after “%(below)s”: write more than %(days)s days.")
                % {"above": Rung(above.to).label, "below": Rung(below.to).label, "days": wording.number(below.days)},
                code="days_do_not_rise",
                field=above.to,
            )
