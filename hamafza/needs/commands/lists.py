"""Lists a user keeps under a name."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import require
from hamafza.core.errors import Refusal
from hamafza.needs.models import SavedList
from hamafza.needs.queries.filters import NeedFilters

NAME_LENGTH = 80


@transaction.atomic
def save_list(county: str, *, name: str, filters: NeedFilters, by: Actor) -> SavedList:
    """Keep these filters under a name; the same name of the same user is overwritten."""
    require(by, Permission.SEE_CLIENTS, place=county)
    saved, _made = SavedList.objects.update_or_create(
        owner_id=by.user_id, county_id=county, name=_clean(name), defaults={"filters": filters.as_json()}
    )
    return saved


@transaction.atomic
def rename_list(saved: SavedList, *, name: str, by: Actor) -> SavedList:
    """Give it another name; refused when the user has a list of that name."""
    _require_own(saved, by)
    name = _clean(name)
    if (
        SavedList.objects.filter(owner_id=saved.owner_id, county_id=saved.county_id, name=name)
        .exclude(pk=saved.pk)
        .exists()
    ):
        raise Refusal(_("You already have a list of this name."), code="name_taken", field="name")
    saved.name = name
    saved.save(update_fields=["name"])
    return saved


@transaction.atomic
def delete_list(saved: SavedList, *, by: Actor) -> None:
    """Forget the name; no need is touched."""
    _require_own(saved, by)
    saved.delete()


def _require_own(saved: SavedList, by: Actor) -> None:
    require(by, Permission.SEE_CLIENTS, place=saved.county_id)
    if saved.owner_id != by.user_id:
        raise Refusal(_("This list belongs to somebody else."), code="not_yours")


def _clean(name: str) -> str:
    name = name.strip()[:NAME_LENGTH]
    if not name:
        raise Refusal(_("Give the list a name."), code="no_name", field="name")
    return name
