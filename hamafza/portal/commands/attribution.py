"""How the public may know of a benefactor's next gifts, as she says herself."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import require
from hamafza.core.errors import Refusal
from hamafza.core.persian import normalize
from hamafza.giving.choices import Attribution
from hamafza.giving.models import Benefactor


@transaction.atomic
def choose_attribution(benefactor: Benefactor, *, attribution: str, nickname: str, by: Actor) -> Benefactor:
    """From now on. Gifts that stand keep what was said on their day: the anonymous ones stay so for ever."""
    require(by, Permission.GIVE, place=benefactor.county_id)
    if benefactor.user_id is None or benefactor.user_id != by.user_id:
        raise PermissionDenied
    if attribution not in Attribution.values:
        raise Refusal(_("Choose how the public may know of it."), code="no_attribution", field="attribution")
    if attribution == Attribution.NICKNAME and not nickname.strip():
        raise Refusal(_("Write the nickname under which the public may know of it."), code="no_name", field="nickname")
    kept = Benefactor.objects.select_for_update().get(pk=benefactor.pk)
    kept.attribution, kept.nickname = attribution, normalize(nickname)[:80]
    kept.save()
    return kept
