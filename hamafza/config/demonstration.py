"""A county to try the program in: invented clients whose needs have waited for different times."""

from __future__ import annotations

import random
import tempfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from hamafza.accounts.queries.actors import system_actor
from hamafza.config.demonstration_giving import make_gifts
from hamafza.config.demonstration_spending import spend_gifts
from hamafza.config.demonstration_working import work_together
from hamafza.core.scope import counties
from hamafza.giving.commands.demo import make_demo_giving
from hamafza.intake.commands.import_file import import_file
from hamafza.intake.specimen import Population, Style, population, write_sheet
from hamafza.needs.choices import NeedState
from hamafza.needs.commands.score import score_needs
from hamafza.needs.models import Need

CLIENTS = 480
LONGEST_WAIT_DAYS = 900
SEED = 1404


def make_county(county: str) -> None:
    """Import an invented office's sheet, then let its needs have begun on different days and some be met."""
    people = population(CLIENTS, seed=SEED, faults=2, repeated=6, duplicates=8)
    # File numbers of their own, so that a sheet somebody tries meets no invented household.
    people = Population(tuple(replace(client, file_number=f"N-{client.file_number}") for client in people.clients))
    with tempfile.TemporaryDirectory(prefix="hamafza-demo-") as folder:
        sheet = Path(folder) / "فهرست نمایشی مددجویان.xlsx"
        write_sheet(sheet, people, Style(titles=1, totals=True, dates="mixed", digits="mixed", arabic_letters=True))
        import_file(county, path=sheet, by=system_actor("demonstration"), dry_run=False)
    with counties([county]), transaction.atomic():
        _spread_waiting()
        score_needs(county)
    make_demo_giving(county)
    with counties([county]), transaction.atomic():
        make_gifts(county)
        spend_gifts(county)
        work_together(county)


def _spread_waiting() -> None:
    chance, today = random.Random(SEED), timezone.localdate()
    needs = list(Need.objects.order_by("id"))
    for need in needs:
        need.since = today - timedelta(days=int(LONGEST_WAIT_DAYS * chance.random() ** 2))
        if chance.random() < 0.12:
            need.state, need.delivered = NeedState.MET, need.required
    Need.objects.bulk_update(needs, ["since", "state", "delivered"], batch_size=200)
