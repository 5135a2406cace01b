"""How goods are spoken of on pages: expiry with its warning, and where a lot came from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from hamafza.core import wording
from hamafza.core.parts import Tone
from hamafza.distribution.models import Lot

#: Days before its expiry from which a lot is worth a warning.
SOON_DAYS = 30


@dataclass(frozen=True, slots=True)
class Warned:
    """A badge: its words and its colour."""

    label: str
    tone: Tone


def expiry_warning(expires_on: date | None, on: date) -> Warned | None:
    """What is to be said of an expiry date on a day; nothing while there is time."""
    if expires_on is None:
        return None
    left = (expires_on - on).days
    if left < 0:
        return Warned(_("expired"), "red")
    if left == 0:
        return Warned(_("expires today"), "red")
    if left <= SOON_DAYS:
        return Warned(_("expires in %(days)s days") % {"days": wording.number(left)}, "orange")
    return None


def origin_of(lot: Lot, *, named: bool) -> str:
    """Where a lot came from, in words; ``named``: the reader may know who gave it."""
    if lot.kit_version is not None:
        return _("Packed here, version %(number)s of the kit") % {"number": wording.number(lot.kit_version.number)}
    if lot.purchase is not None:
        return _("Bought: %(what)s") % {"what": lot.purchase.what}
    if lot.donation_line is None:
        return ""
    donation = lot.donation_line.donation
    day = wording.long_date(donation.received_on)
    if named and donation.benefactor is not None:
        return _("Gift of %(name)s, %(day)s") % {"name": donation.benefactor.name, "day": day}
    return _("A gift, %(day)s") % {"day": day}
