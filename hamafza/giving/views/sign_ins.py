"""A benefactor's own sign-in: given, and given a new password, by the officer who speaks with her."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import actor_of, load
from hamafza.accounts.models import User
from hamafza.core.errors import Refusal
from hamafza.core.refusals import show_refusal
from hamafza.giving.commands.benefactors import link_user, renew_sign_in
from hamafza.giving.forms.benefactor import SignInForm
from hamafza.giving.models import Benefactor

WRONG = 422


@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_give(request: HttpRequest, pk: UUID) -> HttpResponse:
    benefactor = load(request, Benefactor, pk, may=Permission.KEEP_BENEFACTORS)
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            user, password = link_user(benefactor, username=form.cleaned_data["username"], by=actor_of(request))
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            return _password(request, benefactor, user, password)
    context = {"form": form, "benefactor": benefactor, "cancel_url": _url(benefactor)}
    return render(request, "giving/sign_in_give.html", context, status=WRONG if form.errors else None)


@require_POST
def sign_in_renew(request: HttpRequest, pk: UUID) -> HttpResponse:
    benefactor = load(request, Benefactor, pk, may=Permission.KEEP_BENEFACTORS)
    user, password = renew_sign_in(benefactor, by=actor_of(request))
    return _password(request, benefactor, user, password)


def _password(request: HttpRequest, benefactor: Benefactor, user: User, password: str) -> HttpResponse:
    """Shown in this answer alone and kept nowhere, so there is no redirect."""
    context = {"benefactor": benefactor, "subject": user, "password": password, "back_url": _url(benefactor)}
    return render(request, "giving/sign_in_password.html", context)


def _url(benefactor: Benefactor) -> str:
    return reverse("giving:benefactor-record", args=[benefactor.pk])
