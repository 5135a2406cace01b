from hamafza.distribution.models.loss import Loss
from hamafza.distribution.models.round import Delivery, DeliveryCode, Round, RoundEntry, RoundLot
from hamafza.distribution.models.stock import (
    Arrival,
    KitLine,
    KitVersion,
    Lot,
    LotBalance,
    LotSource,
    Movement,
    StockCount,
    StockCountLine,
    Warehouse,
)

__all__ = [
    "Arrival",
    "Delivery",
    "DeliveryCode",
    "KitLine",
    "KitVersion",
    "Loss",
    "Lot",
    "LotBalance",
    "LotSource",
    "Movement",
    "Round",
    "RoundEntry",
    "RoundLot",
    "StockCount",
    "StockCountLine",
    "Warehouse",
]
