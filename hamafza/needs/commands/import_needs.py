"""Needs a spreadsheet names, many at once (set-based; the import has asked for permission)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from hamafza.core.bulk import insert_all
from hamafza.core.scope import counties
from hamafza.needs.choices import HOUSEHOLD_DOMAINS, NeedState, Source
from hamafza.needs.commands.score import put_score
from hamafza.needs.events import needs_changed
from hamafza.needs.flow import LIVE_STATES, VALID_DAYS
from hamafza.needs.models import Need
from hamafza.needs.priority import Situation
from hamafza.needs.queries.situations import situations_of
from hamafza.needs.severity import UNSTATED, default_severity

#: Who needs what: household, person (empty in a domain of the household), domain, item.
Claim = tuple[UUID, UUID | None, str, str]


def state_needs(county: str, needs: Collection[Need]) -> list[Need]:
    """Open these needs, each once; gives those that are new.

    A need is left out when one of the same owner, domain and item stands or waits to be approved, or comes earlier in
    the list. Give each its ``household_id``, ``person_id``, ``domain`` and, if known, ``since``, ``severity``
    (0, `severity.UNSTATED`: derived from what is on file), ``item``, ``created_by_id``. In a
    domain of the household the person is taken out. State, source, validity, score and county are set here. Households
    and persons must be saved before: the score looks at them.
    """
    if not needs:
        return []
    on = timezone.localdate()
    with transaction.atomic(savepoint=False), counties([county]):
        households = {need.household_id for need in needs}
        new = _new_ones(needs, _claims_of(households))
        if not new:
            return []
        situations = situations_of({need.household_id for need in new}, on=on)
        for need in new:
            _prepare(need, county=county, situation=situations[need.household_id], on=on)
        insert_all(new)
        needs_changed.send(sender=None, county=county)
    return new


def _claims_of(households: Collection[UUID]) -> set[Claim]:
    live = Need.objects.filter(household__in=households, state__in=LIVE_STATES)
    return set(live.values_list("household_id", "person_id", "domain", "item"))


def _new_ones(needs: Collection[Need], taken: set[Claim]) -> list[Need]:
    new = []
    for need in needs:
        if need.domain in HOUSEHOLD_DOMAINS:
            need.person_id = None
        # A person is unique in the country; her household may have changed since the need was stated.
        claim: Claim = (need.household_id, need.person_id, need.domain, need.item)
        if claim not in taken:
            taken.add(claim)
            new.append(need)
    return new


def _prepare(need: Need, *, county: str, situation: Situation, on: date) -> None:
    need.county_id = county
    need.state, need.source = NeedState.OPEN, Source.IMPORT
    need.valid_to = need.valid_to or on + timedelta(days=VALID_DAYS[need.domain])
    if need.severity == UNSTATED:
        need.severity = default_severity(need.domain, situation=situation, person=need.person_id)
    put_score(need, situation, on=on)
