"""Steps of a record: a button or a small form on a page that comes back to it (``patterns/_step_form.html``)."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from hamafza.core.errors import Refusal
from hamafza.core.refusals import show_refusal

WRONG = 422


def pressed(request: HttpRequest, act: Callable[[], object], said: str, *, back: str) -> HttpResponse:
    """A button without a form: a refusal is said on the page it comes back to."""
    try:
        act()
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        if said:
            messages.success(request, said)
    return redirect(back)


def sent(
    request: HttpRequest,
    form: forms.Form,
    act: Callable[[], object],
    said: str,
    *,
    back: str,
    again: Callable[[], HttpResponse],
) -> HttpResponse:
    """A form: done, it comes back; else ``again`` draws the page with it, and nothing typed is lost."""
    if form.is_valid():
        try:
            act()
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            if said:
                messages.success(request, said)
            return redirect(back)
    return again()


def pk_of(text: str | None) -> UUID | None:
    """A key as it was sent; nothing when it is none."""
    try:
        return UUID(text or "")
    except ValueError:
        return None
