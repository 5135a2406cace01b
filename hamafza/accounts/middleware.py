"""Puts the actor on the request, names him to the audit trail, and closes the counties when the request is over."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse

from hamafza.accounts.actor import NOBODY, Actor
from hamafza.accounts.queries.actors import actor_for
from hamafza.core.errors import NoScope
from hamafza.core.session import CLOSED, acting_as, scope_of


class ActorMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        actor: Actor = actor_for(request.user) if request.user.is_authenticated else NOBODY
        request.actor = actor  # type: ignore[attr-defined]
        with acting_as(actor.label), scope_of(CLOSED):
            response = self.get_response(request)
            if hasattr(response, "render") and callable(response.render):
                response.render()
            return response

    def process_exception(self, request: HttpRequest, fault: Exception) -> None:
        """A page that reads what is not open answers as if it were not there."""
        if isinstance(fault, NoScope):
            raise Http404 from fault
