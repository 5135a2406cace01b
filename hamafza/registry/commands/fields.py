"""What a form, a sheet or a test hands to a command, and how it is cleaned.

Both are partial: a field that is not named stays as it is. Identity numbers, mobiles, postal codes and Sheba numbers may
come in any writing `core.identity` knows; texts are brought into one spelling of letters and spaces.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, TypedDict, cast

from django.utils import timezone
from django.utils.translation import gettext as _

from hamafza.core.errors import Refusal
from hamafza.core.identity import (
    is_iban,
    is_identity_number,
    is_mobile,
    is_postal_code,
    normalize_iban,
    normalize_identity,
    normalize_mobile,
    normalize_postal_code,
)
from hamafza.core.persian import normalize
from hamafza.places.models import Place

OLDEST_YEARS = 130


class HouseholdFields(TypedDict, total=False):
    """Amounts in rial; ``decile`` 1 to 10."""

    file_number: str
    district: Place | None
    address: str
    postal_code: str
    tenure: str
    decile: int | None
    decile_on: date | None
    decile_source: str
    income_rial: int | None


class PersonFields(TypedDict, total=False):
    """Codes are those of `registry.choices`."""

    relation: str
    identity_number: str
    first_name: str
    last_name: str
    father_name: str
    born_on: date | None
    sex: str
    mobile: str
    iban: str
    education: str
    job_status: str
    skills: str


def cleaned_household(fields: HouseholdFields) -> HouseholdFields:
    """The fields in the form they are kept in; raises `Refusal` naming the field at fault."""
    return cast("HouseholdFields", _cleaned(fields, _HOUSEHOLD))


def cleaned_person(fields: PersonFields) -> PersonFields:
    """The fields in the form they are kept in; raises `Refusal` naming the field at fault."""
    return cast("PersonFields", _cleaned(fields, _PERSON))


def _cleaned(fields: Mapping[str, Any], cleaners: Mapping[str, Callable[[Any], Any]]) -> dict[str, Any]:
    return {name: cleaners.get(name, _as_is)(value) for name, value in fields.items()}


def _as_is(value: Any) -> Any:
    return normalize(value) if isinstance(value, str) else value


def _identity_number(value: str) -> str:
    number = normalize_identity(value)
    if number and not is_identity_number(number):
        raise Refusal(
            _("This identity number is not right: its check digit does not fit. Compare it with the card."),
            code="bad_check_digit",
            field="identity_number",
        )
    return number


def _mobile(value: str) -> str:
    number = normalize_mobile(value)
    if value.strip() and not is_mobile(number):
        raise Refusal(_("A mobile number is 09 and nine digits."), code="bad_mobile", field="mobile")
    return number


def _postal_code(value: str) -> str:
    code = normalize_postal_code(value)
    if code and not is_postal_code(code):
        raise Refusal(_("A postal code has ten digits."), code="bad_postal_code", field="postal_code")
    return code


def _iban(value: str) -> str:
    number = normalize_iban(value)
    if number and not is_iban(number):
        raise Refusal(
            _("This Sheba number is not right: IR and 24 digits, as the bank writes it."), code="bad_iban", field="iban"
        )
    return number


def _born_on(value: date | None) -> date | None:
    today = timezone.localdate()
    if value is not None and value > today:
        raise Refusal(_("The date of birth lies in the future."), code="future_date", field="born_on")
    if value is not None and value.year < today.year - OLDEST_YEARS:
        raise Refusal(_("The date of birth is too long ago. Check the year."), code="bad_date", field="born_on")
    return value


_HOUSEHOLD: Mapping[str, Callable[[Any], Any]] = {"postal_code": _postal_code}
_PERSON: Mapping[str, Callable[[Any], Any]] = {
    "identity_number": _identity_number,
    "mobile": _mobile,
    "iban": _iban,
    "born_on": _born_on,
}
