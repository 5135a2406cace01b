"""A command's refusal, shown in the form that called it."""

from __future__ import annotations

from django.forms import Form

from hamafza.core.errors import Refusal


def show_refusal(form: Form, refusal: Refusal) -> None:
    """Say it beside the field at fault, or above the form when the form has no such field."""
    form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
