"""Where somebody is reached, as it is kept."""

from __future__ import annotations

from django.utils.translation import gettext as _

from hamafza.core.errors import Refusal
from hamafza.core.identity import normalize_mobile


def tidy_mobile(text: str, *, field: str = "mobile") -> str:
    """``09`` and nine digits; nothing stays nothing, anything else is refused (``bad_mobile``)."""
    if not text.strip():
        return ""
    number = normalize_mobile(text)
    if not number:
        raise Refusal(_("This is not a mobile number, such as 0912 345 6789."), code="bad_mobile", field=field)
    return number
