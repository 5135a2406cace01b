# ruff: noqa: S608 - names of our own tables and columns, no word of a user
"""SQLite: one trigger a rule, with its refusal.

The conflict clause of an outer statement (``INSERT OR IGNORE``) rules inside its triggers too: what must not be is
refused by RAISE(ABORT), never left to a constraint that would be skipped, and nothing relies on a clause of its own.
"""

from __future__ import annotations

from hamafza.core.guards import Guard
from hamafza.distribution.triggers.refusals import AFTERWARDS, HANDED_OVER, PLACE, PREFIX, TABLES, Refused


def _guard(table: str, what: str, when: str, *statements: str) -> Guard:
    name = f"{PREFIX}{table}_{what}"
    body = " ".join(f"{statement};" for statement in statements)
    return Guard(
        name,
        TABLES[table],
        f'CREATE TRIGGER "{name}" {when.replace("ON", f"ON {chr(34)}{TABLES[table]}{chr(34)}", 1)} BEGIN {body} END',
    )


def _refuse(refused: Refused, condition: str = "1") -> str:
    return f"SELECT RAISE(ABORT, '{refused}') WHERE {condition}"


def _append_only(table: str, refused: Refused, *, same: str = "id = NEW.id") -> list[Guard]:
    return [
        _guard(table, "no_update", "BEFORE UPDATE ON FOR EACH ROW", _refuse(refused)),
        _guard(table, "no_delete", "BEFORE DELETE ON FOR EACH ROW", _refuse(refused)),
        _guard(
            table,
            "no_replace",
            f'BEFORE INSERT ON FOR EACH ROW WHEN EXISTS (SELECT 1 FROM "{TABLES[table]}" WHERE {same})',
            _refuse(refused),
        ),
    ]


#: The one row of another table that a new row points at.
def _of(column: str, table: str, row: str) -> str:
    return f'(SELECT "{column}" FROM "{TABLES[table]}" WHERE id = {row})'


LOT = "NEW.lot_id"
BALANCE = f"lot_id = {LOT} AND warehouse_id = NEW.warehouse_id"

MOVEMENT = [
    *_append_only("movement", Refused.MOVEMENT_STANDS),
    _guard(
        "movement",
        "fits",
        "BEFORE INSERT ON FOR EACH ROW",
        _refuse(
            Refused.OTHER_COUNTY,
            f"NEW.county_id IS NOT {_of('county_id', 'lot', LOT)}"
            f" OR NEW.county_id IS NOT {_of('county_id', 'warehouse', 'NEW.warehouse_id')}",
        ),
        _refuse(
            Refused.EXPIRED,
            f"NEW.kind IN ('issue', 'reserve', 'assemble_out') AND {_of('expires_on', 'lot', LOT)} < NEW.\"on\"",
        ),
        _refuse(
            Refused.BEFORE_COUNT,
            "NEW.kind <> 'count' AND EXISTS (SELECT 1 FROM distribution_stockcount"
            ' WHERE warehouse_id = NEW.warehouse_id AND state = \'finalized\' AND "on" > NEW."on")',
        ),
    ),
    _guard(
        "movement",
        "booked",
        "AFTER INSERT ON FOR EACH ROW",
        "INSERT INTO distribution_lotbalance (id, county_id, lot_id, warehouse_id, on_hand, reserved)"
        f" SELECT lower(hex(randomblob(16))), NEW.county_id, {LOT}, NEW.warehouse_id, 0, 0"
        f" WHERE NOT EXISTS (SELECT 1 FROM distribution_lotbalance WHERE {BALANCE})",
        _refuse(
            Refused.NOT_THERE,
            f"EXISTS (SELECT 1 FROM distribution_lotbalance WHERE {BALANCE} AND on_hand + NEW.quantity < 0)",
        ),
        _refuse(
            Refused.NOT_FREE,
            f"EXISTS (SELECT 1 FROM distribution_lotbalance WHERE {BALANCE}"
            " AND (reserved + NEW.reserved < 0 OR reserved + NEW.reserved > on_hand + NEW.quantity))",
        ),
        "UPDATE distribution_lotbalance SET on_hand = on_hand + NEW.quantity, reserved = reserved + NEW.reserved"
        f" WHERE {BALANCE}",
        _refuse(
            Refused.MORE_THAN_GIVEN,
            "NEW.kind = 'in' AND EXISTS (SELECT 1 FROM distribution_lot l JOIN giving_donationline d"
            f" ON d.id = l.donation_line_id WHERE l.id = {LOT} AND d.quantity <"
            " (SELECT sum(m.quantity) FROM distribution_movement m JOIN distribution_lot s ON s.id = m.lot_id"
            " WHERE s.donation_line_id = d.id AND m.kind = 'in'))",
        ),
    ),
]

LOTS = [
    *_append_only("lot", Refused.LOT_STANDS, same="id = NEW.id OR code = NEW.code"),
    _guard(
        "lot",
        "fits",
        "BEFORE INSERT ON FOR EACH ROW",
        _refuse(
            Refused.LOT_OF_OTHER_COUNTY,
            f"NEW.county_id IS NOT {_of('county_id', 'fund', 'NEW.fund_id')}"
            f" OR NEW.county_id IS NOT {_of('county_id', 'item', 'NEW.item_id')}",
        ),
        _refuse(
            Refused.LOT_NOT_OF_ORIGIN,
            "NEW.donation_line_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM giving_donationline"
            " WHERE id = NEW.donation_line_id AND county_id = NEW.county_id AND fund_id = NEW.fund_id AND item_id = NEW.item_id)",
        ),
        _refuse(
            Refused.LOT_NOT_OF_ORIGIN,
            "NEW.purchase_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM giving_allocation"
            " WHERE id = NEW.purchase_id AND county_id = NEW.county_id AND fund_id = NEW.fund_id)",
        ),
        _refuse(
            Refused.LOT_NOT_OF_ORIGIN,
            "NEW.kit_version_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM distribution_kitversion"
            " WHERE id = NEW.kit_version_id AND county_id = NEW.county_id AND kit_id = NEW.item_id)",
        ),
    ),
]

SOURCES = [
    *_append_only(
        "lotsource",
        Refused.LINEAGE_STANDS,
        same="id = NEW.id OR (kit_lot_id = NEW.kit_lot_id AND source_lot_id = NEW.source_lot_id)",
    ),
    _guard(
        "lotsource",
        "fits",
        "BEFORE INSERT ON FOR EACH ROW",
        _refuse(
            Refused.LINEAGE_CROSSES_FUNDS,
            "NOT EXISTS (SELECT 1 FROM distribution_lot k JOIN distribution_lot s ON s.fund_id = k.fund_id"
            " AND s.county_id = k.county_id WHERE k.id = NEW.kit_lot_id AND s.id = NEW.source_lot_id"
            " AND k.county_id = NEW.county_id AND k.kit_version_id IS NOT NULL)",
        ),
    ),
]

COUNTS = [
    _guard(
        "stockcount",
        "no_update",
        "BEFORE UPDATE ON FOR EACH ROW WHEN OLD.state = 'finalized'",
        _refuse(Refused.COUNT_STANDS),
    ),
    _guard(
        "stockcount",
        "no_delete",
        "BEFORE DELETE ON FOR EACH ROW WHEN OLD.state = 'finalized'",
        _refuse(Refused.COUNT_STANDS),
    ),
    *(
        _guard(
            "stockcountline",
            f"no_{act.lower()}",
            f"BEFORE {act} ON FOR EACH ROW WHEN {_of('state', 'stockcount', f'{row}.count_id')} = 'finalized'",
            _refuse(Refused.COUNT_STANDS),
        )
        for act, row in (("INSERT", "NEW"), ("UPDATE", "OLD"), ("DELETE", "OLD"))
    ),
]

RECIPES = _append_only(
    "kitline",
    Refused.RECIPE_STANDS,
    same="id = NEW.id OR (version_id = NEW.version_id AND item_id = NEW.item_id)",
)

WAREHOUSES = [
    _guard(
        "warehouse",
        "no_move",
        "BEFORE UPDATE ON FOR EACH ROW WHEN OLD.county_id <> NEW.county_id OR OLD.id <> NEW.id",
        _refuse(Refused.OTHER_COUNTY),
    )
]

FROZEN = "(SELECT state FROM distribution_round WHERE id = {row}.round_id) IS NOT 'planned'"
CHANGED = " OR ".join(f'NEW."{column}" IS NOT OLD."{column}"' for column in PLACE)
REWRITTEN = " OR ".join(
    [
        *(f'NEW."{column}" IS NOT OLD."{column}"' for column in HANDED_OVER),
        *(f'(OLD."{column}" IS NOT NULL AND NEW."{column}" IS NOT OLD."{column}")' for column in AFTERWARDS),
    ]
)

LISTS = [
    _guard(
        "roundentry",
        "no_insert",
        "BEFORE INSERT ON FOR EACH ROW",
        _refuse(Refused.LIST_FROZEN, FROZEN.format(row="NEW")),
        # INSERT OR REPLACE would remove the row without a word.
        _refuse(
            Refused.LIST_FROZEN,
            "EXISTS (SELECT 1 FROM distribution_roundentry e WHERE e.id = NEW.id OR"
            " (e.county_id = NEW.county_id AND e.token = NEW.token)"
            " OR (e.household_id = NEW.household_id AND e.item_id = NEW.item_id AND e.period = NEW.period"
            " AND e.state IN ('listed', 'delivered', 'absent') AND NEW.state IN ('listed', 'delivered', 'absent')))",
        ),
    ),
    _guard(
        "roundentry",
        "no_update",
        f"BEFORE UPDATE ON FOR EACH ROW WHEN {FROZEN.format(row='OLD')} AND ({CHANGED})",
        _refuse(Refused.LIST_FROZEN),
    ),
    _guard(
        "roundentry",
        "no_delete",
        f"BEFORE DELETE ON FOR EACH ROW WHEN {FROZEN.format(row='OLD')}",
        _refuse(Refused.LIST_FROZEN),
    ),
]

DELIVERIES = [
    _guard(
        "delivery", "no_update", f"BEFORE UPDATE ON FOR EACH ROW WHEN {REWRITTEN}", _refuse(Refused.DELIVERY_STANDS)
    ),
    _guard("delivery", "no_delete", "BEFORE DELETE ON FOR EACH ROW", _refuse(Refused.DELIVERY_STANDS)),
    _guard(
        "delivery",
        "no_replace",
        "BEFORE INSERT ON FOR EACH ROW WHEN EXISTS"
        " (SELECT 1 FROM distribution_delivery d WHERE d.id = NEW.id OR d.entry_id = NEW.entry_id)",
        _refuse(Refused.DELIVERY_STANDS),
    ),
]

GUARDS: tuple[Guard, ...] = (*MOVEMENT, *LOTS, *SOURCES, *COUNTS, *RECIPES, *WAREHOUSES, *LISTS, *DELIVERIES)
