"""Who asks: sign-in required by default, the actor on the request, and the session's last sign of life."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, resolve_url
from django.urls import reverse

from hamafza.accounts.actor import NOBODY, Actor
from hamafza.accounts.commands.sessions import note_seen
from hamafza.accounts.queries.actors import actor_for
from hamafza.core.errors import NoScope
from hamafza.core.session import CLOSED, acting_as, scope_of

V = TypeVar("V", bound=Callable[..., HttpResponseBase])
View = Callable[..., HttpResponseBase]


class SignInRequiredMiddleware(LoginRequiredMiddleware):
    """Every page asks for a sign-in unless it says `login_not_required`; a password set by another is changed first."""

    def process_view(self, request: HttpRequest, view_func: View, view_args: Any, view_kwargs: Any) -> Any:
        if not getattr(view_func, "login_required", True):
            return None
        if not request.user.is_authenticated:
            return _to_sign_in(request)
        if request.user.must_change_password and not getattr(view_func, "before_password_change", False):
            return redirect("accounts:password-change")
        return None


class ActorMiddleware:
    """Puts the actor on the request, names her to the audit trail, and closes the counties when the request is over."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        actor: Actor = actor_for(request.user) if request.user.is_authenticated else NOBODY
        request.actor = actor  # type: ignore[attr-defined]
        with acting_as(actor.label), scope_of(CLOSED):
            if actor.user_id is not None:
                note_seen(request.session)
            response = self.get_response(request)
            if hasattr(response, "render") and callable(response.render):
                response.render()
            return response

    def process_exception(self, request: HttpRequest, fault: Exception) -> None:
        """A page that reads what is not open answers as if it were not there."""
        if isinstance(fault, NoScope):
            raise Http404 from fault


def before_password_change(view: V) -> V:
    """A page that somebody with a temporary password may use."""
    view.before_password_change = True  # type: ignore[attr-defined]
    return view


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    sign_in = resolve_url("accounts:sign-in")
    if request.headers.get("HX-Request"):
        # A swap of a part of the page would show the sign-in form inside it; the whole page must go there.
        return HttpResponse(status=204, headers={"HX-Redirect": sign_in})
    if request.method != "GET" or request.path == reverse("home"):
        return redirect(sign_in)
    return redirect_to_login(request.get_full_path(), sign_in)
