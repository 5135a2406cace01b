"""What may be done with an import: write it, drop it, try it again."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import actor_of, load
from hamafza.core.errors import Refusal
from hamafza.intake.commands.advance import begin_writing, go_on
from hamafza.intake.commands.import_file import drop_batch
from hamafza.intake.models import ImportBatch
from hamafza.intake.tasks import send_to_worker


@require_POST
def batch_begin(request: HttpRequest, pk: UUID) -> HttpResponse:
    batch = load(request, ImportBatch, pk, may=Permission.IMPORT_CLIENTS)
    try:
        begin_writing(batch, by=actor_of(request))
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    else:
        send_to_worker(batch)
    return redirect("intake:batch-record", batch.pk)


@require_POST
def batch_drop(request: HttpRequest, pk: UUID) -> HttpResponse:
    batch = load(request, ImportBatch, pk, may=Permission.IMPORT_CLIENTS)
    try:
        drop_batch(batch, by=actor_of(request))
    except Refusal as refusal:
        messages.warning(request, str(refusal))
        return redirect("intake:batch-record", batch.pk)
    messages.success(
        request, _("The import of “%(file)s” is dropped. Nothing of it was written.") % {"file": batch.file_name}
    )
    return redirect("intake:batch-list")


@require_POST
def batch_go_on(request: HttpRequest, pk: UUID) -> HttpResponse:
    batch = load(request, ImportBatch, pk, may=Permission.IMPORT_CLIENTS)
    try:
        go_on(batch, by=actor_of(request))
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    else:
        send_to_worker(batch)
    return redirect("intake:batch-record", batch.pk)
