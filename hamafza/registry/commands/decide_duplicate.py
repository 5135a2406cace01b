"""A clerk says whether two files are one person, and may take it back."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import require
from hamafza.core.errors import Refusal
from hamafza.registry.models import DuplicateCandidate

Decision = DuplicateCandidate.Decision


@transaction.atomic
def decide_duplicate(candidate: DuplicateCandidate, *, decision: str, by: Actor) -> DuplicateCandidate:
    """Note ``same`` or ``different`` on an undecided pair. The files themselves stay as they are."""
    require(by, Permission.REVIEW_DUPLICATES, place=candidate.county_id)
    pair = DuplicateCandidate.objects.select_for_update().get(pk=candidate.pk)
    if decision not in (Decision.SAME, Decision.DIFFERENT):
        raise Refusal(_("Say whether the two files are the same person or different persons."), code="no_decision")
    if pair.decision != Decision.OPEN:
        raise Refusal(
            _("Somebody has decided on this pair already. Reload the page and see the decision."), code="is_decided"
        )
    pair.decision, pair.decided_by_id, pair.decided_at = decision, by.user_id, timezone.now()
    pair.save(update_fields=["decision", "decided_by", "decided_at"])
    return pair


@transaction.atomic
def reopen_duplicate(candidate: DuplicateCandidate, *, by: Actor) -> DuplicateCandidate:
    """Take the decision back: the pair waits for one again."""
    require(by, Permission.REVIEW_DUPLICATES, place=candidate.county_id)
    pair = DuplicateCandidate.objects.select_for_update().get(pk=candidate.pk)
    if pair.decision == Decision.OPEN:
        raise Refusal(_("Nobody has decided on this pair yet."), code="is_open")
    pair.decision, pair.decided_by_id, pair.decided_at = Decision.OPEN, None, None
    pair.save(update_fields=["decision", "decided_by", "decided_at"])
    return pair
