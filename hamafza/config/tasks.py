"""What is done every hour without anybody asking: `hamafza serve` puts it into the worker's queue."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone
from django_tasks import task

from hamafza.accounts.queries.actors import system_actor
from hamafza.audit.commands.seal import seal_changes
from hamafza.commitments.commands.climb import escalate
from hamafza.commitments.commands.review import remind_reviews
from hamafza.commitments.queries.commitments import places_to_review, places_with_late
from hamafza.core import clock
from hamafza.core.scope import counties, everywhere
from hamafza.core.session import acting_as
from hamafza.distribution.commands.stock import expire_lots
from hamafza.giving.commands.cards import thin_cards
from hamafza.giving.commands.instalments import plan_pledges
from hamafza.giving.commands.payments import ask_again
from hamafza.giving.commands.pledge_reminders import remind_givers
from hamafza.giving.commands.pledge_steps import lapse_vows
from hamafza.giving.commands.reservations import expire_holds
from hamafza.giving.models import Pledge
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
        _keep_commitments(on=clock.today())
        clear_old_imports(before=timezone.now() - IMPORTS_KEPT)
        for county in _counties_held():
            _keep_needs(county, on=timezone.localdate())
            _keep_pledges(county, on=clock.today())
            _keep_cards(county)
            _keep_payments(county)
            expire_lots(county, on=clock.today(), by=system_actor("housekeeping"))


def _keep_commitments(*, on: date) -> None:
    """What is late climbs the ladder of its place (county, province, country); who wanted to look at something is told."""
    with everywhere(reason="housekeeping"):
        late = places_with_late(on=on)
    for place in late:
        with counties([place]):
            escalate(place, on=on)
    with everywhere(reason="housekeeping"):
        to_review = places_to_review(on=on)
    for place in to_review:
        with counties([place]):
            remind_reviews(place, on=on)


def _keep_needs(county: str, *, on: date) -> None:
    """Needs that are over expire; priorities that follow from somebody's age are brought up to date."""
    expire_needs(county, on=on)
    with counties([county]):
        older = came_of_age(on)
    score_needs(county, older)


def _keep_pledges(county: str, *, on: date) -> None:
    """Instalments are made ahead, vows that waited too long lapse, and givers are reminded, each once."""
    lapse_vows(county, on=on)
    plan_pledges(county, on=on)
    remind_givers(county, on=on)


def _keep_cards(county: str) -> None:
    """Holds that were not used are free again; cards by which somebody could be recognised are withdrawn."""
    with counties([county]):
        expire_holds(county, now=clock.now())
        thin_cards(county, on=clock.today())


def _keep_payments(county: str) -> None:
    """Gateways are asked about payments whose answer was lost."""
    with counties([county]):
        ask_again(county)


def _counties_held() -> list[str]:
    """Counties with households or pledges on file."""
    with everywhere(reason="housekeeping"):
        return sorted(
            {
                county
                for model in (Household, Pledge)
                for county in model.objects.order_by().values_list("county_id", flat=True).distinct()
            }
        )
