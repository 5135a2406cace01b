"""What the owner does: take it on or return it, report how far it is, say that it is done, ask for another date."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from hamafza.accounts.actor import Actor
from hamafza.commitments.choices import CommitmentState as S, Priority
from hamafza.commitments.commands.climb import climb
from hamafza.commitments.commands.step import lock, reason_of, take
from hamafza.commitments.commands.tell import tell_issuer
from hamafza.commitments.commands.wording import require_no_client
from hamafza.commitments.flow import OWED_STATES, WORKED_STATES
from hamafza.commitments.models import Commitment, DueDateChange, ProgressUpdate
from hamafza.commitments.models.follow_up import PAPERS
from hamafza.commitments.order import Report
from hamafza.commitments.queries.owners import officers_of
from hamafza.commitments.rules import may_record_for_owner, speaks_for_owner
from hamafza.core import clock, wording
from hamafza.core.errors import Refusal
from hamafza.documents.commands.attach import attach_file
from hamafza.documents.owners import Record


@transaction.atomic
def accept(commitment: Commitment, *, by: Actor) -> Commitment:
    """The owner takes it on."""
    held = lock(commitment)
    _speak(held, by)
    take(held, S.ACCEPTED)
    held.save()
    return held


@transaction.atomic
def give_back(commitment: Commitment, *, reason: str, by: Actor) -> Commitment:
    """The owner says that it is not hers; whoever asked must answer. The clock runs on."""
    held = lock(commitment)
    _speak(held, by)
    take(held, S.RETURNED, reason=reason_of(reason))
    held.save()
    tell_issuer(held, "commitments.returned", by=by)
    return held


@transaction.atomic
def report(commitment: Commitment, said: Report, *, by: Actor, key: UUID | None = None) -> ProgressUpdate:
    """How far it is, with what is in the way; or that it is done (A2). ``key``: sent again, it is told once."""
    held = lock(commitment)
    for_owner = _speak(held, by)
    if key is not None and (told := held.updates.filter(key=key).first()):
        return told
    if said.is_claim and by.user_id is None:
        # Nobody could be another one than the program itself (A3).
        raise PermissionDenied
    if held.state not in WORKED_STATES:
        raise Refusal(_("Take it on first; then you can report."), code="no_such_step")
    _check(held, said)
    require_no_client(by, held.place_id, text=said.text, obstacle_text=said.obstacle_text)
    update = ProgressUpdate(
        place_id=held.place_id,
        commitment=held,
        at=clock.now(),
        on=clock.today(),
        by_id=by.user_id,
        for_owner=for_owner,
        percent=_percent(held, said),
        done_quantity=_quantity(held, said),
        text=said.text.strip(),
        obstacle=said.obstacle or "",
        obstacle_text=said.obstacle_text.strip()[:300],
        is_claim=said.is_claim,
        key=key,
    )
    update.save(force_insert=True)
    if said.is_claim:
        climb(held)
        held.claim = update
        take(held, S.CLAIMED)
    else:
        after = S.BLOCKED if said.obstacle else S.IN_PROGRESS
        if held.state != after:
            take(held, after)
    held.percent, held.done_quantity, held.reported_at = update.percent, update.done_quantity, update.at
    held.save()
    for one in said.evidence:
        attach_file(
            Record(county=held.place_id, title=held.title, url=""), one.file, name=one.name, title="",
            source_type=PAPERS, source_id=update.pk, by=by,
        )  # fmt: skip
    if said.is_claim:
        tell_issuer(held, "commitments.claimed", by=by)
    return update


@transaction.atomic
def ask_for_date(commitment: Commitment, *, new: date, reason: str, by: Actor) -> DueDateChange:
    """Ask whoever issued it for another due date; until then the old one stands."""
    held = lock(commitment)
    _speak(held, by)
    if held.state not in OWED_STATES:
        raise Refusal(_("Nothing is owed any more."), code="no_such_step")
    if new == held.due_on or new < clock.today():
        raise Refusal(_("Choose a day from today on, other than the present one."), code="bad_date", field="new")
    if held.date_changes.filter(decided_at__isnull=True).exists():
        raise Refusal(_("Another date is asked for already and waits for a decision."), code="asked_already")
    change = DueDateChange(
        place_id=held.place_id, commitment=held, old_due_on=held.due_on, new_due_on=new, reason=reason_of(reason),
        asked_by_id=by.user_id, asked_at=clock.now(),
    )  # fmt: skip
    change.save(force_insert=True)
    tell_issuer(held, "commitments.date_asked", by=by)
    return change


def _speak(held: Commitment, by: Actor) -> bool:
    """Whether she writes for a body without users; refused to whoever does not answer for the owner (A6)."""
    if by.is_system or speaks_for_owner(by, held):
        return False
    if may_record_for_owner(by, held, owner_has_users=officers_of(held.owner_id, held.place_id).exists()):
        return True
    raise PermissionDenied


def _check(held: Commitment, said: Report) -> None:
    if said.percent is not None and not 0 <= said.percent <= 100:
        raise Refusal(_("Write a number from 0 to 100."), code="bad_percent", field="percent")
    if said.done_quantity is not None and held.quantity is None:
        raise Refusal(_("No quantity was asked for."), code="no_quantity", field="done_quantity")
    if said.obstacle_text.strip() and not said.obstacle:
        raise Refusal(_("Choose what kind of obstacle it is."), code="no_kind", field="obstacle")
    if said == Report():
        raise Refusal(_("Say how far it is, what was done, or what is in the way."), code="nothing_said", field="text")
    if not said.is_claim:
        return
    if said.done_quantity is not None and held.quantity is not None and said.done_quantity < held.quantity:
        raise Refusal(
            _("All of it is %(all)s %(unit)s, and you wrote less. Report your progress without “All of it is done”, or write the whole number.")
            % {"all": wording.number(held.quantity), "unit": held.unit},
            code="less_done",
            field="done_quantity",
        )  # fmt: skip
    if not said.text.strip():
        raise Refusal(_("Say what was done."), code="no_text", field="text")
    if held.priority in {Priority.HIGH, Priority.URGENT} and not said.evidence:
        raise Refusal(_("Attach a paper or picture that shows it."), code="no_evidence", field="file")


def _percent(held: Commitment, said: Report) -> int:
    if said.is_claim:
        return 100
    if said.percent is not None:
        return said.percent
    if said.done_quantity is not None and held.quantity:
        return min(100, said.done_quantity * 100 // held.quantity)
    return held.percent


def _quantity(held: Commitment, said: Report) -> int:
    if said.done_quantity is not None:
        return said.done_quantity
    return held.quantity if said.is_claim and held.quantity is not None else held.done_quantity
