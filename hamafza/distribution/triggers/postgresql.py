# ruff: noqa: S608 - names of our own tables and columns, no word of a user
"""PostgreSQL: a function and a trigger a rule. Rows of closed counties are unseen, and count as not fitting."""

from __future__ import annotations

from hamafza.core.guards import Guard, refusing
from hamafza.distribution.triggers.refusals import AFTERWARDS, HANDED_OVER, PLACE, PREFIX, TABLES, Refused

CODE = "USING ERRCODE = 'integrity_constraint_violation'"


def _guard(table: str, what: str, when: str, body: str, *, each: str = "ROW") -> Guard:
    name = f"{PREFIX}{table}_{what}"
    place = f'{when} ON "{TABLES[table]}" FOR EACH {each}'
    return Guard(name, TABLES[table], f'CREATE TRIGGER "{name}" {place} EXECUTE FUNCTION "{name}"()', body)


def _never_changed(table: str, refused: Refused) -> Guard:
    return _guard(table, "stands", "BEFORE UPDATE OR DELETE OR TRUNCATE", refusing(refused), each="STATEMENT")


def _refuse(refused: Refused, condition: str) -> str:
    return f"  IF {condition} THEN RAISE EXCEPTION '{refused}' {CODE}; END IF;\n"


MOVEMENT_FITS = f"""
DECLARE
  expires date;
BEGIN
  SELECT l.expires_on INTO expires FROM distribution_lot l JOIN distribution_warehouse w ON w.county_id = l.county_id
  WHERE l.id = NEW.lot_id AND w.id = NEW.warehouse_id AND l.county_id = NEW.county_id;
{_refuse(Refused.OTHER_COUNTY, "NOT FOUND")}\
{_refuse(Refused.EXPIRED, "NEW.kind IN ('issue', 'reserve', 'assemble_out') AND expires < NEW.on")}\
{_refuse(Refused.BEFORE_COUNT, "NEW.kind <> 'count' AND EXISTS (SELECT 1 FROM distribution_stockcount c WHERE c.warehouse_id = NEW.warehouse_id AND c.state = 'finalized' AND c.on > NEW.on)")}\
  RETURN NEW;
END
"""

MOVEMENT_BOOKED = f"""
DECLARE
  has distribution_lotbalance%ROWTYPE;
  line uuid;
BEGIN
  INSERT INTO distribution_lotbalance (id, county_id, lot_id, warehouse_id, on_hand, reserved)
  VALUES (gen_random_uuid(), NEW.county_id, NEW.lot_id, NEW.warehouse_id, 0, 0)
  ON CONFLICT (lot_id, warehouse_id) DO NOTHING;
  SELECT * INTO has FROM distribution_lotbalance WHERE lot_id = NEW.lot_id AND warehouse_id = NEW.warehouse_id
  FOR NO KEY UPDATE;
{_refuse(Refused.NOT_THERE, "has.on_hand + NEW.quantity < 0")}\
{_refuse(Refused.NOT_FREE, "has.reserved + NEW.reserved < 0 OR has.reserved + NEW.reserved > has.on_hand + NEW.quantity")}\
  UPDATE distribution_lotbalance SET on_hand = on_hand + NEW.quantity, reserved = reserved + NEW.reserved
  WHERE id = has.id;
  IF NEW.kind = 'in' THEN
    SELECT donation_line_id INTO line FROM distribution_lot WHERE id = NEW.lot_id;
    PERFORM 1 FROM giving_donationline WHERE id = line FOR NO KEY UPDATE;
{_refuse(Refused.MORE_THAN_GIVEN, "line IS NOT NULL AND (SELECT sum(m.quantity) FROM distribution_movement m JOIN distribution_lot l ON l.id = m.lot_id WHERE l.donation_line_id = line AND m.kind = 'in') > (SELECT quantity FROM giving_donationline WHERE id = line)")}\
  END IF;
  RETURN NULL;
END
"""

LOT_FITS = f"""
BEGIN
{_refuse(Refused.LOT_OF_OTHER_COUNTY, "NOT EXISTS (SELECT 1 FROM ledger_fund f JOIN giving_item i ON i.county_id = f.county_id WHERE f.id = NEW.fund_id AND i.id = NEW.item_id AND f.county_id = NEW.county_id)")}\
{_refuse(Refused.LOT_NOT_OF_ORIGIN, "NEW.donation_line_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM giving_donationline WHERE id = NEW.donation_line_id AND county_id = NEW.county_id AND fund_id = NEW.fund_id AND item_id = NEW.item_id)")}\
{_refuse(Refused.LOT_NOT_OF_ORIGIN, "NEW.purchase_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM giving_allocation WHERE id = NEW.purchase_id AND county_id = NEW.county_id AND fund_id = NEW.fund_id)")}\
{_refuse(Refused.LOT_NOT_OF_ORIGIN, "NEW.kit_version_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM distribution_kitversion WHERE id = NEW.kit_version_id AND county_id = NEW.county_id AND kit_id = NEW.item_id)")}\
  RETURN NEW;
END
"""

LINEAGE_FITS = f"""
BEGIN
{_refuse(Refused.LINEAGE_CROSSES_FUNDS, "NOT EXISTS (SELECT 1 FROM distribution_lot k JOIN distribution_lot s ON s.fund_id = k.fund_id AND s.county_id = k.county_id WHERE k.id = NEW.kit_lot_id AND s.id = NEW.source_lot_id AND k.county_id = NEW.county_id AND k.kit_version_id IS NOT NULL)")}\
  RETURN NEW;
END
"""

COUNT_STANDS = f"""
BEGIN
{_refuse(Refused.COUNT_STANDS, "OLD.state = 'finalized'")}\
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  RETURN NEW;
END
"""

LINE_STANDS = f"""
DECLARE
  counted uuid;
BEGIN
  IF TG_OP = 'INSERT' THEN counted := NEW.count_id; ELSE counted := OLD.count_id; END IF;
{_refuse(Refused.COUNT_STANDS, "EXISTS (SELECT 1 FROM distribution_stockcount WHERE id = counted AND state = 'finalized')")}\
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  RETURN NEW;
END
"""

STORE_STAYS = f"""
BEGIN
{_refuse(Refused.OTHER_COUNTY, "OLD.county_id <> NEW.county_id OR OLD.id <> NEW.id")}\
  RETURN NEW;
END
"""

CHANGED = " OR ".join(f'NEW."{column}" IS DISTINCT FROM OLD."{column}"' for column in PLACE)
REWRITTEN = " OR ".join(
    [
        *(f'NEW."{column}" IS DISTINCT FROM OLD."{column}"' for column in HANDED_OVER),
        *(f'(OLD."{column}" IS NOT NULL AND NEW."{column}" IS DISTINCT FROM OLD."{column}")' for column in AFTERWARDS),
    ]
)

LIST_FROZEN = f"""
DECLARE
  place distribution_roundentry%ROWTYPE;
BEGIN
  IF TG_OP = 'INSERT' THEN place := NEW; ELSE place := OLD; END IF;
  IF (SELECT state FROM distribution_round WHERE id = place.round_id) IS NOT DISTINCT FROM 'planned' THEN
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
  END IF;
  IF TG_OP = 'UPDATE' THEN
    IF NOT ({CHANGED}) THEN RETURN NEW; END IF;
  END IF;
{_refuse(Refused.LIST_FROZEN, "TRUE")}\
  RETURN NULL;
END
"""

DELIVERY_STANDS = f"""
BEGIN
{_refuse(Refused.DELIVERY_STANDS, "TG_OP = 'DELETE'")}\
{_refuse(Refused.DELIVERY_STANDS, REWRITTEN)}\
  RETURN NEW;
END
"""

GUARDS: tuple[Guard, ...] = (
    _guard("roundentry", "frozen", "BEFORE INSERT OR UPDATE OR DELETE", LIST_FROZEN),
    _guard("delivery", "stands", "BEFORE UPDATE OR DELETE", DELIVERY_STANDS),
    _never_changed("movement", Refused.MOVEMENT_STANDS),
    _guard("movement", "fits", "BEFORE INSERT", MOVEMENT_FITS),
    _guard("movement", "booked", "AFTER INSERT", MOVEMENT_BOOKED),
    _never_changed("lot", Refused.LOT_STANDS),
    _guard("lot", "fits", "BEFORE INSERT", LOT_FITS),
    _never_changed("lotsource", Refused.LINEAGE_STANDS),
    _guard("lotsource", "fits", "BEFORE INSERT", LINEAGE_FITS),
    _never_changed("kitline", Refused.RECIPE_STANDS),
    _guard("stockcount", "stands", "BEFORE UPDATE OR DELETE", COUNT_STANDS),
    _guard("stockcountline", "stands", "BEFORE INSERT OR UPDATE OR DELETE", LINE_STANDS),
    _guard("warehouse", "no_move", "BEFORE UPDATE", STORE_STAYS),
)
