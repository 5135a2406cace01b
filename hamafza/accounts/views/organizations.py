"""Organisations, for the administrator."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from hamafza.accounts.choices import Permission
from hamafza.accounts.commands.organizations import OrganizationFacts, add_organization, edit_organization
from hamafza.accounts.forms.organizations import OrganizationFilter, OrganizationForm
from hamafza.accounts.guard import admit
from hamafza.accounts.queries.people import organizations, page_after
from hamafza.accounts.views.paging import PAGE, after, more_url
from hamafza.core.errors import Refusal
from hamafza.core.parts import active_filters, clear_url
from hamafza.core.refusals import show_refusal

UNPROCESSABLE = 422


@require_safe
def organization_list(request: HttpRequest) -> HttpResponse:
    admit(request, Permission.MANAGE_ORGANIZATIONS)
    form = OrganizationFilter(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    found = organizations(text=asked.get("q", ""), kind=asked.get("kind", ""))
    rows = list(page_after(found, after(request))[: PAGE + 1])
    more = more_url(request, rows)
    context = {
        "rows": rows,
        "count": found.count(),
        "more_url": more,
        "filter_form": form,
        "filters": active_filters(form, request),
        "clear_url": clear_url(form, request),
    }
    return render(request, "accounts/organization_list.html", context)


@require_http_methods(["GET", "POST"])
def organization_create(request: HttpRequest) -> HttpResponse:
    actor = admit(request, Permission.MANAGE_ORGANIZATIONS)
    form = OrganizationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            add_organization(OrganizationFacts(**form.cleaned_data), by=actor)
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The organisation is added."))
            return redirect("accounts:organization-list")
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "accounts/organization_form.html", {"form": form}, status=status)


@require_http_methods(["GET", "POST"])
def organization_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    actor = admit(request, Permission.MANAGE_ORGANIZATIONS)
    body = get_object_or_404(organizations(), pk=pk)
    initial = {name: getattr(body, name) for name in ("name_fa", "name_en", "kind", "national_org_id", "active")}
    form = OrganizationForm(request.POST or None, initial={**initial, "place": body.place_id})
    if request.method == "POST" and form.is_valid():
        try:
            edit_organization(body, OrganizationFacts(**form.cleaned_data), by=actor)
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("accounts:organization-list")
    context = {"form": form, "subject": body}
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "accounts/organization_form.html", context, status=status)
