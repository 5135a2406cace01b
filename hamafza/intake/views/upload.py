"""Step 1: the file."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import admit
from hamafza.core.errors import Refusal
from hamafza.intake.choices import BatchState
from hamafza.intake.commands.import_file import readable_sheet
from hamafza.intake.commands.open_batch import open_batch
from hamafza.intake.forms import MOST_BYTES, UploadForm
from hamafza.intake.models import ImportBatch
from hamafza.intake.plain_file import in_memory
from hamafza.intake.views.wizard import wizard_steps
from hamafza.needs.queries.counties import named_counties

UNPROCESSABLE = 422


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    actor = admit(request, Permission.IMPORT_CLIENTS)
    form = _form(request, actor)
    if form.is_bound and form.is_valid():
        try:
            batch = _open(form.cleaned_data["file"], form.chosen_county, by=actor)
        except Refusal as refusal:
            form.add_error("file", str(refusal))
        else:
            return _go_on_with(request, batch)
    context = {"form": form, "steps": wizard_steps("file"), "back_url": reverse("intake:batch-list")}
    return render(request, "intake/upload.html", context, status=UNPROCESSABLE if form.errors else 200)


def _form(request: HttpRequest, actor: Actor) -> UploadForm:
    counties = named_counties(actor.counties_with(Permission.IMPORT_CLIENTS))
    if request.method != "POST":
        return UploadForm(counties=counties)
    # A body beyond the limit is read past, so that its file is missing here.
    too_large = int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES
    return UploadForm(request.POST, request.FILES, counties=counties, too_large=too_large)


def _open(file: UploadedFile[Any], county: str, *, by: Actor) -> ImportBatch:
    with in_memory(file.chunks()) as path:
        readable_sheet(path)
        return open_batch(county, path=path, file_name=file.name or "", by=by)


def _go_on_with(request: HttpRequest, batch: ImportBatch) -> HttpResponse:
    if batch.state == BatchState.UPLOADED:
        return redirect("intake:columns", batch.pk)
    messages.info(request, _("This file was already begun; here it goes on where it was."))
    return redirect("intake:batch-record", batch.pk)
