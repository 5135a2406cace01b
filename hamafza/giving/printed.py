"""What stands on a receipt, as plain data: made once, kept with the receipt, printed from ever after.

In Persian, whatever the language of who issues it: a receipt goes to the giver.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from hamafza.accounts.choices import OrganizationKind
from hamafza.accounts.models import Organization
from hamafza.core import jalali
from hamafza.core.rial import amount_in_words, grouped, to_toman
from hamafza.giving.choices import Attribution, Channel, DedicationKind, GiftKind, Intention
from hamafza.giving.models import Benefactor, Donation, DonationLine
from hamafza.giving.queries.closed_wishes import closure_in_words
from hamafza.ledger.choices import SurplusRule
from hamafza.needs.choices import Domain
from hamafza.places.models import Place
from hamafza.registry.choices import TargetGroup

#: Of the shape of what is kept; a later shape keeps reading the earlier ones.
LAYOUT = 1
Printed = dict[str, Any]


def printed_receipt(
    donation: Donation, lines: Sequence[DonationLine], *, number: str, on: date, left: Mapping[UUID, int]
) -> Printed:
    """``left`` is the amount of each line by its key, after what was paid back."""
    with translation.override("fa"):
        county = Place.objects.get(code=donation.county_id)
        money = sum(left[line.pk] for line in lines if line.kind == GiftKind.MONEY)
        goods = [line for line in lines if line.kind != GiftKind.MONEY]
        return {
            "layout": LAYOUT,
            "organisation": office_name(county),
            "number": number,
            "date": jalali.format_date(on),
            "title": _("Receipt of a gift"),
            "amounts": amounts(money) if money else [],
            "total": money,
            "value": sum(left[line.pk] for line in goods),
            "goods": [_goods(line) for line in goods],
            "facts": _facts(donation, lines, county),
            "trace": donation.trace_code,
            "trace_address": trace_address(donation.trace_code),
        }


def printed_annual(
    benefactor: Benefactor, donations: Sequence[tuple[Donation, int, int]], *, number: str, on: date, year: int
) -> Printed:
    """Every gift of a Jalali year with its money and the value of its goods, less what was paid back."""
    with translation.override("fa"):
        money, value = sum(row[1] for row in donations), sum(row[2] for row in donations)
        return {
            "layout": LAYOUT,
            "organisation": office_name(Place.objects.get(code=benefactor.county_id)),
            "number": number,
            "date": jalali.format_date(on),
            "title": _("Statement of gifts in the year %(year)s") % {"year": year},
            "giver": benefactor.name,
            "rows": [
                [
                    f"{gift.jalali_year}/{gift.number}",
                    jalali.format_date(gift.received_on),
                    _purpose(gift),
                    grouped(paid, separator="٬") if paid else "",
                    grouped(worth, separator="٬") if worth else "",
                ]
                for gift, paid, worth in donations
            ],
            "total": money,
            "value": value,
            "totals": [grouped(money, separator="٬"), grouped(value, separator="٬")],
            "amounts": amounts(money),
        }


def amounts(rial: int) -> list[str]:
    """In figures and words, in rial and in toman."""
    tomans, rest = divmod(rial, 10)
    figures = f"{grouped(rial, separator='٬')} ریال"
    if rest:
        return [figures, amount_in_words(rial)]
    words = amount_in_words(tomans).removesuffix("ریال") + "تومان"
    return [figures, amount_in_words(rial), f"{grouped(to_toman(rial), separator='٬')} تومان", words]


def office_name(county: Place) -> str:
    """The welfare office of a county as it calls itself."""
    office = Organization.objects.filter(place=county, kind=OrganizationKind.WELFARE_OFFICE, active=True).first()
    return office.name_fa if office else f"اداره بهزیستی شهرستان {county.name_fa}"


def as_text(printed: Mapping[str, Any]) -> str:
    """The one way it is written, so that its hash is always the same."""
    return json.dumps(printed, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def hash_of(text: str) -> str:
    """Of the printed text."""
    return hashlib.sha256(text.encode()).hexdigest()


def trace_address(code: str) -> str:
    """Where anybody follows a gift by its code; what the QR code on the receipt holds."""
    host = settings.ALLOWED_HOSTS[0].lstrip(".*") or "localhost"
    origin = f"https://{host}" if settings.HTTPS else f"http://{host}:{settings.HAMAFZA_PORT}"
    return f"{origin}/public/trace/{code}/"


def giver_shown(donation: Donation) -> str:
    """As she wants it on this gift: her name, a nickname, or nothing of her."""
    benefactor = donation.benefactor
    if benefactor is not None and donation.attribution == Attribution.NAME:
        return benefactor.name
    if benefactor is not None and donation.attribution == Attribution.NICKNAME and benefactor.nickname:
        return benefactor.nickname
    return _("A benefactor who stays unnamed")


def _facts(donation: Donation, lines: Sequence[DonationLine], county: Place) -> list[list[str]]:
    instalments = [line.instalment for line in lines if line.instalment]
    dedicated = DedicationKind(donation.dedication)
    rows = [
        (_("Received from"), giver_shown(donation)),
        (_("Received on"), jalali.format_date(donation.received_on, style="weekday")),
        (_("How"), str(Channel(donation.channel).label)),
        (_("Reference of the payment"), donation.reference),
        (_("County of use"), county.name_fa),
        (_("Purpose"), _purpose(donation)),
        (_("Intention"), str(Intention(donation.intention).label)),
        (_("To be used until"), jalali.format_date(donation.use_by) if donation.use_by else ""),
        (_("If something is left"), str(SurplusRule(donation.surplus_rule).label)),
        (_("What it was promised for"), closure_in_words(donation, waits=False)),
        (str(dedicated.label), donation.dedicated_to if dedicated != DedicationKind.NONE else ""),
        (_("For the instalment of"), "، ".join(jalali.format_date(one.due_on) for one in instalments)),
    ]
    return [[str(label), value] for label, value in rows if value]


def _purpose(donation: Donation) -> str:
    purpose = str(Domain(donation.purpose).label) if donation.purpose else _("Whatever the county needs")
    if donation.for_need_id:
        purpose = _("one need that the giver named")
    group = str(TargetGroup(donation.target_group).label) if donation.target_group else ""
    return f"{purpose}، {group}" if group else purpose


def _goods(line: DonationLine) -> list[str]:
    item = line.item
    return [
        item.name if item else "",
        f"{line.quantity or ''} {item.unit if item else ''}".strip(),
        grouped(line.amount, separator="٬") if line.amount else "—",
        line.valuation,
    ]
