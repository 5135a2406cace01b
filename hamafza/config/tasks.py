"""What is done every hour without anybody asking: `hamafza serve` puts it into the worker's queue."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from hamafza.audit.commands.seal import seal_changes
from hamafza.core.scope import everywhere
from hamafza.core.session import acting_as
from hamafza.intake.commands.clear import clear_old_imports
from hamafza.needs.commands.expire import expire_needs
from hamafza.registry.models import Household

HOUR_SECONDS = 3600
#: Uploaded workbooks and staged rows are removed after this (invariant Q7).
IMPORTS_KEPT = timedelta(days=30)


@task()
def keep_house() -> None:
    """Each step does nothing when there is nothing to do, so an hour left out or done twice is harmless."""
    with acting_as("system:housekeeping"):
        seal_changes()
        clear_old_imports(before=timezone.now() - IMPORTS_KEPT)
        for county in _counties_held():
            expire_needs(county, on=timezone.localdate())


def _counties_held() -> list[str]:
    """Counties with households on file."""
    with everywhere(reason="housekeeping"):
        return sorted(set(Household.objects.order_by().values_list("county_id", flat=True).distinct()))
