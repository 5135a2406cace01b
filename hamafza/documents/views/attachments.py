"""Papers of a record: listed, added, downloaded, removed and put back."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hamafza.accounts.guard import actor_of
from hamafza.audit.commands.record_read import record_read
from hamafza.core.errors import Refusal
from hamafza.core.refusals import show_refusal
from hamafza.documents import owners, store
from hamafza.documents.commands.attach import attach_file, remove_attachment, restore_attachment
from hamafza.documents.forms import AttachForm
from hamafza.documents.queries.attachments import all_attachments, attachments, papers
from hamafza.documents.rules import ending_of


@require_safe
def attachment_list(request: HttpRequest, source_type: str, source_id: UUID) -> HttpResponse:
    record = owners.may_see(request, source_type=source_type, source_id=source_id)
    may_edit = owners.could_edit(request, source_type=source_type, source_id=source_id)
    found = papers(source_type=source_type, source_id=source_id, may_edit=may_edit)
    return render(request, "documents/attachment_list.html", {"record": record, "papers": found})


@require_http_methods(["GET", "POST"])
def attachment_add(request: HttpRequest, source_type: str, source_id: UUID) -> HttpResponse:
    record = owners.may_edit(request, source_type=source_type, source_id=source_id)
    form = AttachForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            attach_file(
                record,
                file.file,
                name=file.name,
                title=form.cleaned_data["title"],
                source_type=source_type,
                source_id=source_id,
                by=actor_of(request),
            )
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The paper is added."))
            return redirect("documents:attachment-list", source_type=source_type, source_id=source_id)
    context = {"form": form, "record": record, "source_type": source_type, "source_id": source_id}
    return render(request, "documents/attachment_add.html", context, status=422 if request.method == "POST" else 200)


@require_safe
def attachment_download(request: HttpRequest, source_type: str, source_id: UUID, pk: UUID) -> StreamingHttpResponse:
    owners.may_see(request, source_type=source_type, source_id=source_id)
    attachment = get_object_or_404(attachments(source_type=source_type, source_id=source_id), pk=pk)
    record_read(attachment, fields=["file"])
    name = f"{attachment.title}.{ending_of(attachment.mime)}"
    return StreamingHttpResponse(
        store.read_sealed(attachment.file_key),
        content_type=attachment.mime,
        headers={
            "Content-Disposition": str(content_disposition_header(True, name)),
            "Content-Length": str(attachment.size),
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store",
        },
    )


@require_POST
def attachment_remove(request: HttpRequest, source_type: str, source_id: UUID, pk: UUID) -> HttpResponse:
    owners.may_edit(request, source_type=source_type, source_id=source_id)
    remove_attachment(get_object_or_404(attachments(source_type=source_type, source_id=source_id), pk=pk))
    undo = reverse("documents:attachment-restore", args=[source_type, source_id, pk])
    messages.success(request, _("The paper is removed."), extra_tags=f"undo:{undo}")
    return redirect("documents:attachment-list", source_type=source_type, source_id=source_id)


@require_POST
def attachment_restore(request: HttpRequest, source_type: str, source_id: UUID, pk: UUID) -> HttpResponse:
    owners.may_edit(request, source_type=source_type, source_id=source_id)
    restore_attachment(get_object_or_404(all_attachments(source_type=source_type, source_id=source_id), pk=pk))
    messages.success(request, _("The paper is back."))
    return redirect("documents:attachment-list", source_type=source_type, source_id=source_id)
