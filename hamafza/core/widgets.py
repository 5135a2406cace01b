"""Form fields and widgets for what offices type: Jalali dates, amounts, codes in any script of digits.

Each field accepts Persian, Arabic and Latin digits; the browser's part (picker, grouping, words) only helps and may be missing.
"""

import datetime
import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hamafza.core import jalali, persian, rial, wording
from hamafza.core.ids import uuid7

_NOT_OF_A_CODE = re.compile(r"[\s\-_./]+")


class DigitsInput(forms.TextInput):
    """A code made of digits: left to right, the number pad on a phone, nothing filled in by the browser."""

    input_type = "text"

    def __init__(self, attrs: Mapping[str, Any] | None = None) -> None:
        super().__init__(
            {
                "inputmode": "numeric",
                "dir": "ltr",
                "autocomplete": "off",
                "spellcheck": "false",
                "data-digits": True,
                **(attrs or {}),
            }
        )

    def format_value(self, value: Any) -> str | None:
        text = super().format_value(value)
        return None if text is None else wording.digits(text)


class PhoneInput(DigitsInput):
    """A telephone number; the phone's own keyboard for it."""

    input_type = "tel"

    def __init__(self, attrs: Mapping[str, Any] | None = None) -> None:
        super().__init__({"inputmode": "tel", **(attrs or {})})


class AmountInput(DigitsInput):
    """An amount: grouped while it is typed, said in words under the box. `unit` is rial or toman."""

    template_name = "core/widgets/amount.html"

    def __init__(self, attrs: Mapping[str, Any] | None = None, *, unit: rial.Unit = "rial") -> None:
        super().__init__({"data-amount": unit, **(attrs or {})})
        self.unit = unit

    def format_value(self, value: Any) -> str | None:
        if isinstance(value, int):
            return wording.number(value)
        return super().format_value(value)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["unit"] = _("rials") if self.unit == "rial" else _("tomans")
        return context


class JalaliDateInput(forms.DateInput):
    """A Jalali date: typed freely, or picked from an accessible grid."""

    template_name = "core/widgets/jalali_date.html"

    def __init__(self, attrs: Mapping[str, Any] | None = None) -> None:
        super().__init__(
            {
                "dir": "ltr",
                "autocomplete": "off",
                "inputmode": "text",
                "data-jalali": True,
                "placeholder": "",
                **(attrs or {}),
            }
        )

    def format_value(self, value: Any) -> str | None:
        if isinstance(value, datetime.date):
            return wording.short_date(datetime.date(value.year, value.month, value.day))
        return None if value in (None, "") else wording.digits(str(value))

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["today"] = jalali.format_date(timezone.localdate())
        return context


class MaskedInput(forms.TextInput):
    """A secret that is kept as it is when the box is left empty: only its mask is ever sent to the browser."""

    template_name = "core/widgets/masked.html"

    def __init__(self, attrs: Mapping[str, Any] | None = None, *, mask: str = "") -> None:
        super().__init__(
            {"inputmode": "numeric", "dir": "ltr", "autocomplete": "off", "spellcheck": "false", **(attrs or {})}
        )
        self.mask = mask

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["mask"] = self.mask
        return context


class DigitsField(forms.CharField):
    """A code of digits typed in any script, with spaces, dashes and invisible marks taken out; gives Latin digits."""

    widget = DigitsInput

    def to_python(self, value: Any) -> str | None:
        text = super().to_python(value)
        if not text:
            return text
        return _NOT_OF_A_CODE.sub("", persian.latin_digits(persian.normalize(text)).replace(persian.ZWNJ, ""))


class AmountField(forms.IntegerField):
    """An amount typed in any script, with or without separators; gives rials, also when `unit` is toman."""

    widget = AmountInput
    default_error_messages = {"invalid": _("Write the amount as a whole number, such as 12,500,000.")}

    def __init__(self, *, unit: rial.Unit = "rial", **kwargs: Any) -> None:
        kwargs.setdefault("widget", AmountInput(unit=unit))
        kwargs.setdefault("min_value", 0)
        super().__init__(**kwargs)
        self.unit = unit

    def to_python(self, value: Any) -> int | None:
        if value in self.empty_values:
            return None
        try:
            return rial.parse_amount(str(value), unit=self.unit)
        except rial.ImpossibleAmount as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error

    def prepare_value(self, value: Any) -> Any:
        return rial.to_toman(value) if isinstance(value, int) and self.unit == "toman" else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(self.to_python(data) != initial)
        except ValidationError:
            return True


class JalaliDateField(forms.DateField):
    """A Jalali date in any of the ways it is written: 1404/8/3, ۱۴۰۴-۰۸-۰۳, 3 آبان 1404; gives a Gregorian date."""

    widget = JalaliDateInput
    default_error_messages = {"invalid": _("Write the date as year/month/day, such as 1404/08/03.")}

    def to_python(self, value: Any) -> datetime.date | None:
        if value in self.empty_values:
            return None
        if isinstance(value, datetime.datetime):
            return value.date()
        if isinstance(value, datetime.date):
            return value
        try:
            return jalali.parse_date(str(value), today=timezone.localdate())
        except jalali.ImpossibleDate as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error


class OnceField(forms.UUIDField):
    """A hidden key that goes with a form which moves value: however often it is sent, it has one effect (`ledger.commands.once`)."""

    widget = forms.HiddenInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(initial=uuid7, **kwargs)
