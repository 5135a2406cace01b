"""Stock: stores, lots and movements. Movements are never changed; what a lot has is their sum (S1)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hamafza.accounts.models import Organization, User
from hamafza.core import clock
from hamafza.distribution.choices import ArrivalState, CountState, MovementKind, WarehouseKind
from hamafza.giving.models import Allocation, Disbursement, DonationLine, Item
from hamafza.ledger.models import Fund
from hamafza.places.models import CountyOwned

K = MovementKind

#: By kind: the sign of `quantity` (what lies in the store) and of `reserved`; 0 = none, None = either.
SIGNS: dict[MovementKind, tuple[int | None, int | None]] = {
    K.IN: (1, 0),
    K.TRANSFER_OUT: (-1, 0),
    K.TRANSFER_IN: (1, 0),
    K.ASSEMBLE_OUT: (-1, 0),
    K.ASSEMBLE_IN: (1, 0),
    K.RESERVE: (0, 1),
    K.RELEASE: (0, -1),
    # What is handed out had been reserved for the round.
    K.ISSUE: (-1, -1),
    K.RETURN: (1, 0),
    K.COUNT: (None, 0),
    K.WASTE: (-1, 0),
    K.EXPIRE: (-1, 0),
    K.GIVEN_BACK: (-1, 0),
}


class Warehouse(CountyOwned):
    """A place where goods lie (محل نگهداری)."""

    name = models.CharField(_("Name"), max_length=120)
    kind = models.CharField(_("Kind"), max_length=9, choices=WarehouseKind.choices, default=WarehouseKind.WAREHOUSE)
    organization = models.ForeignKey(
        Organization, verbose_name=_("Body"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    address = models.CharField(_("Address"), max_length=200, blank=True, default="")
    active = models.BooleanField(_("In use"), default=True)

    class Meta:
        ordering = ["name", "id"]
        constraints = [models.UniqueConstraint(fields=["county", "name"], name="warehouse_name_once")]

    def __str__(self) -> str:
        return self.name


class KitVersion(CountyOwned):
    """What is in a kit, from a day on; a new recipe is a new version."""

    kit = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    note = models.CharField(_("Note"), max_length=120, blank=True, default="")
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(User, db_index=False, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kit", "number"], name="kitversion_once")]

    def __str__(self) -> str:
        return f"{self.kit_id} {self.number}"


class KitLine(CountyOwned):
    """So many of an item in one kit."""

    version = models.ForeignKey(KitVersion, on_delete=models.CASCADE, related_name="lines")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+")
    quantity = models.PositiveIntegerField(_("Quantity"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "item"], name="kitline_once"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="kitline_of_something"),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} x {self.quantity}"


class Lot(CountyOwned):
    """Goods of one kind that came together: from one gift or purchase, in one fund, with one expiry date.

    A kit lot has ``kit_version`` and its sources in `LotSource`; any other lot has exactly one origin.
    """

    code = models.CharField(max_length=16, unique=True)
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="lots")
    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="lots")
    donation_line = models.ForeignKey(DonationLine, on_delete=models.PROTECT, null=True, related_name="lots")
    purchase = models.ForeignKey(Allocation, on_delete=models.PROTECT, null=True, related_name="lots")
    #: Of what was bought: the payment to the seller that it was counted in against.
    payment = models.ForeignKey(Disbursement, on_delete=models.PROTECT, null=True, related_name="lots")
    kit_version = models.ForeignKey(KitVersion, on_delete=models.PROTECT, null=True, related_name="lots")
    expires_on = models.DateField(_("Expiry date"), null=True, blank=True)
    unit_value_rial = models.BigIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(User, db_index=False, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["county", "item", "expires_on", "id"], name="lot_first_expired")]
        constraints = [
            models.CheckConstraint(
                condition=Q(donation_line__isnull=False, purchase__isnull=True, kit_version__isnull=True)
                | Q(donation_line__isnull=True, purchase__isnull=False, kit_version__isnull=True)
                | Q(donation_line__isnull=True, purchase__isnull=True, kit_version__isnull=False),
                name="lot_has_one_origin",
            ),
            models.CheckConstraint(condition=Q(unit_value_rial__gte=0), name="lot_value_not_negative"),
        ]

    def __str__(self) -> str:
        return self.code


class LotSource(CountyOwned):
    """Lineage: so many units of a source lot went into a kit lot (S3)."""

    kit_lot = models.ForeignKey(Lot, on_delete=models.PROTECT, related_name="sources")
    source_lot = models.ForeignKey(Lot, on_delete=models.PROTECT, related_name="used_in")
    quantity = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kit_lot", "source_lot"], name="lotsource_once"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="lotsource_of_something"),
            models.CheckConstraint(condition=~Q(kit_lot=F("source_lot")), name="lotsource_not_of_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.source_lot_id} > {self.kit_lot_id}"


class Movement(CountyOwned):
    """Goods of a lot came, went or were reserved in one store. Append-only: the database refuses anything else.

    The trigger that adds it also keeps `LotBalance` and refuses to issue what is expired or what is not there.
    """

    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, related_name="movements")
    warehouse = models.ForeignKey(Warehouse, on_delete=models.PROTECT, related_name="movements")
    kind = models.CharField(max_length=12, choices=MovementKind.choices)
    quantity = models.IntegerField(default=0)
    reserved = models.IntegerField(default=0)
    on = models.DateField(default=clock.today)
    source_type = models.CharField(max_length=40)
    source_id = models.UUIDField()
    reason = models.CharField(max_length=200, blank=True, default="")
    by = models.ForeignKey(User, db_index=False, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [
            models.Index(fields=["lot", "warehouse", "at"], name="movement_by_lot"),
            models.Index(fields=["county", "-on", "-id"], name="movement_by_day"),
            models.Index(fields=["source_type", "source_id"], name="movement_by_source"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=MovementKind.values), name="movement_kind_known"),
            models.CheckConstraint(condition=~Q(quantity=0) | ~Q(reserved=0), name="movement_moves_something"),
            models.CheckConstraint(
                condition=Q(kind__in=[K.IN, K.TRANSFER_IN, K.ASSEMBLE_IN, K.RETURN], quantity__gt=0, reserved=0)
                | Q(
                    kind__in=[K.TRANSFER_OUT, K.ASSEMBLE_OUT, K.WASTE, K.EXPIRE, K.GIVEN_BACK],
                    quantity__lt=0,
                    reserved=0,
                )
                | Q(kind=K.RESERVE, quantity=0, reserved__gt=0)
                | Q(kind=K.RELEASE, quantity=0, reserved__lt=0)
                | Q(kind=K.ISSUE, quantity__lt=0, reserved=F("quantity"))
                | Q(kind=K.COUNT, reserved=0),
                name="movement_signs_of_its_kind",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.quantity}"


class LotBalance(CountyOwned):
    """What a lot has in a store, and how much of it is reserved. Written by the trigger of `Movement` alone (S1)."""

    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, related_name="balances")
    warehouse = models.ForeignKey(Warehouse, on_delete=models.PROTECT, related_name="balances")
    on_hand = models.IntegerField(default=0)
    reserved = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["lot", "warehouse"], name="lotbalance_once"),
            models.CheckConstraint(condition=Q(on_hand__gte=0), name="lotbalance_not_negative"),
            models.CheckConstraint(
                condition=Q(reserved__gte=0, reserved__lte=F("on_hand")), name="lotbalance_reserved_is_there"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.lot_id} {self.on_hand}"


class Arrival(CountyOwned):
    """Goods of a donation line arrive at a store: announced, then counted in (تحویل‌گیری کالا)."""

    donation_line = models.ForeignKey(DonationLine, on_delete=models.PROTECT, related_name="arrivals")
    warehouse = models.ForeignKey(Warehouse, on_delete=models.PROTECT, related_name="arrivals")
    announced = models.PositiveIntegerField(_("Announced"))
    received = models.PositiveIntegerField(_("Received"), default=0)
    #: Units that were turned away: they are not waited for any more, and have left the books.
    rejected = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=10, choices=ArrivalState.choices, default=ArrivalState.ANNOUNCED)
    reason = models.CharField(max_length=200, blank=True, default="")
    received_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["county", "state", "-id"], name="arrival_by_state")]

    def __str__(self) -> str:
        return f"{self.donation_line_id} {self.received}"


class StockCount(CountyOwned):
    """A count of a store; what was found is booked when somebody else confirms it (S6)."""

    warehouse = models.ForeignKey(Warehouse, on_delete=models.PROTECT, related_name="counts")
    on = models.DateField(default=clock.today)
    state = models.CharField(max_length=11, choices=CountState.choices, default=CountState.IN_PROGRESS)
    counted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    finalized_at = models.DateTimeField(null=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["warehouse"], condition=~Q(state=CountState.FINALIZED), name="count_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("counted_by")), name="count_two_hands"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.warehouse_id} {self.on}"


class StockCountLine(CountyOwned):
    """A lot in a count: what the books say and what was found."""

    count = models.ForeignKey(StockCount, on_delete=models.CASCADE, related_name="lines")
    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, related_name="+")
    book = models.PositiveIntegerField()
    counted = models.PositiveIntegerField(null=True)
    counted_by = models.ForeignKey(User, db_index=False, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["count", "lot"], name="countline_once")]

    def __str__(self) -> str:
        return f"{self.lot_id} {self.counted}"
