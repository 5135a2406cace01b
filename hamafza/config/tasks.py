"""What is done every hour without anybody asking: `hamafza serve` puts it into the worker's queue."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone
from django_tasks import task

from hamafza.audit.commands.seal import seal_changes
from hamafza.core.scope import counties, everywhere
from hamafza.core.session import acting_as
from hamafza.intake.commands.clear import clear_old_imports
from hamafza.needs.commands.expire import expire_needs
from hamafza.needs.commands.score import score_needs
from hamafza.needs.queries.birthdays import came_of_age
from hamafza.notices.tasks import send_waiting
from hamafza.registry.models import Household

HOUR_SECONDS = 3600
#: Uploaded workbooks and staged rows are removed after this (invariant Q7).
IMPORTS_KEPT = timedelta(days=30)


@task()
def keep_house() -> None:
    """Each step does nothing when there is nothing to do, so an hour left out or done twice is harmless."""
    send_waiting.enqueue()
    with acting_as("system:housekeeping"):
        seal_changes()
        clear_old_imports(before=timezone.now() - IMPORTS_KEPT)
        for county in _counties_held():
            _keep_needs(county, on=timezone.localdate())


def _keep_needs(county: str, *, on: date) -> None:
    """Needs that are over expire; priorities that follow from somebody's age are brought up to date."""
    expire_needs(county, on=on)
    with counties([county]):
        older = came_of_age(on)
    score_needs(county, older)


def _counties_held() -> list[str]:
    """Counties with households on file."""
    with everywhere(reason="housekeeping"):
        return sorted(set(Household.objects.order_by().values_list("county_id", flat=True).distinct()))
