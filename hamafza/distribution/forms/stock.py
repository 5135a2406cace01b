"""Forms of goods. Each that moves something carries its key (`OnceField`)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from hamafza.core.widgets import AmountField, DigitsField, DigitsInput, JalaliDateField, OnceField
from hamafza.distribution.choices import WarehouseKind
from hamafza.distribution.commands.warehouses import StoreDetails
from hamafza.distribution.models import Warehouse
from hamafza.distribution.queries.stock_lists import EXPIRED, GONE, SOON, THERE
from hamafza.giving.models import Item

#: Django's own sentence has a Latin figure in it.
AT_LEAST_ONE = {"min_value": _("Write a number of one or more."), "invalid": _("Write a whole number.")}
NOT_NEGATIVE = {"min_value": _("Write zero or more."), "invalid": _("Write a whole number.")}
MOST = 1_000_000


class UnitsField(forms.IntegerField):
    """A number of units, typed in any script of digits."""

    widget = DigitsInput

    def __init__(self, *, at_least: int = 1, **kwargs: Any) -> None:
        messages = AT_LEAST_ONE if at_least else NOT_NEGATIVE
        kwargs.setdefault("error_messages", messages)
        super().__init__(min_value=at_least, max_value=MOST, **kwargs)

    def to_python(self, value: Any) -> int | None:
        return super().to_python(DigitsField().to_python(value) if isinstance(value, str) else value)


def store_field(stores: QuerySet[Warehouse], label: Any, **kwargs: Any) -> forms.ModelChoiceField[Warehouse]:
    """A choice of stores; the only one is chosen."""
    found = list(stores[:2])
    return forms.ModelChoiceField(
        label=label, queryset=stores, empty_label=None, initial=found[0] if len(found) == 1 else None, **kwargs
    )


class StockFilterForm(forms.Form):
    q = forms.CharField(
        label=_("Item"),
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"data-live": True, "type": "search"}),
    )
    store: forms.ModelChoiceField[Warehouse] = forms.ModelChoiceField(
        label=_("Store"), queryset=None, required=False, empty_label=_("All stores")
    )

    def __init__(self, *args: Any, stores: QuerySet[Warehouse], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["store"].queryset = stores  # type: ignore[attr-defined]  # a model choice field


class LotFilterForm(forms.Form):
    state = forms.ChoiceField(
        label=_("Which lots"),
        required=False,
        choices=[
            ("", _("In stock")),
            (SOON, _("Expiring soon")),
            (EXPIRED, _("Expired, still lying there")),
            (GONE, _("Used up")),
        ],
    )
    item: forms.ModelChoiceField[Item] = forms.ModelChoiceField(
        label=_("Item"), queryset=None, required=False, empty_label=_("All items")
    )
    store: forms.ModelChoiceField[Warehouse] = forms.ModelChoiceField(
        label=_("Store"), queryset=None, required=False, empty_label=_("All stores")
    )
    code = forms.CharField(label=_("Code on the label"), required=False, max_length=20)

    def __init__(self, *args: Any, stores: QuerySet[Warehouse], items: QuerySet[Item], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["store"].queryset = stores  # type: ignore[attr-defined]  # a model choice field
        self.fields["item"].queryset = items  # type: ignore[attr-defined]  # a model choice field

    def asked(self) -> dict[str, Any]:
        """What the query takes."""
        said = self.cleaned_data if self.is_valid() else {}
        return {
            "state": said.get("state") or THERE,
            "item": said.get("item"),
            "store": said.get("store"),
            "code": (said.get("code") or "").strip().upper(),
        }


class ReceiveForm(forms.Form):
    """Goods of a gift are counted in."""

    quantity = UnitsField(label=_("How many came"), help_text=_("Count them; what is missing may come later."))
    expires_on = JalaliDateField(
        label=_("Expiry date"),
        required=False,
        help_text=_("As on the package. Different dates: take them in one after the other."),
    )
    key = OnceField()

    def __init__(self, *args: Any, stores: QuerySet[Warehouse], item: Item, left: int, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"quantity": left}, **kwargs})
        self.fields["warehouse"] = store_field(stores, _("Into which store"))
        self.fields["expires_on"].required = item.perishable
        self.order_fields(["warehouse", "quantity", "expires_on"])


class BuyForm(forms.Form):
    """Goods for which a seller was paid are counted in."""

    quantity = UnitsField(label=_("How many came"))
    amount = AmountField(label=_("What was paid for these"), min_value=1)
    expires_on = JalaliDateField(label=_("Expiry date"), required=False, help_text=_("As on the package."))
    key = OnceField()

    def __init__(self, *args: Any, stores: QuerySet[Warehouse], items: QuerySet[Item], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"] = forms.ModelChoiceField(label=_("What was bought"), queryset=items, empty_label=None)
        self.fields["warehouse"] = store_field(stores, _("Into which store"))
        self.order_fields(["item", "quantity", "amount", "warehouse", "expires_on"])


class ReasonForm(forms.Form):
    """Goods of a gift are turned away."""

    reason = forms.CharField(
        label=_("Why are they not taken in?"),
        max_length=200,
        help_text=_("Such as: spoilt, expired, not what was said."),
    )

    def __init__(self, *args: Any, stores: QuerySet[Warehouse], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["warehouse"] = store_field(stores, _("At which store"))
        self.order_fields(["warehouse", "reason"])


class MoveForm(forms.Form):
    """To another store."""

    quantity = UnitsField(label=_("How many leave"))
    lost = UnitsField(label=_("Of these, lost on the way"), at_least=0, required=False, initial=0)
    reason = forms.CharField(
        label=_("How they were lost"), max_length=200, required=False, help_text=_("Only when something was lost.")
    )
    key = OnceField()

    def __init__(self, *args: Any, sources: QuerySet[Warehouse], targets: QuerySet[Warehouse], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source"] = store_field(sources, _("From which store"))
        self.fields["target"] = store_field(targets, _("Into which store"))
        self.order_fields(["source", "target", "quantity", "lost", "reason"])


class WasteForm(forms.Form):
    """Spoilt or lost."""

    quantity = UnitsField(label=_("How many are spoilt or lost"))
    reason = forms.CharField(
        label=_("How it happened"), max_length=200, help_text=_("Such as: wet, torn, eaten by mice, stolen.")
    )
    key = OnceField()

    def __init__(self, *args: Any, sources: QuerySet[Warehouse], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source"] = store_field(sources, _("From which store"))
        self.order_fields(["source", "quantity", "reason"])


class LossForm(forms.Form):
    """Whether a reported loss is confirmed."""

    reason = forms.CharField(
        label=_("If you do not confirm it: why"),
        max_length=200,
        required=False,
        help_text=_("Look for yourself first."),
    )


class PackForm(forms.Form):
    """So many kits."""

    count = UnitsField(label=_("How many kits"))
    key = OnceField()


class StoreForm(forms.Form):
    """What is said of a store."""

    name = forms.CharField(label=_("Name"), max_length=120)
    kind = forms.ChoiceField(label=_("Kind"), choices=WarehouseKind.choices)
    address = forms.CharField(label=_("Address"), max_length=200, required=False)
    active = forms.BooleanField(label=_("In use"), required=False, initial=True)

    def __init__(self, *args: Any, store: Warehouse | None = None, **kwargs: Any) -> None:
        if store is not None:
            kwargs["initial"] = {name: getattr(store, name) for name in ("name", "kind", "address", "active")}
        super().__init__(*args, **kwargs)
        if store is None:
            del self.fields["active"]

    def details(self) -> StoreDetails:
        """What the form says, for the command."""
        return StoreDetails(**{name: self.cleaned_data[name] for name in self.fields})


class RecipeForm(forms.Form):
    """What goes into a kit: a number beside each item of the catalogue."""

    note = forms.CharField(
        label=_("Note"), max_length=120, required=False, help_text=_("Such as: for Ramadan, without oil.")
    )

    def __init__(self, *args: Any, items: list[Item], before: dict[Any, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = items
        for item in items:
            self.fields[f"item-{item.pk}"] = UnitsField(
                label=f"{item.name} ({item.unit})", at_least=0, required=False, initial=before.get(item.pk)
            )

    def recipe(self) -> dict[Item, int]:
        """Items of which at least one goes in."""
        said = ((item, self.cleaned_data.get(f"item-{item.pk}") or 0) for item in self.items)
        return {item: quantity for item, quantity in said if quantity}
