"""What becomes of a promise: each step with its own short form."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import actor_of, load
from hamafza.core.errors import Refusal
from hamafza.core.refusals import show_refusal
from hamafza.giving.commands.pledge_steps import (
    begin_pledge,
    cancel_pledge,
    complete_pledge,
    pause_pledge,
    resume_pledge,
)
from hamafza.giving.forms.pledge import StepForm
from hamafza.giving.models import Pledge
from hamafza.giving.views.pledge_rows import number_of

UNPROCESSABLE = 422


@require_http_methods(["GET", "HEAD", "POST"])
def pledge_begin(request: HttpRequest, pk: UUID) -> HttpResponse:
    pledge = load(request, Pledge, pk, may=Permission.KEEP_BENEFACTORS)
    said = {
        "heading": _("The condition has come about"),
        "text": _("From the day you write on, the vow is kept and its instalments fall due."),
        "verb": _("Begin"),
        "done": _("The vow has begun; its next instalments are made."),
    }

    def act(since: date) -> None:
        begin_pledge(pledge, first_day=since, by=actor_of(request))

    return _step(request, pledge, said=said, asks=("since",), act=act)


@require_http_methods(["GET", "HEAD", "POST"])
def pledge_pause(request: HttpRequest, pk: UUID) -> HttpResponse:
    pledge = load(request, Pledge, pk, may=Permission.KEEP_BENEFACTORS)
    said = {
        "heading": _("Pause the pledge"),
        "text": _("What would be due during the pause is left out and not made up for. Gifts already entered stay."),
        "verb": _("Pause"),
        "done": _("The pledge is paused. Resume it when the giver is ready."),
    }

    def act(since: date, reason: str) -> None:
        pause_pledge(pledge, since=since, reason=reason, by=actor_of(request))

    return _step(request, pledge, said=said, asks=("since", "reason"), act=act)


@require_http_methods(["GET", "HEAD", "POST"])
def pledge_resume(request: HttpRequest, pk: UUID) -> HttpResponse:
    pledge = load(request, Pledge, pk, may=Permission.KEEP_BENEFACTORS)
    said = {
        "heading": _("Resume the pledge"),
        "text": _("It goes on by the same rule from the day you write."),
        "verb": _("Resume"),
        "done": _("The pledge goes on; its next instalments are made."),
    }

    def act(since: date) -> None:
        resume_pledge(pledge, since=since, by=actor_of(request))

    return _step(request, pledge, said=said, asks=("since",), act=act)


@require_http_methods(["GET", "HEAD", "POST"])
def pledge_cancel(request: HttpRequest, pk: UUID) -> HttpResponse:
    pledge = load(request, Pledge, pk, may=Permission.KEEP_BENEFACTORS)
    said = {
        "heading": _("Cancel the pledge"),
        "text": _("Instalments to come are removed; the past and gifts already entered stay. This cannot be undone."),
        "verb": _("Cancel the pledge"),
        "done": _("The pledge is cancelled."),
        "danger": True,
    }

    def act(reason: str) -> None:
        cancel_pledge(pledge, reason=reason, by=actor_of(request))

    return _step(request, pledge, said=said, asks=("reason",), act=act)


@require_POST
def pledge_complete(request: HttpRequest, pk: UUID) -> HttpResponse:
    pledge = load(request, Pledge, pk, may=Permission.KEEP_BENEFACTORS)
    complete_pledge(pledge, by=actor_of(request))
    messages.success(request, _("The pledge is completed. Nothing more is expected of it."))
    return redirect("giving:pledge-record", pk=pledge.pk)


def _step(
    request: HttpRequest, pledge: Pledge, *, said: dict[str, Any], asks: tuple[str, ...], act: Callable[..., None]
) -> HttpResponse:
    form = StepForm(request.POST or None, asks=asks)
    if request.method == "POST" and form.is_valid():
        try:
            act(**form.cleaned_data)
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, said["done"])
            return redirect("giving:pledge-record", pk=pledge.pk)
    context = {
        **said,
        "form": form,
        "number": number_of(pledge),
        "giver": pledge.benefactor,
        "cancel_url": reverse("giving:pledge-record", args=[pledge.pk]),
    }
    return render(request, "giving/pledge_step.html", context, status=UNPROCESSABLE if form.errors else None)
