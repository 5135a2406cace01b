"""Steps of a commitment: each is a form on its page, and comes back to it."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import actor_of, load
from hamafza.commitments.admission import load_for_owner, load_known
from hamafza.commitments.commands import answer, decide, give
from hamafza.commitments.forms import DecideForm, MoveForm, NewDateForm, ReasonForm
from hamafza.commitments.models import Commitment
from hamafza.commitments.queries.commitments import date_changes_of
from hamafza.commitments.views.record import record_page
from hamafza.core.steps import pressed, sent


@require_POST
def commitment_accept(request: HttpRequest, pk: UUID) -> HttpResponse:
    held = load_for_owner(request, pk)
    return _done(request, held, lambda: answer.accept(held, by=actor_of(request)), _("It is taken on."))


@require_POST
def commitment_return(request: HttpRequest, pk: UUID) -> HttpResponse:
    held = load_for_owner(request, pk)
    form = ReasonForm(request.POST, prefix="return")
    return _sent(
        request, held, "return_form", form,
        lambda: answer.give_back(held, reason=form.cleaned_data["reason"], by=actor_of(request)),
        _("It is returned. Whoever asked for it answers."),
    )  # fmt: skip


@require_POST
def commitment_date(request: HttpRequest, pk: UUID) -> HttpResponse:
    held = load_for_owner(request, pk)
    form = NewDateForm(request.POST, prefix="date")
    return _sent(
        request, held, "date_form", form,
        lambda: answer.ask_for_date(held, **form.cleaned_data, by=actor_of(request)),
        _("The new date is asked for. Until it is approved the old one stands."),
    )  # fmt: skip


@require_POST
def commitment_assign(request: HttpRequest, pk: UUID) -> HttpResponse:
    held = load(request, Commitment, pk, may=Permission.ISSUE_COMMITMENTS)
    return _done(request, held, lambda: give.assign(held, by=actor_of(request)), _("It is handed to its owner."))


@require_POST
def commitment_answer(request: HttpRequest, pk: UUID) -> HttpResponse:
    held = load(request, Commitment, pk, may=Permission.ISSUE_COMMITMENTS)
    form = ReasonForm(request.POST, prefix="answer")
    return _sent(
        request, held, "answer_form", form,
        lambda: give.assign_again(held, answer=form.cleaned_data["reason"], by=actor_of(request)),
        _("It is handed to its owner again."),
    )  # fmt: skip


@require_POST
def commitment_move(request: HttpRequest, pk: UUID) -> HttpResponse:
    held = load(request, Commitment, pk, may=Permission.ISSUE_COMMITMENTS)
    form = MoveForm(request.POST, prefix="move", place=held.place_id)
    return _sent(
        request, held, "move_form", form,
        lambda: give.reassign(held, **form.cleaned_data, by=actor_of(request)),
        _("Another body owes it now."),
    )  # fmt: skip


@require_POST
def commitment_cancel(request: HttpRequest, pk: UUID) -> HttpResponse:
    held = load(request, Commitment, pk, may=Permission.ISSUE_COMMITMENTS)
    form = ReasonForm(request.POST, prefix="cancel")
    return _sent(
        request, held, "cancel_form", form,
        lambda: give.cancel(held, reason=form.cleaned_data["reason"], by=actor_of(request)),
        _("It is cancelled; the reason stays on record."),
    )  # fmt: skip


@require_POST
def commitment_verify(request: HttpRequest, pk: UUID) -> HttpResponse:
    held = load_known(request, pk, may=Permission.VERIFY_COMMITMENTS)
    form = DecideForm(request.POST, prefix="verify")
    return _sent(
        request, held, "verify_form", form,
        lambda: decide.verify(held, adequate=form.is_yes, note=form.cleaned_data["note"], by=actor_of(request)),
        _("Your finding is written down."),
    )  # fmt: skip


@require_POST
def commitment_decide_date(request: HttpRequest, pk: UUID) -> HttpResponse:
    held = load(request, Commitment, pk, may=Permission.ISSUE_COMMITMENTS)
    change = get_object_or_404(date_changes_of(held), state="asked")
    form = DecideForm(request.POST, prefix="decide")
    return _sent(
        request, held, "decide_form", form,
        lambda: decide.decide_date(
            change, approved=form.is_yes, answer=form.cleaned_data["note"], by=actor_of(request)
        ),
        _("The decision is written down. The first date stays on record."),
    )  # fmt: skip


@require_POST
def commitment_close(request: HttpRequest, pk: UUID) -> HttpResponse:
    held = load(request, Commitment, pk, may=Permission.ISSUE_COMMITMENTS)
    return _done(request, held, lambda: decide.close(held, by=actor_of(request)), _("It is closed."))


@require_POST
def commitment_reopen(request: HttpRequest, pk: UUID) -> HttpResponse:
    held = load(request, Commitment, pk, may=Permission.ISSUE_COMMITMENTS)
    form = ReasonForm(request.POST, prefix="reopen")
    return _sent(
        request, held, "reopen_form", form,
        lambda: decide.open_again(held, reason=form.cleaned_data["reason"], by=actor_of(request)),
        _("It is open again."),
    )  # fmt: skip


def _done(request: HttpRequest, held: Commitment, act: Callable[[], object], said: str) -> HttpResponse:
    """A step without words."""
    return pressed(request, act, said, back=_record(held))


def _sent(
    request: HttpRequest, held: Commitment, name: str, form: forms.Form, act: Callable[[], object], said: str
) -> HttpResponse:
    """A step with a form: shown again on the page, with what is wrong beside it."""

    def again() -> HttpResponse:
        held.refresh_from_db()
        return record_page(request, held, actor=actor_of(request), **{name: form})

    return sent(request, form, act, said, back=_record(held), again=again)


def _record(held: Commitment) -> str:
    return reverse("commitments:commitment-record", args=[held.pk])
