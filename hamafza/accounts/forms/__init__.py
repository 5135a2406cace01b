"""The shape of input of the accounts pages."""

from __future__ import annotations

from django.forms import Form

from hamafza.core.errors import Refusal


def show_refusal(form: Form, refusal: Refusal) -> None:
    """Say a command's refusal beside the field at fault, or above the form."""
    form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)


__all__ = ["show_refusal"]
