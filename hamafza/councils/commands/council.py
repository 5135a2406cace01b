"""Change what is said of a council, or end it."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import require
from hamafza.core.errors import Refusal
from hamafza.core.versioned import refuse_stale
from hamafza.councils.choices import MeetingState
from hamafza.councils.commands.seats import CouncilDetails, check_details
from hamafza.councils.flow import BEFORE_SESSION
from hamafza.councils.models import Council

#: While one of these is there, the council has not ended.
_COMING = sorted(BEFORE_SESSION | {MeetingState.IN_SESSION})


@transaction.atomic
def edit_council(council: Council, said: CouncilDetails, *, active: bool, version: int, by: Actor) -> Council:
    """Name, rules, term, and whether it still meets. ``version`` as in the form (`StaleVersion`).

    Meetings that are invited keep their quorum and voting rule (C5); others have the new ones from their invitation on.
    """
    require(by, Permission.KEEP_COUNCILS, place=council.place_id)
    held = Council.objects.select_for_update(of=("self",)).get(pk=council.pk)
    refuse_stale(held, version=version)
    check_details(held.place_id, said, but=held)
    if held.active and not active and held.meetings.filter(state__in=_COMING).exists():
        raise Refusal(
            _("A meeting of it is planned or in session. Hold it or call it off first."),
            code="meeting_ahead",
            field="active",
        )
    for name in CouncilDetails.__slots__:
        setattr(held, name, getattr(said, name))
    held.active = active
    held.save()
    return held
