"""The page of one commitment: what is owed, how far it is, and what the asker may do next."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Permission
from hamafza.audit.queries.history import history_of
from hamafza.commitments.choices import ChangeState, CommitmentState as S
from hamafza.commitments.flow import OWED_STATES, WORKED_STATES
from hamafza.commitments.forms import DecideForm, MoveForm, NewDateForm, ReasonForm
from hamafza.commitments.models import Commitment
from hamafza.commitments.queries.commitments import date_changes_of, updates_of
from hamafza.commitments.queries.owners import officers_of
from hamafza.commitments.rules import decides_on_own, may_issue, may_record_for_owner, speaks_for_owner
from hamafza.commitments.words import commitment_row, next_step, report_lines

HISTORY_SHOWN = 30


def record_page(request: HttpRequest, held: Commitment, *, actor: Actor, **bound: forms.Form) -> HttpResponse:
    """``bound`` are forms that were sent and are wrong, by their name in the page (``return_form=...``)."""
    changes = list(date_changes_of(held))
    asked = next((change for change in changes if change.state == ChangeState.ASKED), None)
    context: dict[str, Any] = {
        "held": held,
        "row": commitment_row(held),
        "next": next_step(held),
        "supporters": held.supporters.select_related("organization"),
        "reports": report_lines(updates_of(held)[:HISTORY_SHOWN]),
        "date_changes": changes,
        "asked": asked,
        "escalations": held.escalations.order_by("-falls_on", "-level"),
        "reassignments": held.reassignments.select_related("from_owner", "to_owner").order_by("-at"),
        "lines": history_of(held, limit=HISTORY_SHOWN),
        **_forms_of_owner(held, actor),
        **_forms_of_issuer(held, actor),
        **_forms_of_decision(held, actor, asked_by=asked.asked_by_id if asked else None, asked=asked is not None),
        **bound,
    }
    wrong = any(form.errors for form in bound.values())
    return render(request, "commitments/commitment_record.html", context, status=422 if wrong else None)


def _forms_of_owner(held: Commitment, actor: Actor) -> dict[str, Any]:
    speaks = speaks_for_owner(actor, held)
    writes = not speaks and may_record_for_owner(
        actor, held, owner_has_users=officers_of(held.owner_id, held.place_id).exists()
    )  # fmt: skip
    if not speaks and not writes:
        return {}
    is_new = held.state == S.ASSIGNED
    return {
        "for_owner": writes,
        "may_accept": is_new,
        "return_form": ReasonForm(prefix="return") if is_new else None,
        "may_report": held.state in WORKED_STATES,
        "date_form": NewDateForm(prefix="date") if held.state in OWED_STATES else None,
    }


def _forms_of_issuer(held: Commitment, actor: Actor) -> dict[str, Any]:
    if not may_issue(actor, held.place_id):
        return {}
    decides = not decides_on_own(actor, held)
    may_move = decides and held.state in OWED_STATES
    return {
        "may_assign": held.state == S.DRAFT,
        "may_edit": held.state == S.DRAFT,
        "answer_form": ReasonForm(prefix="answer") if held.state == S.RETURNED else None,
        "move_form": MoveForm(prefix="move", place=held.place_id) if may_move else None,
        "cancel_form": ReasonForm(prefix="cancel") if may_move or (decides and held.state == S.DRAFT) else None,
        "may_close": decides and held.state == S.VERIFIED,
        "reopen_form": ReasonForm(prefix="reopen") if held.state in {S.VERIFIED, S.CLOSED} else None,
    }


def _forms_of_decision(held: Commitment, actor: Actor, *, asked_by: object, asked: bool) -> dict[str, Any]:
    """Nobody is offered to decide on what she asked for or reported herself."""
    claim = held.claim
    may_verify = (
        held.state == S.CLAIMED
        and claim is not None
        and claim.by_id != actor.user_id
        and actor.may(Permission.VERIFY_COMMITMENTS, held.place_id)
    )
    may_decide = (
        asked
        and held.state in OWED_STATES
        and asked_by != actor.user_id
        and may_issue(actor, held.place_id)
        and not decides_on_own(actor, held)
    )
    return {
        "verify_form": DecideForm(prefix="verify") if may_verify else None,
        "decide_form": DecideForm(prefix="decide") if may_decide else None,
    }
