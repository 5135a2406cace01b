"""The rows of an import: those that were taken, those that were refused, and what was doubtful."""

from __future__ import annotations

from collections import Counter
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import load
from hamafza.audit.commands.record_read import record_read
from hamafza.core.parts import SavedView, active_filters, clear_url, more_url
from hamafza.intake.choices import Outcome
from hamafza.intake.exports import MOST_ROWS, refused_workbook
from hamafza.intake.forms import FaultFilterForm
from hamafza.intake.models import ImportBatch
from hamafza.intake.queries.report import counts_of
from hamafza.intake.queries.staged import FaultPage, fault_counts, fault_page, row_page

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

#: What the list of rows may be asked for: the outcomes of each.
SHOWN = {
    "created": (Outcome.CREATED,),
    "matched": (Outcome.MATCHED, Outcome.CHANGED),
    "changed": (Outcome.CHANGED,),
}


@require_safe
def row_list(request: HttpRequest, pk: UUID) -> HttpResponse:
    batch = load(request, ImportBatch, pk, may=Permission.IMPORT_CLIENTS)
    if batch.cleared_at:
        return _cleared(request, batch)
    asked = request.GET.get("outcome", "")
    asked = asked if asked in SHOWN else "created"
    page = row_page(batch, outcomes=SHOWN[asked], after=_row(request))
    counts = counts_of(batch)
    context = {
        "batch": batch,
        "rows": page.rows,
        "count": getattr(counts, asked),
        "saved_views": _views(batch, asked, counts),
        "more_url": _more(request, page.after),
        "asked": asked,
    }
    return render(request, "intake/row_list.html", context)


@require_safe
def refused(request: HttpRequest, pk: UUID) -> HttpResponse:
    batch = load(request, ImportBatch, pk, may=Permission.IMPORT_CLIENTS)
    if batch.cleared_at:
        return _cleared(request, batch)
    context = _faults(request, batch, fault_counts(batch).refused, refused=True)
    context |= {"sheet_url": reverse("intake:refused-sheet", args=[batch.pk]) if batch.file_key else ""}
    context |= {"most_rows": MOST_ROWS, "many": counts_of(batch).refused > MOST_ROWS}
    return render(request, "intake/refused.html", context)


@require_safe
def warnings(request: HttpRequest, pk: UUID) -> HttpResponse:
    batch = load(request, ImportBatch, pk, may=Permission.IMPORT_CLIENTS)
    if batch.cleared_at:
        return _cleared(request, batch)
    return render(request, "intake/warnings.html", _faults(request, batch, fault_counts(batch).warned, refused=False))


@require_safe
def refused_sheet(request: HttpRequest, pk: UUID) -> HttpResponse:
    batch = load(request, ImportBatch, pk, may=Permission.IMPORT_CLIENTS)
    if not batch.file_key:
        return redirect("intake:refused", batch.pk)
    record_read(batch, fields=["file_name"], reason=_("Refused rows taken out to be corrected"))
    response = HttpResponse(refused_workbook(batch), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="refused-rows-{str(batch.pk)[-6:]}.xlsx"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _faults(request: HttpRequest, batch: ImportBatch, counts: Counter[str], *, refused: bool) -> dict[str, Any]:
    form = FaultFilterForm(request.GET, counts=counts)
    code = form.cleaned_data["code"] if form.is_valid() else ""
    page: FaultPage = fault_page(batch, refused=refused, code=code, after=_row(request))
    return {
        "batch": batch,
        "rows": page.faults,
        "count": counts[code] if code else counts.total(),
        "filter_form": form,
        "filters": active_filters(form, request),
        "clear_url": clear_url(form, request),
        "more_url": _more(request, page.after),
    }


def _views(batch: ImportBatch, asked: str, counts: Any) -> list[SavedView]:
    labels = {"created": _("New"), "matched": _("Already on file"), "changed": _("On file, changed")}
    url = reverse("intake:row-list", args=[batch.pk])
    return [SavedView(label, f"{url}?outcome={name}", name == asked) for name, label in labels.items()]


def _cleared(request: HttpRequest, batch: ImportBatch) -> HttpResponse:
    return render(request, "intake/cleared.html", {"batch": batch})


def _more(request: HttpRequest, after: int) -> str:
    return more_url(request.GET, after) if after else ""


def _row(request: HttpRequest) -> int:
    text = request.GET.get("after", "")
    # beyond nine digits no sheet has a row, and no database column either
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
