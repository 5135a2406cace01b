"""Funds: whose money it is by county and by what the givers wanted."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hamafza.accounts.models import User
from hamafza.core.versioned import Versioned
from hamafza.ledger.choices import Account, FundState, Restriction, SurplusRule
from hamafza.needs.choices import Domain
from hamafza.needs.models import Need
from hamafza.places.models import CountyOwned


class Fund(Versioned, CountyOwned):
    """A fund (صندوق) of one county. Its county never changes; the database refuses it (F3).

    The restriction is carried by `restriction`, `purpose`, `need`, `target_group` and `use_by` together: gifts with
    the same ones lie in the same fund.
    """

    name = models.CharField(_("Name"), max_length=160)
    restriction = models.CharField(_("Restriction"), max_length=12, choices=Restriction.choices)
    purpose = models.CharField(_("Purpose"), max_length=16, choices=Domain.choices, blank=True, default="")
    target_group = models.CharField(_("Target group"), max_length=22, blank=True, default="")
    need = models.ForeignKey(Need, on_delete=models.PROTECT, null=True, blank=True, related_name="funds")
    use_by = models.DateField(_("To be used until"), null=True, blank=True)
    surplus_rule = models.CharField(
        _("Surplus"), max_length=12, choices=SurplusRule.choices, default=SurplusRule.SAME_PURPOSE
    )
    state = models.CharField(max_length=6, choices=FundState.choices, default=FundState.OPEN, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        User, db_index=False, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )

    class Meta:
        indexes = [models.Index(fields=["county", "restriction", "purpose"], name="fund_by_purpose")]
        constraints = [
            models.CheckConstraint(condition=Q(restriction__in=Restriction.values), name="fund_restriction_known"),
            models.CheckConstraint(condition=Q(state__in=FundState.values), name="fund_state_known"),
            models.CheckConstraint(
                condition=~Q(restriction=Restriction.PURPOSE) | ~Q(purpose=""), name="fund_purpose_named"
            ),
            models.CheckConstraint(
                condition=Q(restriction=Restriction.NEED, need__isnull=False)
                | (~Q(restriction=Restriction.NEED) & Q(need__isnull=True)),
                name="fund_need_named",
            ),
            # Without a need or a last day funds are alike too; both databases know that only of values.
            models.UniqueConstraint(
                "county",
                "restriction",
                "purpose",
                "target_group",
                Coalesce("need", Value(UUID(int=0)), output_field=models.UUIDField()),
                Coalesce("use_by", Value(date.max), output_field=models.DateField()),
                "surplus_rule",
                condition=Q(state=FundState.OPEN),
                name="fund_once",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class FundBalance(CountyOwned):
    """What the posted lines of a fund sum to on one account, in rial.

    Written by the trigger that seals an entry and by nothing else: ``upto`` is the number of the newest entry that is
    in it, and the database refuses any change but the addition of a newer entry's lines. `hamafza verify` adds the
    lines up again.
    """

    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="balances")
    account = models.CharField(max_length=4, choices=Account.choices)
    amount = models.BigIntegerField(default=0)
    upto = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["fund", "account"], name="fundbalance_once")]

    def __str__(self) -> str:
        return f"{self.fund_id} {self.account}"


class Threshold(models.Model):
    """Above this value (rial) the steps of a movement need separate hands; the narrowest place counts.

    Where no row stands the threshold is zero: every movement needs separate hands.
    """

    place = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+")
    movement = models.CharField(max_length=12)
    rial = models.BigIntegerField()
    decided_by = models.CharField(_("Decided by"), max_length=160)
    valid_from = models.DateField(_("From"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["place", "movement", "valid_from"], name="threshold_once"),
            models.CheckConstraint(condition=Q(rial__gte=0), name="threshold_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.place_id} {self.movement} {self.rial}"


class Submission(CountyOwned):
    """A form that moved value, by the key that went with it: sent again, it has no second effect (S-C6).

    ``asked`` is a hash of what the form said: the same key with another content is refused.
    """

    key = models.UUIDField(unique=True)
    asked = models.CharField(max_length=64)
    made = models.CharField(max_length=60)
    made_id = models.UUIDField()
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(User, db_index=False, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["county", "at"], name="submission_by_age")]

    def __str__(self) -> str:
        return f"{self.made} {self.made_id}"
