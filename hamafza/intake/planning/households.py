"""What the rows say about their household."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from hamafza.core.persian import key
from hamafza.intake.planning.agreement import settle, settle_new
from hamafza.intake.planning.clusters import Home
from hamafza.intake.planning.plan import Desk
from hamafza.intake.sheets.client_row import ClientRow
from hamafza.intake.sheets.phrases import Meaning

#: Field of the household -> meaning of its column.
HOUSEHOLD_FIELDS = {
    "address": Meaning.ADDRESS,
    "postal_code": Meaning.POSTAL_CODE,
    "tenure": Meaning.TENURE,
    "decile": Meaning.DECILE,
    "income_rial": Meaning.INCOME,
    "district_id": Meaning.DISTRICT,
}


def settle_household(home: Home, head: UUID | None, desk: Desk) -> None:
    """The head's row speaks first, then the others in the order of the sheet."""
    of_head = {row.row for one in home.clusters if one.person and one.person.pk == head for row in one.rows}
    rows = sorted(home.rows, key=lambda row: (row.row not in of_head, row.row))
    if not rows:
        return
    for name, meaning in HOUSEHOLD_FIELDS.items():
        stated = [_value(row, name, desk) for row in rows]
        settled = settle_new(stated) if home.new else settle(getattr(home.household, name), stated)
        desk.warn_dissent(rows, settled, meaning)
        if home.new or settled.changed:
            setattr(home.household, name, settled.value)
            if name == "decile" and settled.value:
                _date_decile(home, desk)
        if settled.changed:
            desk.change(home.household, name)
            desk.mark_changed(rows)


def _value(row: ClientRow, name: str, desk: Desk) -> object:
    if name == "district_id":
        return desk.setting.districts.get(key(row.district)) if row.district else None
    return getattr(row, name)


def _date_decile(home: Home, desk: Desk) -> None:
    home.household.decile_on = desk.setting.today
    with translation.override(settings.LANGUAGE_CODE):
        home.household.decile_source = _("Spreadsheet of the office")
    if not home.new:
        desk.change(home.household, "decile_on", "decile_source")
