"""One's own account: sessions on all devices, and the password."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hamafza.accounts.commands.passwords import change_own_password
from hamafza.accounts.commands.sessions import end_other_sessions, end_session
from hamafza.accounts.forms.sign_in import PasswordForm
from hamafza.accounts.middleware import before_password_change
from hamafza.accounts.queries.people import sign_ins_of
from hamafza.accounts.views.asker import asker
from hamafza.core import wording


@require_safe
def session_list(request: HttpRequest) -> HttpResponse:
    rows = list(sign_ins_of(asker(request)))
    this = request.session.session_key
    context = {"rows": rows, "count": len(rows), "this": this, "others": any(row.session_key != this for row in rows)}
    return render(request, "accounts/session_list.html", context)


@require_POST
def session_end(request: HttpRequest, pk: UUID) -> HttpResponse:
    if not end_session(asker(request), pk):
        raise Http404
    messages.success(request, _("That session has ended."))
    return redirect("accounts:sessions")


@require_POST
def session_end_others(request: HttpRequest) -> HttpResponse:
    ended = end_other_sessions(asker(request), but=str(request.session.session_key))
    said = ngettext("%(count)s other session has ended.", "%(count)s other sessions have ended.", ended)
    messages.success(request, said % {"count": wording.number(ended)})
    return redirect("accounts:sessions")


@before_password_change
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def password_change(request: HttpRequest) -> HttpResponse:
    user = asker(request)
    first = user.must_change_password
    form = PasswordForm(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        change_own_password(request, user, password=form.cleaned_data["new"])
        messages.success(request, _("Your password is changed. Your sessions on other devices have ended."))
        return redirect("home" if first else "accounts:sessions")
    context = {"form": form, "first": first}
    return render(request, "accounts/password_change.html", context, status=422 if form.is_bound else 200)
