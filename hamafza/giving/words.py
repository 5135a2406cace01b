"""Facts of need cards in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from hamafza.core import wording
from hamafza.giving.anonymity import AMOUNT_BANDS, DECADE, FACTS, OLDEST_BAND, SIZE_BANDS
from hamafza.registry.choices import Sex, TargetGroup

MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class FactShown:
    """A fact of a card: what it is called, and its band in words."""

    label: str
    value: str


def facts_shown(shown: Mapping[str, object]) -> tuple[FactShown, ...]:
    """Only what `anonymity` let through, in its order."""
    tell = {"amount": _amount, "group": _group, "size": _size, "age": _age, "sex": _sex}
    return tuple(tell[fact](str(shown[fact])) for fact in FACTS if fact in shown)


def _amount(code: str) -> FactShown:
    bound = int(code)
    if bound == len(AMOUNT_BANDS):
        text = _("more than %(amount)s million rials") % {"amount": wording.number(AMOUNT_BANDS[-1] // MILLION)}
    elif bound == 0:
        text = _("up to %(amount)s million rials") % {"amount": wording.number(AMOUNT_BANDS[0] // MILLION)}
    else:
        text = _("%(low)s to %(high)s million rials") % {
            "low": wording.number(AMOUNT_BANDS[bound - 1] // MILLION),
            "high": wording.number(AMOUNT_BANDS[bound] // MILLION),
        }
    return FactShown(_("Estimated cost"), text)


def _group(code: str) -> FactShown:
    return FactShown(_("Target group"), str(TargetGroup(code).label))


def _size(code: str) -> FactShown:
    bound = int(code)
    low = SIZE_BANDS[bound - 1] + 1 if bound else 1
    if bound == len(SIZE_BANDS):
        text = _("%(low)s persons or more") % {"low": wording.number(low)}
    elif low == SIZE_BANDS[bound]:
        text = _("one person")
    else:
        text = _("%(low)s or %(high)s persons") % {
            "low": wording.number(low),
            "high": wording.number(SIZE_BANDS[bound]),
        }
    return FactShown(_("Size of the household"), text)


def _age(code: str) -> FactShown:
    low = int(code)
    if low >= OLDEST_BAND:
        text = _("%(low)s years or more") % {"low": wording.number(low)}
    else:
        text = _("%(low)s to %(high)s years") % {
            "low": wording.number(low),
            "high": wording.number(low + DECADE - 1),
        }
    return FactShown(_("Age"), text)


def _sex(code: str) -> FactShown:
    return FactShown(_("Sex"), str(Sex(code).label))
