"""What others decide on: whether it is done, whether its date moves, and that it is closed or opened again."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import require
from hamafza.commitments.choices import ChangeState, CommitmentState as S
from hamafza.commitments.commands.climb import climb
from hamafza.commitments.commands.step import back_to_reports, lock, reason_of, require_other_body, take
from hamafza.commitments.commands.tell import tell_owner
from hamafza.commitments.flow import OWED_STATES
from hamafza.commitments.models import Commitment, DueDateChange, Verification
from hamafza.commitments.sources import require_may_open
from hamafza.core import clock
from hamafza.core.errors import Refusal


@transaction.atomic
def verify(commitment: Commitment, *, adequate: bool, note: str, by: Actor) -> Commitment:
    """Somebody else than who reported it says whether it is done (A3); if not, it goes on, and the clock with it."""
    require(by, Permission.VERIFY_COMMITMENTS, place=commitment.place_id)
    held = lock(commitment)
    claim = held.claim
    if held.state != S.CLAIMED or claim is None:
        raise Refusal(_("Nothing is reported as done."), code="no_such_step")
    if by.user_id is None or claim.by_id == by.user_id:
        raise Refusal(_("You have reported this as done yourself. Somebody else verifies it."), code="same_hands")
    if not adequate and not note.strip():
        raise Refusal(_("Say what is missing."), code="no_reason", field="note")
    Verification(
        place_id=held.place_id, commitment=held, claim=claim, by_id=by.user_id, at=clock.now(), adequate=adequate,
        note=note.strip()[:300],
    ).save(force_insert=True)  # fmt: skip
    take(held, S.VERIFIED if adequate else S.IN_PROGRESS, reason="" if adequate else note.strip()[:300])
    held.done_on = claim.on if adequate else None
    if not adequate:
        back_to_reports(held)
    held.save()
    tell_owner(held, "commitments.verified" if adequate else "commitments.not_adequate")
    return held


@transaction.atomic
def close(commitment: Commitment, *, by: Actor) -> Commitment:
    """Whoever asked for it has what was asked for."""
    require(by, Permission.ISSUE_COMMITMENTS, place=commitment.place_id)
    held = lock(commitment)
    require_other_body(held, by)
    take(held, S.CLOSED)
    held.save()
    return held


@transaction.atomic
def open_again(commitment: Commitment, *, reason: str, by: Actor) -> Commitment:
    """It was not done after all, or did not last: it is owed again, by the same date."""
    require(by, Permission.ISSUE_COMMITMENTS, place=commitment.place_id)
    held = lock(commitment)
    if held.state not in {S.VERIFIED, S.CLOSED}:
        raise Refusal(_("Only what was verified or closed is opened again."), code="no_such_step")
    require_may_open(held.source_type, held.source_id)
    take(held, S.IN_PROGRESS, reason=reason_of(reason))
    held.done_on = None
    back_to_reports(held)
    held.save()
    tell_owner(held, "commitments.opened_again")
    return held


@transaction.atomic
def decide_date(change: DueDateChange, *, approved: bool, answer: str, by: Actor) -> DueDateChange:
    """Another due date, or not; the first one stays on record (A4)."""
    require(by, Permission.ISSUE_COMMITMENTS, place=change.place_id)
    held = lock(change.commitment)
    asked = DueDateChange.objects.select_for_update(of=("self",)).get(pk=change.pk)
    if asked.state != ChangeState.ASKED:
        raise Refusal(_("This is decided already."), code="no_such_step")
    if held.state not in OWED_STATES:
        raise Refusal(
            _("It is not owed now: it is reported as done, settled or dropped. Its date stays."), code="no_such_step"
        )
    require_other_body(held, by)
    if by.user_id is None or asked.asked_by_id == by.user_id:
        raise Refusal(_("You have asked for this date yourself. Somebody else decides."), code="same_hands")
    if not approved and not answer.strip():
        raise Refusal(_("Say why not."), code="no_reason", field="answer")
    asked.state = ChangeState.APPROVED if approved else ChangeState.REFUSED
    asked.decided_by_id, asked.decided_at, asked.answer = by.user_id, clock.now(), answer.strip()[:300]
    asked.save()
    if approved:
        climb(held)
        held.due_on = asked.new_due_on
        held.save()
    tell_owner(held, "commitments.date_approved" if approved else "commitments.date_refused")
    return asked
