"""Promises and what is due of them, as sheets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from hamafza.core import jalali
from hamafza.giving.choices import InstalmentState, Intention
from hamafza.giving.models import Instalment, Pledge
from hamafza.giving.pledge_words import rule_in_words, state_in_words, thing_of
from hamafza.giving.queries.pledges import schedule_of, versions_in_force
from hamafza.needs.choices import Domain
from hamafza.needs.exports.needs import ROW_CAP, top_lines
from hamafza.needs.exports.sheet import Sheet, Value, file_name

AT_ONCE = 500


def pledges_sheet(pledges: QuerySet[Pledge], *, county: str, filtered: str, by: str) -> Sheet:
    """From `queries.pledges.pledges_in`; ``filtered`` says the filters in words."""
    return Sheet(
        name=file_name("pledges"),
        title=_("Pledges"),
        top=top_lines(_("Pledges in %(county)s") % {"county": county}, filtered=filtered, by=by),
        header=[
            _("Number"), _("Benefactor"), _("What is promised"), _("How much each time"), _("Unit"), _("How often"),
            _("Intention"), _("For which need"), _("Next instalment"), _("Late instalments"), _("State"),
        ],
        rows=_pledge_rows(pledges),
    )  # fmt: skip


def instalments_sheet(instalments: QuerySet[Instalment], *, county: str, filtered: str, by: str) -> Sheet:
    """From `queries.due.due_in`."""
    return Sheet(
        name=file_name("instalments"),
        title=_("Instalments of pledges"),
        top=top_lines(_("Instalments of pledges in %(county)s") % {"county": county}, filtered=filtered, by=by),
        header=[
            _("Due"), _("Benefactor"), _("Pledge"), _("What is promised"), _("Unit"), _("Pledged"), _("Received"),
            _("Missing"), _("State"),
        ],
        rows=(_instalment_row(one) for one in instalments[:ROW_CAP].iterator(chunk_size=AT_ONCE)),
    )  # fmt: skip


def _pledge_rows(pledges: QuerySet[Pledge]) -> Iterator[Sequence[Value]]:
    found = pledges[:ROW_CAP].iterator(chunk_size=AT_ONCE)
    while part := list(islice(found, AT_ONCE)):
        versions = versions_in_force(part)
        yield from (_pledge_row(pledge, versions[pledge.pk]) for pledge in part)


def _pledge_row(pledge: Any, version: Any) -> Sequence[Value]:
    return [
        f"{pledge.jalali_year}/{pledge.number}",
        pledge.benefactor.name,
        _name(pledge),
        version.quantity,
        _unit(pledge),
        rule_in_words(schedule_of(version), occasion=version.occasion),
        str(Intention(pledge.intention).label),
        str(Domain(pledge.purpose).label) if pledge.purpose else "",
        jalali.format_date(pledge.next_on) if pledge.next_on else "",
        pledge.late_count,
        state_in_words(pledge.state),
    ]


def _instalment_row(instalment: Any) -> Sequence[Value]:
    pledge = instalment.pledge
    return [
        jalali.format_date(instalment.due_on),
        pledge.benefactor.name,
        f"{pledge.jalali_year}/{pledge.number}",
        _name(pledge),
        _unit(pledge),
        instalment.expected,
        instalment.fulfilled,
        instalment.expected - instalment.fulfilled,
        str(InstalmentState(instalment.state).label),
    ]


def _name(pledge: Pledge) -> str:
    return thing_of(pledge).name or _("Money")


def _unit(pledge: Pledge) -> str:
    if pledge.item is not None:
        return pledge.item.unit
    return _("time") if pledge.service else _("rial")
