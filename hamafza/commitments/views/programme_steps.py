"""Steps of a programme: each is a form on its page, and comes back to it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hamafza.accounts.guard import actor_of
from hamafza.commitments.commands.programme import drop_draft, publish_programme, revise_programme
from hamafza.commitments.commands.programme_items import add_item, change_item, remove_item
from hamafza.commitments.programme_admission import load_for_writing, load_item
from hamafza.commitments.programme_forms import ChangeForm, ItemForm
from hamafza.commitments.views.programme import UNPROCESSABLE, programme_page
from hamafza.core.errors import Refusal
from hamafza.core.refusals import show_refusal


@require_POST
def programme_publish(request: HttpRequest, pk: UUID) -> HttpResponse:
    held = load_for_writing(request, pk)
    try:
        told = publish_programme(held, by=actor_of(request))
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        late = told.is_late and told.number == 1
        messages.success(
            request,
            _("It is published and marked as late: its period had begun.")
            if late
            else _("It is published. The other bodies have a notice."),
        )
    return redirect("commitments:programme-record", pk=pk)


@require_POST
def programme_revise(request: HttpRequest, pk: UUID) -> HttpResponse:
    held = load_for_writing(request, pk)
    form = ChangeForm(request.POST)
    if form.is_valid():
        try:
            made = revise_programme(held, **form.cleaned_data, by=actor_of(request))
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("A new version is begun. The published one stands until you publish this."))
            return redirect("commitments:programme-record", pk=made.pk)
    return programme_page(request, held, writes=True, change_form=form)


@require_POST
def programme_drop(request: HttpRequest, pk: UUID) -> HttpResponse:
    held = load_for_writing(request, pk)
    try:
        drop_draft(held, by=actor_of(request))
    except Refusal as refusal:
        messages.error(request, refusal.message)
        return redirect("commitments:programme-record", pk=pk)
    messages.success(request, _("The draft is thrown away."))
    return redirect(f"{reverse('commitments:programme-mine')}?place={held.place_id}")


@require_POST
def programme_item_add(request: HttpRequest, pk: UUID) -> HttpResponse:
    held = load_for_writing(request, pk)
    form = ItemForm(request.POST, programme=held)
    if form.is_valid():
        try:
            add_item(held, form.facts(), by=actor_of(request), key=form.cleaned_data["key"])
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("It is added."))
            return redirect("commitments:programme-record", pk=pk)
    return programme_page(request, held, writes=True, item_form=form)


@require_http_methods(["GET", "HEAD", "POST"])
def programme_item_edit(request: HttpRequest, pk: UUID, item: UUID) -> HttpResponse:
    found = load_item(request, pk, item)
    if not found.programme.is_draft:
        raise Http404
    form = ItemForm(request.POST or None, programme=found.programme, item=found)
    if request.method == "POST" and form.is_valid():
        try:
            change_item(found, form.facts(), by=actor_of(request))
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("commitments:programme-record", pk=pk)
    context = {
        "form": form,
        "held": found.programme,
        "period": found.programme.period_kept,
        "cancel_url": reverse("commitments:programme-record", args=[pk]),
    }
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "commitments/programme_item_form.html", context, status=status)


@require_POST
def programme_item_remove(request: HttpRequest, pk: UUID, item: UUID) -> HttpResponse:
    found = load_item(request, pk, item)
    try:
        remove_item(found, by=actor_of(request))
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("It is taken out."))
    return redirect("commitments:programme-record", pk=pk)
