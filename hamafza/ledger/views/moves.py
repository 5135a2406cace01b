"""The second pair of hands on a move between two funds."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import actor_of, load
from hamafza.core.errors import Refusal
from hamafza.ledger.commands.moves import approve_move, refuse_move
from hamafza.ledger.models import FundMove


@require_POST
def move_approve(request: HttpRequest, pk: UUID) -> HttpResponse:
    move = load(request, FundMove, pk, may=Permission.APPROVE_SPENDING)
    return _decide(
        request,
        move,
        lambda: approve_move(move, by=actor_of(request)),
        _("The transfer between the two funds is booked."),
    )


@require_POST
def move_refuse(request: HttpRequest, pk: UUID) -> HttpResponse:
    move = load(request, FundMove, pk, may=Permission.APPROVE_SPENDING)
    reason = request.POST.get("reason", "")
    return _decide(
        request, move, lambda: refuse_move(move, reason=reason, by=actor_of(request)), _("The request is refused.")
    )


def _decide(request: HttpRequest, move: FundMove, act: Callable[[], FundMove], done: str) -> HttpResponse:
    try:
        act()
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, done)
    return redirect("ledger:fund-record", pk=move.source_id)
