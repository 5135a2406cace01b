"""One step of a commitment, under lock: every command takes it here."""

from __future__ import annotations

from django.utils.translation import gettext as _

from hamafza.accounts.actor import Actor
from hamafza.commitments.choices import CommitmentState
from hamafza.commitments.flow import COMMITMENT_FLOW, SETTLED_STATES
from hamafza.commitments.models import Commitment
from hamafza.commitments.rules import decides_on_own
from hamafza.core import clock
from hamafza.core.errors import Refusal
from hamafza.core.flow import require_step


def lock(commitment: Commitment) -> Commitment:
    """As it stands now, locked until the transaction ends."""
    return Commitment.objects.select_for_update(of=("self",)).get(pk=commitment.pk)


def take(held: Commitment, after: CommitmentState, *, reason: str = "") -> None:
    """Change its state along the flow; the caller saves."""
    require_step(COMMITMENT_FLOW, before=held.state, after=after)
    held.state, held.state_reason = after, reason
    held.settled_at = clock.now() if after in SETTLED_STATES else None


def back_to_reports(held: Commitment) -> None:
    """How far it is, as its present owner last reported without saying that it is done; the caller saves."""
    told = held.updates.filter(is_claim=False)
    moved = held.reassignments.order_by("-at").values_list("at", flat=True).first()
    if moved is not None:
        told = told.filter(at__gt=moved)
    last = told.order_by("-at", "-id").first()
    held.percent, held.done_quantity = (last.percent, last.done_quantity) if last else (0, 0)


def require_other_body(held: Commitment, by: Actor) -> None:
    """A `Refusal` for whoever works for the body that owes it to another: that one decides (A4)."""
    if decides_on_own(by, held):
        raise Refusal(
            _("Your own body owes this to another one. Somebody of the body that asked for it decides."),
            code="same_hands",
        )


def reason_of(text: str) -> str:
    """A reason that was given; a `Refusal` when none was."""
    if not text.strip():
        raise Refusal(_("Say why."), code="no_reason", field="reason")
    return text.strip()[:300]
