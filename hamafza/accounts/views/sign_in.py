"""Sign-in and sign-out."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth import authenticate
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from hamafza.accounts.commands.sessions import begin_session, end_this_session
from hamafza.accounts.forms.sign_in import SignInForm
from hamafza.accounts.middleware import before_password_change
from hamafza.accounts.models import User
from hamafza.core import wording

UNPROCESSABLE, TOO_MANY = 422, 429
LOCKED_MINUTES = round(settings.AXES_COOLOFF_TIME * 60)
YEAR_SECONDS = 365 * 24 * 60 * 60


@sensitive_post_parameters("password")
@never_cache
@login_not_required
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect(_next_page(request))
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = authenticate(request, **form.cleaned_data)
        if isinstance(user, User):
            return _signed_in(request, user)
        # One sentence for all reasons: it must not tell which user names exist.
        form.add_error(None, _("User name or password is not right. Check both and try again."))
    return _page(request, form, status=UNPROCESSABLE if form.is_bound else 200)


@login_not_required
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    end_this_session(request)
    return redirect(settings.LOGOUT_REDIRECT_URL)


def next_step(user: User) -> str:
    """Where the way leads after the password, as a URL name; empty when the user is in.

    A second factor will be asked for here, before `begin_session`'s session may see any other page.
    """
    return "accounts:password-change" if user.must_change_password else ""


def locked_out(request: HttpRequest, response: HttpResponseBase | None = None, credentials: Any = None) -> HttpResponse:
    """What django-axes answers after too many wrong tries with one name from one address (same text for any name)."""
    form = SignInForm(request.POST or None)
    form.is_valid()
    form.add_error(
        None,
        _("Too many wrong tries. Wait %(minutes)s minutes and try again, or ask your administrator for a new password.")
        % {"minutes": wording.number(LOCKED_MINUTES)},
    )
    return _page(request, form, status=TOO_MANY)


def _page(request: HttpRequest, form: SignInForm, *, status: int) -> HttpResponse:
    context = {"form": form, "next": _asked_next(request)}
    return render(request, "accounts/sign_in.html", context, status=status)


def _signed_in(request: HttpRequest, user: User) -> HttpResponse:
    target = _next_page(request)
    begin_session(request, user)
    response = redirect(next_step(user) or target)
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        user.language,
        max_age=YEAR_SECONDS,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    translation.activate(user.language)
    return response


def _next_page(request: HttpRequest) -> str:
    return _asked_next(request) or str(settings.LOGIN_REDIRECT_URL)


def _asked_next(request: HttpRequest) -> str:
    """The page that was asked for before sign-in, when it is one of ours."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    own = url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure())
    return asked if own and asked.startswith("/") else ""


sign_out = before_password_change(sign_out)
