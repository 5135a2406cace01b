"""What the database says when it refuses, the same on both; and the tables it speaks of."""

from __future__ import annotations

from enum import StrEnum

PREFIX = "hamafza_stock_"

TABLES = {
    "movement": "distribution_movement",
    "lot": "distribution_lot",
    "lotsource": "distribution_lotsource",
    "kitline": "distribution_kitline",
    "stockcount": "distribution_stockcount",
    "stockcountline": "distribution_stockcountline",
    "warehouse": "distribution_warehouse",
    "round": "distribution_round",
    "roundentry": "distribution_roundentry",
    "delivery": "distribution_delivery",
    "fund": "ledger_fund",
    "item": "giving_item",
}


#: What never changes of a place on a list after its approval (S5), and of a delivery.
PLACE = ("id", "county_id", "round_id", "household_id", "need_id", "item_id", "period", "rank", "why", "token")
HANDED_OVER = ("id", "county_id", "entry_id", "lot_id", "quantity", "on", "proof", "at")
#: These are written once, after the delivery: what came back, what the household said.
AFTERWARDS = ("by_id", "returned_at", "returned_by_id", "audited_at", "audited_by_id", "audit_said_yes")


class Refused(StrEnum):
    MOVEMENT_STANDS = "stock: a movement is never changed"
    OTHER_COUNTY = "stock: goods, store and movement lie in one county"
    EXPIRED = "stock: an expired lot is not handed out"
    BEFORE_COUNT = "stock: the store was counted after this day"
    NOT_THERE = "stock: so much is not in this store"
    NOT_FREE = "stock: so much is not free in this store"
    MORE_THAN_GIVEN = "stock: more than the donation line says"
    LOT_STANDS = "stock: a lot is never changed"
    LOT_OF_OTHER_COUNTY = "stock: a lot lies in the county of its fund"
    LOT_NOT_OF_ORIGIN = "stock: a lot is of the fund and item of its origin"
    LINEAGE_STANDS = "stock: lineage is never changed"
    LINEAGE_CROSSES_FUNDS = "stock: a kit is packed from lots of its own fund"
    RECIPE_STANDS = "stock: a recipe is never changed, a new one is a new version"
    LIST_FROZEN = "stock: the list of a round is frozen by its approval"
    DELIVERY_STANDS = "stock: a delivery is written once"
    COUNT_STANDS = "stock: a closed count is never changed"
