"""Work of the background worker."""

from __future__ import annotations

from uuid import UUID

from django_tasks import task

from hamafza.core.session import acting_as

OUTBOX = "system:outbox"


@task()
def send_one(message: str, county: str) -> None:
    from hamafza.notices.commands.deliver import deliver

    with acting_as(OUTBOX):
        deliver(UUID(message), county=county)


@task()
def send_waiting() -> None:
    """What an earlier try left: put into the worker's queue every hour, and when the program starts."""
    from hamafza.notices.commands.deliver import deliver_waiting
    from hamafza.notices.queries.messages import counties_with_mail

    with acting_as(OUTBOX):
        for county in counties_with_mail():
            deliver_waiting(county)


def send_later(message: UUID, county: str) -> None:
    """Give one message to the worker."""
    send_one.enqueue(str(message), county)
