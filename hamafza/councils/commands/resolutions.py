"""What follows from a resolution: commitments in one click, its communication, and its end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import require
from hamafza.commitments.choices import Confidentiality, Source
from hamafza.commitments.commands.give import assign, write_commitment
from hamafza.commitments.models import Commitment
from hamafza.commitments.order import Order
from hamafza.core import clock
from hamafza.core.errors import Refusal
from hamafza.core.persian import normalize
from hamafza.councils.choices import ResolutionState as R
from hamafza.councils.commands.step import lock_owed, lock_resolution, step_resolution
from hamafza.councils.flow import UNCLOSED
from hamafza.councils.implementation import weights_fit
from hamafza.councils.models import Resolution
from hamafza.councils.queries.resolutions import commitments_of, implementations


@transaction.atomic
def make_commitments(
    resolution: Resolution, orders: Sequence[Order], *, by: Actor, keys: Sequence[UUID | None] = ()
) -> list[Commitment]:
    """One resolution, so many bodies that owe something: written, numbered and handed out together, or not at all.

    ``keys`` go with a form, one for each order: sent again, it gives those that were made; with other words it is
    refused (``handed_out``), so that nothing is lost unseen.
    """
    require(by, Permission.ISSUE_COMMITMENTS, place=resolution.place_id)
    held = lock_resolution(resolution)
    if made_before := list(commitments_of(held).filter(key__in=[key for key in keys if key])):
        _require_same(made_before, dict(zip(keys, orders, strict=True)))
        return made_before
    if held.state not in UNCLOSED or held.is_declaratory:
        raise Refusal(_("Nothing is owed under this resolution."), code="no_such_step")
    standing = [one.weight for one in commitments_of(held).exclude(state="cancelled")]
    if not weights_fit([*standing, *(order.weight for order in orders)]):
        raise Refusal(
            _("Weights are given for all and make a hundred together, or for none."), code="weights", field="weight"
        )
    if not orders:
        raise Refusal(_("Fill in one row at least."), code="no_orders")
    made = []
    for order, key in zip(orders, keys or [None] * len(orders), strict=True):
        bound = replace(
            order,
            source_type=Source.RESOLUTION,
            source_id=held.pk,
            confidentiality=max_confidentiality(order.confidentiality, held.visibility),
        )
        commitment = write_commitment(held.place_id, bound, by=by, key=key)
        made.append(commitment if commitment.number else assign(commitment, by=by))
    return made


@transaction.atomic
def communicate(resolution: Resolution, *, by: Actor) -> Resolution:
    """It goes to those who owe something (C2)."""
    require(by, Permission.KEEP_COUNCILS, place=resolution.place_id)
    held = lock_resolution(resolution)
    if not held.is_declaratory and not commitments_of(held).exists():
        raise Refusal(_("Say first who owes what by when."), code="nobody_owes")
    step_resolution(held, R.COMMUNICATED)
    held.communicated_at = clock.now()
    held.save()
    return held


@transaction.atomic
def confirm(resolution: Resolution, *, by: Actor) -> Resolution:
    """It is executed: refused while any commitment of it is open (A7)."""
    require(by, Permission.KEEP_COUNCILS, place=resolution.place_id)
    held = lock_resolution(resolution)
    lock_owed(held)
    state = implementations([held.pk])[held.pk]
    if state.open:
        raise Refusal(_("Something is still owed under it. Have it done, or drop it with a reason."), code="owed")
    if not held.is_declaratory and not state.is_executed:
        raise Refusal(_("Everything under it was dropped. Let it lapse instead."), code="nothing_done")
    step_resolution(held, R.CONFIRMED)
    held.save()
    return held


@transaction.atomic
def take_up_again(resolution: Resolution, *, reason: str, by: Actor) -> Resolution:
    """It did not last: it is under way again, so that its commitments can be opened."""
    require(by, Permission.KEEP_COUNCILS, place=resolution.place_id)
    if lock_resolution(resolution).state != R.CONFIRMED:
        raise Refusal(_("Only what was confirmed is taken up again."), code="no_such_step")
    return _end(resolution, R.COMMUNICATED, reason=reason)


@transaction.atomic
def lapse(resolution: Resolution, *, reason: str, by: Actor) -> Resolution:
    """It is not wanted any more; what is still owed under it must be settled or dropped first (A7)."""
    require(by, Permission.KEEP_COUNCILS, place=resolution.place_id)
    lock_owed(lock_resolution(resolution))
    if implementations([resolution.pk])[resolution.pk].open:
        raise Refusal(_("Something is still owed under it. Have it done, or drop it with a reason."), code="owed")
    return _end(resolution, R.LAPSED, reason=reason)


def max_confidentiality(asked: Confidentiality, visibility: str) -> Confidentiality:
    """A commitment is told no further than its resolution (C6)."""
    order = [Confidentiality.PUBLIC, Confidentiality.INTERNAL, Confidentiality.CLOSED]
    return max(asked, Confidentiality(visibility), key=order.index)


def _require_same(made: Sequence[Commitment], asked: dict[UUID | None, Order]) -> None:
    """What was sent again is what was made."""
    same = len(made) == len(asked) and all(_said(one) == _asked(asked[one.key]) for one in made)
    if not same:
        raise Refusal(
            _(
                "Rows of this page were handed out already, and they stand; what was added or changed since is not"
                " handed out. Open the page anew to hand out more."
            ),
            code="handed_out",
        )


def _said(one: Commitment) -> tuple[object, ...]:
    helping = {(helper.organization_id, helper.share) for helper in one.supporters.all()}
    return (
        one.owner_id, one.title, one.original_due_on, one.quantity, one.unit, one.weight, one.field_id, one.priority,
        one.review_on, helping,
    )  # fmt: skip


def _asked(order: Order) -> tuple[object, ...]:
    helping = {(helper.organization.pk, helper.share.strip()[:200]) for helper in order.supporters}
    return (
        order.owner.pk, normalize(order.title)[:200], order.due_on, order.quantity, order.unit.strip()[:40],
        order.weight, order.field.pk if order.field else None, order.priority, order.review_on, helping,
    )  # fmt: skip


def _end(resolution: Resolution, after: R, *, reason: str) -> Resolution:
    if not reason.strip():
        raise Refusal(_("Say why."), code="no_reason", field="reason")
    held = lock_resolution(resolution)
    step_resolution(held, after, reason=reason)
    held.save()
    return held
