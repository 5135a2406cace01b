"""Report how far it is: one screen, for a phone."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hamafza.accounts.guard import actor_of
from hamafza.commitments.admission import load_for_owner
from hamafza.commitments.commands.answer import report
from hamafza.commitments.flow import WORKED_STATES
from hamafza.commitments.forms import ReportForm
from hamafza.commitments.models import Commitment
from hamafza.commitments.words import commitment_row
from hamafza.core.errors import Refusal
from hamafza.core.refusals import show_refusal

WRONG = 422


@require_http_methods(["GET", "HEAD", "POST"])
def commitment_report(request: HttpRequest, pk: UUID) -> HttpResponse:
    held = load_for_owner(request, pk)
    form = ReportForm(request.POST or None, request.FILES or None, commitment=held, initial=_so_far(held))
    if request.method == "GET" and held.state not in WORKED_STATES:
        messages.info(request, _("There is nothing to report now. See below whose turn it is."))
        return redirect("commitments:commitment-record", pk=pk)
    if request.method == "POST" and form.is_valid():
        try:
            report(held, form.report(), by=actor_of(request), key=form.cleaned_data["key"])
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("Your report is written down."))
            return redirect("commitments:commitment-record", pk=pk)
    context = {
        "held": held,
        "row": commitment_row(held),
        "form": form,
        "for_owner": actor_of(request).organization != held.owner_id,
        "cancel_url": reverse("commitments:commitment-record", args=[pk]),
    }
    return render(request, "commitments/commitment_report.html", context, status=WRONG if form.errors else None)


def _so_far(held: Commitment) -> dict[str, int]:
    """What was reported last is where the form begins."""
    return {"share": held.percent, "done_quantity": held.done_quantity}
