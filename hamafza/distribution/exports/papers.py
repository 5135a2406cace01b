"""The data of a round's papers, as JSON holds it: texts are ready in the page's words, QR codes are SVG."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from hamafza.core import clock, wording
from hamafza.distribution.choices import Proof, RoundState
from hamafza.distribution.models import Round, RoundEntry
from hamafza.distribution.periods import period_shown
from hamafza.distribution.queries.phones import phones_of
from hamafza.distribution.queries.round_figures import figures_of, lots_of, proofs_used
from hamafza.distribution.round_words import round_number
from hamafza.distribution.tokens import token_shown
from hamafza.documents.pdf import qr_svg
from hamafza.needs.queries.counties import county_name

Paper = dict[str, Any]


def list_paper(of: Round, entries: Sequence[RoundEntry], *, by: str) -> Paper:
    """Names, addresses and a column to sign, for hands without a phone."""
    phones = phones_of([entry.household for entry in entries])
    rows = [
        {
            "rank": wording.number(place),
            "token": token_shown(entry.token),
            "name": entry.household.head.full_name if entry.household.head else "",
            "file": entry.household.file_number,
            "address": entry.household.address,
            "phone": phones[entry.household_id],
        }
        for place, entry in enumerate(entries, start=1)
    ]
    return {**_head(of, title=_("List of delivery"), by=by), "rows": rows, "facts": _facts(of)[:3]}


def token_sheets(of: Round, entries: Sequence[RoundEntry], *, base: str) -> Paper:
    """Slips to cut out: a code, its QR, what is handed out and when; nobody's name. ``base`` is the address before a code."""
    slips = [{"token": token_shown(entry.token), "qr": qr_svg(f"{base}{entry.token}/")} for entry in entries]
    return {
        "title": of.title,
        "item": of.item.name,
        "number": round_number(of),
        "day": wording.weekday_date(of.starts_on),
        "county": _county(of),
        "slips": slips,
    }


def packing_paper(of: Round, *, by: str) -> Paper:
    """What to take from which lot: all that was ever set aside for the round and not freed again."""
    lots = lots_of(of)
    rows = [
        {
            "lot": one.lot.code,
            "expires": wording.short_date(one.lot.expires_on) if one.lot.expires_on else "",
            "units": wording.number(one.quantity),
            "fund": one.lot.fund.name,
        }
        for one in lots
    ]
    total = wording.number(sum(one.quantity for one in lots))
    return {
        **_head(of, title=_("Packing list"), by=by),
        "facts": _facts(of),
        "rows": rows,
        "total": _("%(count)s %(unit)s") % {"count": total, "unit": of.item.unit},
    }


def report_paper(of: Round, *, by: str) -> Paper:
    """The figures of the round, to sign."""
    counted = figures_of([of])[of.pk]
    closed = of.state in (RoundState.RECONCILED, RoundState.REPORTED)
    figures = [
        [_("Packed (units)"), wording.number(of.packed)],
        [_("Households that have received"), wording.number(counted.delivered)],
        [_("Packages that came back from a household"), wording.number(counted.came_back)],
        [_("Households replaced by the next in rank"), wording.number(counted.replaced)],
        [_("Households that did not want it"), wording.number(counted.refused)],
    ]
    if closed:
        figures += [
            [_("Delivered (units)"), wording.number(of.delivered)],
            [_("Back in the store (units)"), wording.number(of.came_back)],
            [_("Spoilt or lost (units)"), wording.number(of.wasted)],
            [_("Called back by another office"), wording.number(counted.said_yes + counted.said_no)],
            [_("Of these, say they have received it"), wording.number(counted.said_yes)],
        ]
    proofs = [[str(Proof(kind).label), wording.number(count)] for kind, count in proofs_used(of).items()]
    return {
        **_head(of, title=_("Report of the distribution round"), by=by),
        "facts": _facts(of),
        "figures": figures,
        "proofs": proofs,
        "draft": "" if closed else _("The round is not closed yet: these figures still change."),
    }


def _head(of: Round, *, title: str, by: str) -> Paper:
    return {
        "organisation": _("Welfare office of %(county)s") % {"county": _county(of)},
        "number": round_number(of),
        "date": wording.short_date(clock.today()),
        "title": f"{title}: {of.title}",
        "foot": _("Made by %(name)s on %(moment)s") % {"name": by, "moment": wording.long_date(clock.now())},
    }


def _facts(of: Round) -> list[list[str]]:
    per = _("%(count)s %(unit)s") % {"count": wording.number(of.per_household), "unit": of.item.unit}
    return [
        [_("What is handed out"), of.item.name],
        [_("How many for each household"), per],
        [_("Day of the distribution"), wording.weekday_date(of.starts_on)],
        [_("Nobody twice in"), period_shown(of.period)],
        [_("From which store"), of.warehouse.name],
    ]


def _county(of: Round) -> str:
    return county_name(of.county_id)
