"""A time of day, typed in any script of digits: ۱۰، 10:30، ۱۰.۳۰."""

from __future__ import annotations

import datetime
import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from hamafza.core import persian, wording
from hamafza.core.widgets import DigitsInput

_TIME = re.compile(r"(\d{1,2})(?:[:.٫](\d{2}))?")


class TimeInput(DigitsInput):
    def __init__(self) -> None:
        super().__init__({"inputmode": "text", "class": "time-input"})

    def format_value(self, value: Any) -> str | None:
        return wording.digits(f"{value:%H:%M}") if isinstance(value, datetime.time) else super().format_value(value)


class TimeField(forms.Field):
    widget = TimeInput
    default_error_messages = {"invalid": _("Write the time as hours and minutes, such as 10:30.")}

    def to_python(self, value: Any) -> datetime.time | None:
        if value in self.empty_values:
            return None
        found = _TIME.fullmatch(persian.latin_digits(str(value)).strip())
        try:
            if found is None:
                raise ValueError
            return datetime.time(int(found[1]), int(found[2] or 0))
        except ValueError as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error
