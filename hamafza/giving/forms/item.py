"""The form of an item of the catalogue."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hamafza.core.widgets import AmountField
from hamafza.giving.commands.items import ItemDetails
from hamafza.giving.models import Item
from hamafza.needs.choices import Domain

SAID = ("name", "unit", "domain", "perishable", "unit_value_rial", "active")


class ItemForm(forms.Form):
    """What is said of an item; whether it is a kit is said once."""

    name = forms.CharField(label=_("Name"), max_length=120)
    unit = forms.CharField(
        label=_("Unit"), max_length=30, help_text=_("One of what it is counted in, such as package, sack, piece.")
    )
    domain = forms.ChoiceField(label=_("For which need"), choices=Domain.choices, initial=Domain.LIVELIHOOD)
    unit_value_rial = AmountField(
        label=_("Estimated value of one"),
        required=False,
        help_text=_("For estimates and reports; no money is booked by it."),
    )
    is_kit = forms.BooleanField(label=_("Is a kit packed of other items"), required=False)
    perishable = forms.BooleanField(label=_("Has an expiry date"), required=False)
    active = forms.BooleanField(label=_("In use"), required=False, initial=True)

    def __init__(self, *args: Any, item: Item | None = None, **kwargs: Any) -> None:
        if item is not None:
            kwargs["initial"] = {name: getattr(item, name) for name in SAID}
        super().__init__(*args, **kwargs)
        del self.fields["active" if item is None else "is_kit"]

    def details(self) -> ItemDetails:
        """What the form says, for the command."""
        said = {name: self.cleaned_data[name] for name in self.fields}
        return ItemDetails(**{**said, "unit_value_rial": said["unit_value_rial"] or 0})


class ItemFilterForm(forms.Form):
    """The filters of the catalogue."""

    kind = forms.ChoiceField(
        label=_("Kind"),
        required=False,
        choices=[("", _("All")), ("kit", _("Kits")), ("item", _("Single items"))],
    )
    domain = forms.ChoiceField(label=_("For which need"), required=False, choices=[("", _("All")), *Domain.choices])
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("In use")), ("all", _("Also those out of use"))]
    )
