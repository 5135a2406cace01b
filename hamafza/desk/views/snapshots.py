"""Reports of periods: taken once, read for ever, as page, PDF and Word."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import actor_of, load
from hamafza.core import clock
from hamafza.core.errors import Refusal
from hamafza.core.parts import more_url
from hamafza.core.refusals import show_refusal
from hamafza.desk.admission import Desk, admit_desk, is_governors
from hamafza.desk.commands.snapshots import take_snapshot
from hamafza.desk.exports.letter import letter_of
from hamafza.desk.forms import PeriodForm, SnapshotForm
from hamafza.desk.models import Snapshot
from hamafza.desk.periods import period_of, period_shown
from hamafza.desk.queries.organisations import organisation_of
from hamafza.desk.queries.snapshots import Report, snapshots_of
from hamafza.desk.views.panels import panels_of
from hamafza.documents.pdf import make_pdf, pdf_download
from hamafza.documents.word import MIME, make_word

PAGE = 50
WRONG = 422


@require_safe
def snapshot_list(request: HttpRequest) -> HttpResponse:
    desk = admit_desk(request, Permission.SEE_DESK)
    shown = list(snapshots_of(desk.place.code, after=request.GET.get("after", ""))[: PAGE + 1])
    context = {
        "place_name": desk.place.title,
        "rows": [
            {
                "pk": one.pk,
                "number": str(one),
                "period": period_shown(period_of(one.period)),
                "at": one.at,
                "by": one.by,
            }
            for one in shown[:PAGE]
        ],
        "more_url": more_url(request.GET, shown[PAGE - 1].pk) if len(shown) > PAGE else "",
        "create_url": f"{reverse('desk:snapshot-create')}?place={desk.place.code}"
        if desk.may(Permission.KEEP_DESK)
        else "",
        "desk_url": f"{reverse('desk:board')}?place={desk.place.code}",
    }
    return render(request, "desk/snapshot_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def snapshot_create(request: HttpRequest) -> HttpResponse:
    desk = admit_desk(request, Permission.KEEP_DESK)
    period = PeriodForm(request.GET, today=clock.today()).chosen()
    organisation = organisation_of(desk.actor, desk.place)
    form = SnapshotForm(request.POST or None, initial={**_usual(desk), "period": period.key})
    if request.method == "POST" and form.is_valid():
        try:
            made = take_snapshot(
                desk.place, desk.places, period=form.cleaned_data["period"], by=desk.actor,
                cover=form.cover(organisation=organisation), key=form.cleaned_data["key"],
            )  # fmt: skip
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The report is kept. It stays as it is now."))
            return redirect("desk:snapshot-record", pk=made.pk)
    context: dict[str, Any] = {
        "form": form,
        "place": desk.place.code,
        "place_name": desk.place.title,
        "period_name": period_shown(period),
        "is_running": period.last >= clock.today(),
        "cancel_url": f"{reverse('desk:board')}?{urlencode({'place': desk.place.code, 'period': period.key})}",
    }
    return render(request, "desk/snapshot_create.html", context, status=WRONG if form.errors else None)


@require_safe
def snapshot_record(request: HttpRequest, pk: UUID) -> HttpResponse:
    snapshot = load(request, Snapshot, pk, may=Permission.SEE_DESK)
    report = Report.from_text(snapshot.text)
    reader = is_governors(actor_of(request), snapshot.place_id)
    context = {**panels_of(report.figures, live=False, is_governors=reader), "snapshot": snapshot, "report": report}
    return render(request, "desk/snapshot_record.html", context)


@require_safe
def snapshot_pdf(request: HttpRequest, pk: UUID) -> HttpResponse:
    snapshot = load(request, Snapshot, pk, may=Permission.SEE_DESK)
    paper = letter_of(Report.from_text(snapshot.text))
    return pdf_download(make_pdf("documents/paper", paper.as_data()), name=_file_name(snapshot))


@require_safe
def snapshot_word(request: HttpRequest, pk: UUID) -> HttpResponse:
    snapshot = load(request, Snapshot, pk, may=Permission.SEE_DESK)
    response = HttpResponse(make_word(letter_of(Report.from_text(snapshot.text))), content_type=MIME)
    response["Content-Disposition"] = f'attachment; filename="{_file_name(snapshot)}.docx"'
    response["Cache-Control"] = "no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _file_name(snapshot: Snapshot) -> str:
    return f"report-{snapshot.jalali_year}-{snapshot.number}"


def _usual(desk: Desk) -> dict[str, str]:
    """What such a letter says as a rule: in Persian, as all of it is."""
    with translation.override("fa"):
        name = {"place": desk.place.title}
        post = _("Governor of %(place)s") if desk.is_county else _("Governor-general of %(place)s")
        return {
            "to": _("To the heads of the agencies and charities of %(place)s") % name,
            "post": post % {"place": desk.place.name if desk.is_county else desk.place.title},
        }
