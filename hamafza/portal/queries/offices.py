"""Counties whose welfare office works with the program: public, and read without opening any of them."""

from __future__ import annotations

from django.db.models import Q

from hamafza.accounts.choices import Role
from hamafza.accounts.models import Duty
from hamafza.core import clock
from hamafza.needs.queries.counties import named_counties

WORKING = (Role.COUNTY_HEAD, Role.SOCIAL_WORKER, Role.GIVING_OFFICER)


def office_counties() -> list[tuple[str, str]]:
    """Code and name, in alphabetical order."""
    today = clock.today()
    duties = Duty.objects.filter(Q(valid_to=None) | Q(valid_to__gte=today), role__in=WORKING, valid_from__lte=today)
    return named_counties(set(duties.values_list("place_id", flat=True)))
