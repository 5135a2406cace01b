"""Hand out a commitment: write it down, assign it, answer its return, give it to another body, cancel it."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import require
from hamafza.accounts.models import Organization
from hamafza.commitments.choices import CommitmentState as S
from hamafza.commitments.commands.climb import climb
from hamafza.commitments.commands.step import lock, reason_of, require_other_body, take
from hamafza.commitments.commands.tell import tell_helpers, tell_owner
from hamafza.commitments.commands.wording import require_no_client
from hamafza.commitments.models import Commitment, Reassignment, Supporter
from hamafza.commitments.order import Order
from hamafza.core import clock
from hamafza.core.bulk import insert_all
from hamafza.core.errors import Refusal
from hamafza.core.once import insert_once
from hamafza.core.persian import normalize
from hamafza.documents.commands.number import next_number

SERIES = "commitment"


@transaction.atomic
def write_commitment(place: str, order: Order, *, by: Actor, key: UUID | None = None) -> Commitment:
    """Write a draft. ``key`` goes with a form: sent again, it gives the one that was made."""
    require(by, Permission.ISSUE_COMMITMENTS, place=place)
    if made := _made(place, key):
        return made
    _check(order)
    require_no_client(by, place, title=order.title, description=order.description)
    commitment = Commitment(
        place_id=place,
        source_type=order.source_type,
        source_id=order.source_id,
        weight=order.weight,
        issuer=order.issuer,
        owner_person=order.owner_person,
        created_by_id=by.user_id,
        key=key,
    )
    _write(commitment, order)
    standing = insert_once(commitment, lambda: _made(place, key))
    if standing is not commitment:
        return standing
    _write_helpers(commitment, order)
    return commitment


@transaction.atomic
def change_draft(commitment: Commitment, order: Order, *, by: Actor) -> Commitment:
    """Write it anew while it is nobody's yet; where it comes from stays."""
    require(by, Permission.ISSUE_COMMITMENTS, place=commitment.place_id)
    held = lock(commitment)
    if held.state != S.DRAFT:
        raise Refusal(
            _("It is handed out already. Its date and its owner change by their own steps."), code="no_such_step"
        )
    _check(order)
    require_no_client(by, held.place_id, title=order.title, description=order.description)
    _write(held, order)
    held.save()
    held.supporters.all().delete()
    _write_helpers(held, order)
    return held


@transaction.atomic
def assign(commitment: Commitment, *, by: Actor) -> Commitment:
    """Hand it to its owner: it has its number, and whoever answers there is told."""
    require(by, Permission.ISSUE_COMMITMENTS, place=commitment.place_id)
    held = lock(commitment)
    if held.state != S.DRAFT:
        raise Refusal(_("It is handed out already."), code="no_such_step")
    if held.due_on < clock.today():
        raise Refusal(_("Its day is over. Choose another one."), code="past", field="due_on")
    take(held, S.ASSIGNED)
    number = next_number(held.place_id, SERIES, on=clock.today())
    held.jalali_year, held.number, held.assigned_at = number.jalali_year, number.number, clock.now()
    held.save()
    tell_owner(held, "commitments.assigned")
    tell_helpers(held)
    return held


@transaction.atomic
def assign_again(commitment: Commitment, *, answer: str, by: Actor) -> Commitment:
    """The owner has returned it; whoever asked stands by it and says why."""
    require(by, Permission.ISSUE_COMMITMENTS, place=commitment.place_id)
    held = lock(commitment)
    if held.state != S.RETURNED:
        raise Refusal(_("It was not returned."), code="no_such_step")
    take(held, S.ASSIGNED, reason=reason_of(answer))
    held.save()
    tell_owner(held, "commitments.assigned")
    return held


@transaction.atomic
def reassign(commitment: Commitment, *, owner: Organization, reason: str, by: Actor) -> Commitment:
    """Give it to another body: it takes it on anew, and the clock runs on (A8)."""
    require(by, Permission.ISSUE_COMMITMENTS, place=commitment.place_id)
    why = reason_of(reason)
    held = lock(commitment)
    require_other_body(held, by)
    if held.owner_id == owner.pk:
        raise Refusal(_("It is theirs already. Choose another body."), code="same_owner", field="owner")
    if not owner.active:
        raise Refusal(_("This body is not active any more."), code="not_active", field="owner")
    if held.state == S.DRAFT:
        raise Refusal(_("It is still a draft: choose another owner there."), code="no_such_step")
    climb(held)
    if held.state == S.ASSIGNED:
        # Not yet taken on: it stays assigned, to somebody else.
        held.state_reason = why
    else:
        take(held, S.ASSIGNED, reason=why)
    insert_all([
        Reassignment(
            place_id=held.place_id, commitment=held, from_owner_id=held.owner_id, to_owner=owner, reason=why,
            by_id=by.user_id, at=clock.now(),
        )
    ])  # fmt: skip
    held.owner, held.owner_person = owner, None
    held.percent, held.done_quantity = 0, 0
    held.save()
    held.supporters.filter(organization=owner).delete()
    tell_owner(held, "commitments.assigned")
    return held


@transaction.atomic
def cancel(commitment: Commitment, *, reason: str, by: Actor) -> Commitment:
    """Dropped by whoever asked for it, with a reason that stays."""
    require(by, Permission.ISSUE_COMMITMENTS, place=commitment.place_id)
    why = reason_of(reason)
    held = lock(commitment)
    require_other_body(held, by)
    climb(held)
    take(held, S.CANCELLED, reason=why)
    held.save()
    tell_owner(held, "commitments.cancelled")
    return held


def _made(place: str, key: UUID | None) -> Commitment | None:
    """By the same form."""
    return None if key is None else Commitment.objects.filter(place_id=place, key=key).first()


def _write(commitment: Commitment, order: Order) -> None:
    """What may be changed as long as it is a draft; the first date is that of the order."""
    commitment.title = normalize(order.title)[:200]
    commitment.description = order.description.strip()
    commitment.field = order.field
    commitment.owner = order.owner
    commitment.priority = order.priority
    commitment.confidentiality = order.confidentiality
    commitment.quantity = order.quantity
    commitment.unit = order.unit.strip()[:40]
    commitment.due_on = commitment.original_due_on = order.due_on
    commitment.review_on = order.review_on


def _write_helpers(commitment: Commitment, order: Order) -> None:
    insert_all([
        Supporter(
            place_id=commitment.place_id, commitment=commitment, organization=one.organization,
            share=one.share.strip()[:200],
        )
        for one in order.supporters
    ])  # fmt: skip


def _check(order: Order) -> None:
    if not order.title.strip():
        raise Refusal(_("Say what is to be done."), code="no_title", field="title")
    if order.due_on < clock.today():
        raise Refusal(_("The due date is over. Choose another one."), code="past", field="due_on")
    if (order.quantity is None) != (not order.unit.strip()):
        raise Refusal(_("A quantity needs its unit, and a unit its quantity."), code="no_unit", field="unit")
    if not order.owner.active:
        raise Refusal(_("This body is not active any more."), code="not_active", field="owner")
    helping = [one.organization.pk for one in order.supporters]
    if order.owner.pk in helping or len(helping) != len(set(helping)):
        raise Refusal(_("Each body stands here once: it owns it, or it helps."), code="twice", field="helper_1")
