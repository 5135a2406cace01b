"""The ladder in force at a place: its own, else that of the place above, else the country's."""

from __future__ import annotations

from hamafza.commitments.ladder import COUNTRY_LADDER, Step
from hamafza.commitments.models import LadderStep
from hamafza.places.models import Place


def ladder_of(place: str) -> list[Step]:
    """Lowest rung first; two queries."""
    near = [place, Place.objects.get(code=place).parent_id]
    rows = list(LadderStep.objects.filter(place__in=[code for code in near if code]).order_by("level"))
    held = {row.place_id for row in rows}
    nearest = next((code for code in near if code in held), None)
    own = [Step(row.level, row.days, row.to) for row in rows if row.place_id == nearest]
    return own or list(COUNTRY_LADDER)
