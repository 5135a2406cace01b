"""The agenda of a meeting: what is not closed opens it, matters come from the backlog and go back to it."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import require
from hamafza.accounts.models import Organization
from hamafza.core.errors import Refusal
from hamafza.councils.choices import ItemKind, MeetingState, Visibility
from hamafza.councils.commands.step import lock_meeting
from hamafza.councils.flow import BEFORE_SESSION, OVER
from hamafza.councils.models import AgendaItem, Council, Meeting
from hamafza.councils.queries.resolutions import followed_up, unclosed_of


@transaction.atomic
def add_item(
    council: Council,
    *,
    title: str,
    kind: ItemKind = ItemKind.DISCUSSION,
    text: str = "",
    submitter: Organization | None = None,
    visibility: Visibility | None = None,
    minutes: int | None = None,
    meeting: Meeting | None = None,
    by: Actor,
    key: UUID | None = None,
) -> AgendaItem:
    """A matter for the backlog, or for a meeting that is not over yet."""
    require(by, Permission.KEEP_COUNCILS, place=council.place_id)
    if not title.strip():
        raise Refusal(_("Say what it is about."), code="no_title", field="title")
    held = lock_meeting(meeting) if meeting is not None else None
    if held is None:
        Council.objects.select_for_update(of=("self",)).get(pk=council.pk)
    if key is not None and (made := council.items.filter(key=key).first()):
        return made
    if held is not None:
        _require_open(held)
    item = AgendaItem(
        place_id=council.place_id, council=council, meeting=meeting, position=_next_position(meeting), kind=kind,
        title=title.strip()[:200], text=text.strip(), submitter=submitter, visibility=visibility or council.visibility,
        minutes=minutes, created_by_id=by.user_id, key=key,
    )  # fmt: skip
    item.save(force_insert=True)
    return item


@transaction.atomic
def take_up(item: AgendaItem, meeting: Meeting, *, by: Actor) -> AgendaItem:
    """From the backlog onto the agenda."""
    require(by, Permission.KEEP_COUNCILS, place=item.place_id)
    held = lock_meeting(meeting)
    _require_open(held)
    waiting = AgendaItem.objects.select_for_update(of=("self",)).get(pk=item.pk)
    if waiting.meeting_id is not None or waiting.council_id != held.council_id:
        raise Refusal(_("This item is on an agenda already."), code="taken")
    waiting.meeting, waiting.position = held, _next_position(held)
    waiting.save(update_fields=["meeting", "position"])
    return waiting


@transaction.atomic
def put_back(item: AgendaItem, *, by: Actor) -> AgendaItem:
    """Off the agenda, into the backlog, before the session."""
    require(by, Permission.KEEP_COUNCILS, place=item.place_id)
    waiting = AgendaItem.objects.select_for_update(of=("self",)).get(pk=item.pk)
    if waiting.meeting is None:
        return waiting
    if waiting.kind == ItemKind.FOLLOW_UP:
        raise Refusal(
            _("Earlier resolutions that are not closed open every agenda. They stay on it."), code="follow_up_stays"
        )
    if lock_meeting(waiting.meeting).state not in BEFORE_SESSION:
        raise Refusal(_("The session has begun: what is not dealt with comes back by itself."), code="no_such_step")
    waiting.meeting, waiting.position = None, 0
    waiting.save(update_fields=["meeting", "position"])
    return waiting


def open_agenda(held: Meeting, *, by: Actor) -> None:
    """Of a locked meeting: first the resolutions that are not closed, then what was left over, then the rest (C4).

    Done again it adds only what has come since, so a meeting that was planned long ago opens as it must.
    """
    present = list(held.items.order_by("position", "id"))
    first = [one for one in present if one.kind == ItemKind.FOLLOW_UP]
    if not first and (unclosed_of(held.council).exists() or followed_up(held).exists()):
        title = _("Earlier resolutions that are not closed")
        first = [_item(held, kind=ItemKind.FOLLOW_UP, title=title, visibility=held.council.visibility, by=by)]
    returned = list(_put_off(held.council))
    for one in returned:
        one.meeting = held
        one.save(update_fields=["meeting"])
    fresh = [_carried(one, held, by=by) for one in left_over(held.council)]
    carried = [one for one in present if one.carried_from_id and one not in first]
    others = [one for one in present if one not in first and one not in carried]
    for position, item in enumerate([*first, *carried, *returned, *fresh, *others], start=1):
        if item.position != position:
            item.position = position
            item.save(update_fields=["position"])


def left_over(council: Council) -> QuerySet[AgendaItem]:
    """Matters of meetings that are over, not dealt with and not yet taken up again."""
    found = AgendaItem.objects.filter(
        council=council, meeting__state__in=sorted(OVER), is_done=False, carried_to__isnull=True
    )
    return found.exclude(kind=ItemKind.FOLLOW_UP).order_by("meeting__on", "position", "id")


def _put_off(council: Council) -> QuerySet[AgendaItem]:
    """Taken up again once, and back in the backlog: its meeting did not take place, or it was taken off the agenda."""
    found = AgendaItem.objects.select_for_update(of=("self",)).filter(
        council=council, meeting__isnull=True, carried_from__isnull=False, is_done=False
    )
    return found.order_by("created_at", "pk")


def release_items(held: Meeting) -> None:
    """Matters of a meeting that did not take place wait again; its own follow-up item is not needed any more."""
    held.items.filter(kind=ItemKind.FOLLOW_UP).delete()
    held.items.update(meeting=None, position=0)


def _carried(item: AgendaItem, held: Meeting, *, by: Actor) -> AgendaItem:
    return _item(
        held, kind=ItemKind(item.kind), title=item.title, text=item.text, submitter_id=item.submitter_id,
        visibility=item.visibility, minutes=item.minutes, carried_from=item, by=by,
    )  # fmt: skip


def _item(held: Meeting, *, by: Actor, **said: object) -> AgendaItem:
    item = AgendaItem(
        place_id=held.place_id, council_id=held.council_id, meeting=held, created_by_id=by.user_id, **said
    )
    item.save(force_insert=True)
    return item


def _require_open(held: Meeting) -> None:
    if held.state not in BEFORE_SESSION | {MeetingState.IN_SESSION}:
        raise Refusal(_("This meeting is over."), code="no_such_step")


def _next_position(meeting: Meeting | None) -> int:
    if meeting is None:
        return 0
    return int(meeting.items.aggregate(last=Max("position"))["last"] or 0) + 1
