"""What the tests of the registry's pages ask and read."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from hamafza.places.models import CountyOwned

NOT_FOUND, CONFLICT, UNPROCESSABLE, NOT_ALLOWED = 404, 409, 422, 405


def page(name: str, record: CountyOwned) -> str:
    return reverse(f"registry:{name}", args=[record.pk])


def opened(answer: Any) -> dict[str, str]:
    """What a browser would send back of an untouched form."""
    form = answer.context["form"]
    return {
        name: str(value)
        for name in form.fields
        if (value := form[name].value()) not in (None, "") and not isinstance(value, list)
    }
