"""A body's programme for a period: written as a draft, published to the others, changed by a new version with a reason."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from hamafza.accounts.actor import Actor
from hamafza.accounts.models import Organization
from hamafza.accounts.queries.bodies import bodies_of
from hamafza.commitments.commands.step import reason_of
from hamafza.commitments.models import Programme, ProgrammeItem
from hamafza.commitments.programme_choices import ProgrammeState
from hamafza.commitments.programme_periods import Period
from hamafza.commitments.programme_rules import may_write, plans_for
from hamafza.commitments.queries.owners import officers_at
from hamafza.commitments.queries.programme_readers import who_is_told
from hamafza.core import clock, wording
from hamafza.core.bulk import insert_all
from hamafza.core.errors import Refusal
from hamafza.core.ids import uuid7
from hamafza.notices.commands.notify import notify


@transaction.atomic
def write_programme(
    place: str, *, organization: Organization, period: Period, by: Actor, key: UUID | None = None
) -> Programme:
    """Begin the first version, as a draft. ``key`` goes with a form: sent again, it gives the one that was made."""
    require_writer(by, organization.pk, place)
    # Two who begin at once wait here for each other.
    Organization.objects.select_for_update().get(pk=organization.pk)
    if key is not None and (made := Programme.objects.filter(place_id=place, key=key).first()):
        return made
    if not bodies_of(place).filter(pk=organization.pk).exists():
        raise Refusal(_("This body does not work here. Choose another one."), code="not_here", field="organization")
    if period.last_day < clock.today():
        raise Refusal(_("This period is over. Choose the present one or a later one."), code="past", field="period")
    if Programme.objects.filter(place_id=place, organization=organization, period=period.code).exists():
        raise Refusal(
            _("There is a programme for this period already. Open it, and go on or change it there."),
            code="exists",
            field="period",
        )
    return _begin(place, organization=organization, period=period, by=by, key=key)


@transaction.atomic
def revise_programme(programme: Programme, *, reason: str, by: Actor, key: UUID | None = None) -> Programme:
    """Begin the next version of one that is published, with all its items. The published one stands until then."""
    held = lock_programme(programme)
    require_writer(by, held.organization_id, held.place_id)
    if key is not None and (made := Programme.objects.filter(place_id=held.place_id, key=key).first()):
        return made
    why = reason_of(reason)
    versions = Programme.objects.filter(
        place_id=held.place_id, organization=held.organization_id, period=held.period
    )  # fmt: skip
    if held.is_draft or versions.filter(number__gt=held.number).exists():
        raise Refusal(
            _("A later version is written already. Open it and go on there."), code="no_such_step", field="reason"
        )
    if held.ends_on < clock.today():
        raise Refusal(_("This period is over; its programme stays as it is."), code="past", field="reason")
    made = _begin(
        held.place_id, organization=held.organization, period=held.period_kept, by=by, key=key,
        number=held.number + 1, reason=why,
    )  # fmt: skip
    insert_all([_copied(item, made) for item in held.items.order_by("id")])
    return made


@transaction.atomic
def publish_programme(programme: Programme, *, by: Actor) -> Programme:
    """Tell the others. The moment is kept as it is; when the period has begun already, it counts as late."""
    held = lock_programme(programme)
    for_owner = require_writer(by, held.organization_id, held.place_id)
    if not held.is_draft:
        raise Refusal(_("It is published already."), code="no_such_step")
    if held.ends_on < clock.today():
        raise Refusal(_("This period is over. Write one for the next."), code="past")
    if not held.items.exists():
        raise Refusal(_("Write at least one thing that will be done; then publish it."), code="empty")
    held.state, held.published_at = ProgrammeState.PUBLISHED, clock.now()
    held.published_by_id, held.for_owner = by.user_id, for_owner
    held.save()
    _tell_others(held, by)
    return held


@transaction.atomic
def drop_draft(programme: Programme, *, by: Actor) -> None:
    """Throw a draft away, with its items. What is published stays."""
    held = lock_programme(programme)
    require_writer(by, held.organization_id, held.place_id)
    if not held.is_draft:
        raise Refusal(_("It is published; it stays on record. Change it by a new version."), code="no_such_step")
    held.items.all().delete()
    held.delete()


def lock_programme(programme: Programme) -> Programme:
    """As it stands now, locked until the transaction ends."""
    return Programme.objects.select_for_update(of=("self",)).get(pk=programme.pk)


def require_writer(by: Actor, organization: UUID, place: str) -> bool:
    """Whether she writes for a body without users; refused to whoever may not write for it at all."""
    if by.is_system:
        return False
    if not may_write(by, organization, place, has_users=officers_at(organization, place).exists()):
        raise PermissionDenied
    return not plans_for(by, organization, place)


def _begin(
    place: str,
    *,
    organization: Organization,
    period: Period,
    by: Actor,
    key: UUID | None,
    number: int = 1,
    reason: str = "",
) -> Programme:
    made = Programme(
        place_id=place, organization=organization, period=period.code, starts_on=period.first_day,
        ends_on=period.last_day, number=number, reason=reason, created_by_id=by.user_id, created_at=clock.now(),
        key=key,
    )  # fmt: skip
    made.save(force_insert=True)
    return made


def _copied(item: ProgrammeItem, into: Programme) -> ProgrammeItem:
    """The same item in the next version; it still says in which version it was written."""
    values = {
        field.attname: getattr(item, field.attname)
        for field in ProgrammeItem._meta.concrete_fields
        if field.name not in {"id", "programme", "key", "written_at"}
    }
    return ProgrammeItem(id=uuid7(), programme=into, written_at=clock.now(), **values)


def _tell_others(held: Programme, by: Actor) -> None:
    code = "commitments.programme.published" if held.number == 1 else "commitments.programme.changed"
    params = {"body": str(held.organization), "day": wording.short_date(held.starts_on)}
    for one in who_is_told(held):
        if one.pk != by.user_id:
            notify(one, code=code, params=params, url=f"/commitments/programmes/{held.pk}/")
