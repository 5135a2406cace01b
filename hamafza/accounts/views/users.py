"""Users and their duties, for the administrator."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hamafza.accounts.choices import Permission
from hamafza.accounts.commands.duties import end_duty, give_duty
from hamafza.accounts.commands.passwords import reset_password
from hamafza.accounts.commands.users import NewUser, add_user, edit_user, switch_off_user, switch_on_user
from hamafza.accounts.forms.people import DutyForm, UserFilter, UserForm
from hamafza.accounts.guard import admit
from hamafza.accounts.models import User
from hamafza.accounts.queries.people import duties_of, page_after, sign_ins_of, users
from hamafza.accounts.views.paging import PAGE, after, more_url
from hamafza.core.errors import Refusal
from hamafza.core.parts import active_filters, clear_url
from hamafza.core.refusals import show_refusal

UNPROCESSABLE = 422


@require_safe
def user_list(request: HttpRequest) -> HttpResponse:
    admit(request, Permission.MANAGE_USERS)
    form = UserFilter(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    found = users(text=asked.get("q", ""), role=asked.get("role", ""), state=asked.get("state", ""))
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
    return render(request, "accounts/user_list.html", context)


@require_safe
def user_record(request: HttpRequest, pk: UUID) -> HttpResponse:
    actor = admit(request, Permission.MANAGE_USERS)
    user = get_object_or_404(users(), pk=pk)
    context = {
        "subject": user,
        "duties": duties_of(user),
        "session_count": sign_ins_of(user).count(),
        # Nobody gives herself a duty, ends her own or switches herself off: not offered, and refused by the commands.
        "own": user.pk == actor.user_id,
    }
    return render(request, "accounts/user_record.html", context)


@require_http_methods(["GET", "POST"])
def user_create(request: HttpRequest) -> HttpResponse:
    actor = admit(request, Permission.MANAGE_USERS)
    form = UserForm(request.POST or None, new=True)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        body = given["organization"]
        new = NewUser(
            given["username"], given["full_name"], body.pk if body else None, given["language"], given["mobile"]
        )
        try:
            user, password = add_user(new, by=actor)
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            # Shown in this answer alone and kept nowhere, so there is no redirect.
            return render(request, "accounts/user_password.html", {"subject": user, "password": password, "new": True})
    return _form(request, form)


@require_http_methods(["GET", "POST"])
def user_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    actor = admit(request, Permission.MANAGE_USERS)
    user = get_object_or_404(users(), pk=pk)
    initial = {
        "full_name": user.full_name, "organization": user.organization_id, "language": user.language,
        "mobile": user.mobile,
    }  # fmt: skip
    form = UserForm(request.POST or None, new=False, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        body = given["organization"]
        try:
            edit_user(
                user,
                full_name=given["full_name"],
                organization=body.pk if body else None,
                language=given["language"],
                mobile=given["mobile"],
                by=actor,
            )
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("accounts:user-record", pk=pk)
    return _form(request, form, subject=user)


@require_POST
def user_password_reset(request: HttpRequest, pk: UUID) -> HttpResponse:
    actor = admit(request, Permission.MANAGE_USERS)
    user = get_object_or_404(users(), pk=pk)
    password = reset_password(user, by=actor)
    return render(request, "accounts/user_password.html", {"subject": user, "password": password, "new": False})


@require_POST
def user_switch_off(request: HttpRequest, pk: UUID) -> HttpResponse:
    actor = admit(request, Permission.MANAGE_USERS)
    user = switch_off_user(get_object_or_404(users(), pk=pk), by=actor)
    messages.success(request, _("%(name)s can no longer sign in; open sessions have ended.") % {"name": user})
    return redirect("accounts:user-record", pk=pk)


@require_POST
def user_switch_on(request: HttpRequest, pk: UUID) -> HttpResponse:
    actor = admit(request, Permission.MANAGE_USERS)
    user = switch_on_user(get_object_or_404(users(), pk=pk), by=actor)
    messages.success(request, _("%(name)s may sign in again.") % {"name": user})
    return redirect("accounts:user-record", pk=pk)


@require_http_methods(["GET", "POST"])
def duty_give(request: HttpRequest, pk: UUID) -> HttpResponse:
    actor = admit(request, Permission.MANAGE_USERS)
    user = get_object_or_404(users(), pk=pk)
    if user.pk == actor.user_id:
        raise Http404
    form = DutyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            give_duty(user, **form.cleaned_data, by=actor)
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The duty is given and in force from its first day."))
            return redirect("accounts:user-record", pk=pk)
    context = {"form": form, "subject": user}
    return render(request, "accounts/duty_give.html", context, status=UNPROCESSABLE if form.is_bound else 200)


@require_POST
def duty_end(request: HttpRequest, pk: UUID, duty: UUID) -> HttpResponse:
    actor = admit(request, Permission.MANAGE_USERS)
    user = get_object_or_404(users(), pk=pk)
    end_duty(get_object_or_404(duties_of(user), pk=duty), by=actor)
    messages.success(request, _("The duty has ended, from this moment."))
    return redirect("accounts:user-record", pk=pk)


def _form(request: HttpRequest, form: UserForm, *, subject: User | None = None) -> HttpResponse:
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "accounts/user_form.html", {"form": form, "subject": subject}, status=status)
