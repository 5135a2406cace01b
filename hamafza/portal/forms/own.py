"""Forms of a benefactor's own pages: few questions, in her words."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from hamafza.core import clock
from hamafza.core.jalali import WEEKDAYS_EN, WEEKDAYS_FA
from hamafza.core.widgets import AmountField, DigitsField, JalaliDateField, OnceField
from hamafza.core.wording import is_persian
from hamafza.giving.choices import Attribution, CapacityKind, Frequency, GiftKind, GivingMode, Intention
from hamafza.giving.commands.capacities import CapacityDetails
from hamafza.giving.models import Item
from hamafza.giving.promise import Promise
from hamafza.giving.schedule import Schedule
from hamafza.needs.choices import Domain

ANY_PURPOSE = ("", _("Whatever the county needs most"))
#: Saturday first, as a week begins; Monday is 0.
WEEK = (5, 6, 0, 1, 2, 3, 4)
#: Rules that a few questions can say; the others are agreed with the office.
FREQUENCIES = (Frequency.ONCE, Frequency.WEEK, Frequency.MONTH, Frequency.YEAR)


class AttributionForm(forms.Form):
    """How the public may know of her gifts."""

    attribution = forms.ChoiceField(
        label=_("On receipts and in public I am"), choices=Attribution.choices, widget=forms.RadioSelect
    )
    nickname = forms.CharField(label=_("Nickname for the public"), max_length=80, required=False)


class OwnCapacityForm(forms.Form):
    """What she can do besides giving money."""

    key = OnceField()
    kind = forms.ChoiceField(label=_("What can you offer?"), choices=CapacityKind.choices)
    description = forms.CharField(
        label=_("In a few words"), max_length=300, help_text=_("Such as: repair of heaters, on Fridays.")
    )
    domain = forms.ChoiceField(label=_("For which need"), choices=[ANY_PURPOSE, *Domain.choices], required=False)
    quantity = DigitsField(label=_("How many or how much"), max_length=7, required=False)
    unit = forms.CharField(label=_("Unit"), max_length=30, required=False)
    when = forms.CharField(label=_("When"), max_length=120, required=False)
    valid_to = JalaliDateField(label=_("Until"), required=False)

    def clean_quantity(self) -> int | None:
        return whole(self.cleaned_data["quantity"])

    def details(self) -> CapacityDetails:
        data = self.cleaned_data
        return CapacityDetails(**{name: data[name] for name in CapacityDetails.__dataclass_fields__})


class ReserveForm(forms.Form):
    """How she wants to meet the need of a card."""

    key = OnceField()
    mode = forms.ChoiceField(label=_("How will you give it?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, modes: tuple[GivingMode, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["mode"].choices = [(mode.value, mode.label) for mode in modes]  # type: ignore[attr-defined]  # a choice field


class OwnPledgeForm(forms.Form):
    """A promise in few questions."""

    key = OnceField()
    kind = forms.ChoiceField(
        label=_("What do you promise?"),
        choices=[(GiftKind.MONEY.value, GiftKind.MONEY.label), (GiftKind.GOODS.value, GiftKind.GOODS.label)],
    )
    amount = AmountField(label=_("Amount each time"), help_text=_("For a promise of money."))
    item = forms.ModelChoiceField(
        label=_("Item"),
        queryset=Item._default_manager.none(),
        empty_label=_("Choose an item"),
        help_text=_("For a promise of goods."),
    )
    quantity = DigitsField(label=_("How many each time"), max_length=7, help_text=_("For a promise of goods."))
    frequency = forms.ChoiceField(label=_("How often"), choices=[(one.value, one.label) for one in FREQUENCIES])
    weekday = forms.TypedChoiceField(label=_("On which day of the week"), coerce=int, empty_value=None, required=False)
    starts_on = JalaliDateField(label=_("Beginning"), initial=clock.today)
    ends_on = JalaliDateField(label=_("Until"), required=False)
    purpose = forms.ChoiceField(label=_("Purpose"), choices=[ANY_PURPOSE, *Domain.choices], required=False)
    intention = forms.ChoiceField(label=_("Intention"), choices=Intention.choices, initial=Intention.GENERAL)

    def __init__(self, *args: Any, items: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = WEEKDAYS_FA if is_persian() else WEEKDAYS_EN
        self.fields["item"].queryset = items  # type: ignore[attr-defined]  # a choice of rows
        kind = self["kind"].value() if self.is_bound else None
        for name, needed_for in (("amount", GiftKind.MONEY), ("item", GiftKind.GOODS), ("quantity", GiftKind.GOODS)):
            self.fields[name].required = kind in {None, needed_for}
        self.fields["weekday"].choices = [("", _("The day it begins on")), *((day, names[day]) for day in WEEK)]  # type: ignore[attr-defined]  # a choice field

    def clean_quantity(self) -> int:
        return whole(self.cleaned_data["quantity"]) or 0

    def promise(self) -> Promise:
        data, is_money = self.cleaned_data, self.cleaned_data["kind"] == GiftKind.MONEY
        item: UUID | None = data["item"].pk if data["item"] and not is_money else None
        return Promise(
            kind=data["kind"],
            quantity=(data["amount"] or 0) if is_money else data["quantity"],
            item=item,
            purpose=data["purpose"],
            intention=data["intention"],
        )

    def schedule(self) -> Schedule:
        data = self.cleaned_data
        weekly = data["frequency"] == Frequency.WEEK and data["weekday"] is not None
        return Schedule(
            frequency=data["frequency"],
            starts_on=data["starts_on"],
            weekdays=(data["weekday"],) if weekly else (),
            ends_on=data["ends_on"],
        )


def whole(text: str | None) -> int | None:
    """A whole number in any script of digits; nothing for an empty text."""
    if not text:
        return None
    try:
        return int(text)
    except ValueError as error:
        raise forms.ValidationError(_("Write a whole number.")) from error
