"""Rows that a form of a gift is opened with: whose it is, for which instalment."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from hamafza.core import clock
from hamafza.giving.models import Benefactor, Instalment
from hamafza.giving.queries.cards import card_by_code
from hamafza.giving.queries.household import open_needs_of
from hamafza.giving.queries.instalments import open_instalments, with_states
from hamafza.needs.choices import STANDING_STATES
from hamafza.needs.models import Need
from hamafza.registry.queries.households import household_by_file_number as household_with_file


def benefactor_in(county: str, pk: UUID) -> Benefactor | None:
    """An active benefactor of a county."""
    return Benefactor.objects.filter(county_id=county, active=True, pk=pk).first()


def instalment_in(county: str, pk: UUID) -> Instalment | None:
    """An instalment of a county with its pledge, and with what was given for it."""
    found = Instalment.objects.filter(county_id=county, pk=pk).select_related(
        "pledge__benefactor", "pledge__item", "pledge__for_need"
    )
    return with_states(found, on=clock.today()).first()


def open_instalments_of(benefactor: Benefactor, *, on: date) -> QuerySet[Instalment]:
    """Instalments of a benefactor of which something is still expected."""
    return open_instalments(benefactor.county_id, on=on).filter(pledge__benefactor=benefactor)


def needs_named(county: str, text: str, *, sees_clients: bool) -> list[Need]:
    """Standing needs that somebody may mean: that of a published card by its code; by file number for who sees families.

    Nobody else is told by a file number whether a family is there.
    """
    card = card_by_code(county, text)
    if card is not None:
        return [card.need] if card.need is not None and card.need.state in STANDING_STATES else []
    household = household_with_file(county, text) if sees_clients else None
    return list(open_needs_of(household)) if household is not None else []
