"""Forms of a household."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.db.models import Q
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from hamafza.core import wording
from hamafza.core.widgets import AmountField, DigitsField, JalaliDateField, MaskedInput
from hamafza.places.choices import PlaceKind
from hamafza.places.models import Place
from hamafza.registry.choices import HouseholdLeft, HouseholdState, Tenure
from hamafza.registry.commands.fields import HouseholdFields, cleaned_household
from hamafza.registry.forms.opened import OpenedFields, opened_state
from hamafza.registry.forms.parts import ANY, CHOOSE, NOT_SAID, Sealed, add_refusals
from hamafza.registry.models import Household

HOUSEHOLD_NAMES = tuple(HouseholdFields.__annotations__)
SEALED = ("address", "postal_code")
_in_digits = lazy(wording.number, str)
DECILES = [(number, _in_digits(number)) for number in range(1, 11)]


class DistrictForm(forms.Form):
    """Offers districts of the counties the clerk works in."""

    def offer_districts(self, counties: Iterable[str], *, ended: Q | None = None) -> None:
        """Those that exist today; ``ended`` says which others too (all of them where one looks back)."""
        field = cast("forms.ModelChoiceField[Place]", self.fields["district"])
        districts = Place.objects.filter(kind=PlaceKind.DISTRICT, parent_id__in=sorted(counties)).order_by("code")
        field.queryset = districts.filter(Q(valid_to__isnull=True) | ended if ended else Q(valid_to__isnull=True))


class HouseholdFactsForm(DistrictForm):
    """The facts of a household, all optional: a file begins with what is known."""

    file_number = forms.CharField(label=_("File number"), max_length=40, required=False)
    district = forms.ModelChoiceField(Place.objects.none(), label=_("District"), required=False, empty_label=NOT_SAID)
    address = forms.CharField(
        label=_("Address"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    postal_code = DigitsField(label=_("Postal code"), required=False, help_text=_("Ten digits."))
    tenure = forms.ChoiceField(label=_("Housing"), choices=[("", NOT_SAID), *Tenure.choices], required=False)
    income_rial = AmountField(label=_("Monthly income"), required=False)
    decile = forms.TypedChoiceField(
        label=_("Income decile"),
        choices=[("", NOT_SAID), *DECILES],
        coerce=int,
        empty_value=None,
        required=False,
        help_text=_("1 is the poorest tenth, 10 the richest."),
    )
    decile_on = JalaliDateField(label=_("Date of the decile"), required=False)
    decile_source = forms.CharField(label=_("Source of the decile"), max_length=60, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        add_refusals(self, cleaned_household, HOUSEHOLD_NAMES)
        return cleaned

    def household_fields(self) -> HouseholdFields:
        """All facts, for a new file."""
        return cast("HouseholdFields", {name: self.cleaned_data[name] for name in HOUSEHOLD_NAMES})


class HouseholdEditForm(OpenedFields, HouseholdFactsForm):
    """Changes facts of a household on file; address and postal code stay as they are when left empty."""

    clear = forms.MultipleChoiceField(label=_("Take off the file"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, household: Household, shows_masks: bool, **kwargs: Any) -> None:
        initial = {name: getattr(household, name) for name in HOUSEHOLD_NAMES if name not in SEALED}
        initial |= {"version": household.version, "opened": opened_state(household, HOUSEHOLD_NAMES)}
        super().__init__(*args, **{**kwargs, "initial": initial})
        self.offer_districts([household.county_id], ended=Q(pk=household.district_id))
        self.fields["address"].widget = MaskedInput(attrs={"inputmode": "text", "dir": "auto"})
        self.sealed = Sealed(self, household, SEALED, shows_masks=shows_masks, whole=("address",))

    def changes(self) -> HouseholdFields:
        """The fields that differ from what is saved."""
        return cast("HouseholdFields", self.sealed.changes(HOUSEHOLD_NAMES))


class HouseholdFilterForm(DistrictForm):
    """The filters of the list."""

    q = forms.CharField(
        label=_("Name or file number"),
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"data-live": True, "type": "search", "autocomplete": "off"}),
    )
    district = forms.ModelChoiceField(Place.objects.none(), label=_("District"), required=False, empty_label=ANY)
    group = forms.ChoiceField(label=_("Target group"), required=False)
    decile = forms.TypedChoiceField(
        label=_("Income decile"), choices=[("", ANY), *DECILES], coerce=int, empty_value=None, required=False
    )
    state = forms.ChoiceField(
        label=_("State"), choices=[("", _("All open files")), *HouseholdState.choices], required=False
    )


class ReasonForm(forms.Form):
    """A reason that stays in the file."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        min_length=3,
        error_messages={"min_length": _("Write the reason in a few words.")},
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("It stays in the file, with your name and the time."),
    )


class HouseholdLeaveForm(ReasonForm):
    """Closing a household's file."""

    why = forms.ChoiceField(label=_("Why is the file closed?"), choices=[("", CHOOSE), *HouseholdLeft.choices])
    on = JalaliDateField(label=_("Left on"))

    field_order = ["why", "on", "reason"]
