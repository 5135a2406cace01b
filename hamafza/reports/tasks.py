"""Work of the background worker."""

from __future__ import annotations

from django_tasks import task

from hamafza.core.session import acting_as
from hamafza.reports.commands.refresh import refresh_summaries


@task()
def refresh_county(county: str) -> None:
    with acting_as("system:summaries"):
        refresh_summaries(county)
