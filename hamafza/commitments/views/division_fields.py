"""Fields of support, for the administrator."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import admit
from hamafza.commitments.commands.division_fields import add_field, edit_field
from hamafza.commitments.division_forms import FieldForm
from hamafza.commitments.queries.division import field_named, support_fields
from hamafza.core.errors import Refusal
from hamafza.core.refusals import show_refusal

UNPROCESSABLE = 422


@require_safe
def field_list(request: HttpRequest) -> HttpResponse:
    admit(request, Permission.MANAGE_ORGANIZATIONS)
    rows = list(support_fields())
    return render(request, "commitments/division_field_list.html", {"rows": rows, "count": len(rows)})


@require_http_methods(["GET", "HEAD", "POST"])
def field_create(request: HttpRequest) -> HttpResponse:
    actor = admit(request, Permission.MANAGE_ORGANIZATIONS)
    form = FieldForm(request.POST or None, is_new=True)
    if request.method == "POST" and form.is_valid():
        try:
            add_field(form.cleaned_data["code"], form.facts(), by=actor)
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The field is added. It stands in every place's division of labour now."))
            return redirect("commitments:field-list")
    return _form(request, form)


@require_http_methods(["GET", "HEAD", "POST"])
def field_edit(request: HttpRequest, code: str) -> HttpResponse:
    actor = admit(request, Permission.MANAGE_ORGANIZATIONS)
    field = field_named(code)
    if field is None:
        raise Http404
    initial = {name: getattr(field, name) for name in ("name_fa", "name_en", "position", "active")}
    form = FieldForm(request.POST or None, is_new=False, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            edit_field(field, form.facts(), by=actor)
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("commitments:field-list")
    return _form(request, form, subject=field)


def _form(request: HttpRequest, form: FieldForm, *, subject: object = None) -> HttpResponse:
    context = {"form": form, "subject": subject}
    return render(
        request, "commitments/division_field_form.html", context, status=UNPROCESSABLE if form.errors else 200
    )
