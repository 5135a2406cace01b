"""All that moves goods, by one name: the neighbours hold the bodies."""

from hamafza.distribution.commands.arrivals import announce_arrival, receive_goods, reject_arrival
from hamafza.distribution.commands.kits import add_kit_version, pack_kits
from hamafza.distribution.commands.losses import (
    ask_write_off,
    confirm_loss,
    expire_lots,
    refuse_loss,
    waste,
    waste_goods,
)
from hamafza.distribution.commands.purchases import buy_goods
from hamafza.distribution.commands.reservations import issue, release_from_round, reserve_for_round, return_goods
from hamafza.distribution.commands.transfers import move_stock

__all__ = [
    "add_kit_version",
    "announce_arrival",
    "ask_write_off",
    "buy_goods",
    "confirm_loss",
    "expire_lots",
    "issue",
    "move_stock",
    "pack_kits",
    "receive_goods",
    "refuse_loss",
    "reject_arrival",
    "release_from_round",
    "reserve_for_round",
    "return_goods",
    "waste",
    "waste_goods",
]
