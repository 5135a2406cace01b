"""Forms about one need."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _, gettext_lazy

from hamafza.core.widgets import AmountField, DigitsInput, JalaliDateField, OnceField
from hamafza.needs.choices import Domain, Severity, Source
from hamafza.needs.commands.details import NeedDetails
from hamafza.needs.models import Need
from hamafza.registry.models import Person

#: Sources a person may name; spreadsheets come through the import.
SOURCES = [(value, label) for value, label in Source.choices if value != Source.IMPORT]
#: Django's own sentence has a Latin figure in it.
AT_LEAST_ONE = {"min_value": gettext_lazy("Write a number of one or more.")}
#: Form fields that are the columns of a need.
SAID = ("item", "unit", "required", "estimated_rial", "severity", "since", "source", "valid_to")


class NeedForm(forms.Form):
    """What is said of a need. ``persons`` may need it; ``stored_note`` says whether a note is kept that is not shown."""

    domain = forms.ChoiceField(label=gettext_lazy("What kind of need"), choices=Domain.choices)
    person: forms.ModelChoiceField[Person] = forms.ModelChoiceField(
        label=gettext_lazy("Who needs it"),
        queryset=None,
        required=False,
        help_text=gettext_lazy(
            "Housing, household goods and livelihood are needs of the whole household; leave it empty for them."
        ),
    )
    item = forms.CharField(
        label=gettext_lazy("What is needed"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("Such as a hearing aid, a fridge, a deposit for a flat."),
    )
    required = forms.IntegerField(
        label=gettext_lazy("Quantity required"),
        min_value=1,
        max_value=1_000_000,
        initial=1,
        widget=DigitsInput,
        error_messages=AT_LEAST_ONE,
    )
    unit = forms.CharField(label=gettext_lazy("Unit"), max_length=30, required=False)
    severity = forms.TypedChoiceField(
        label=gettext_lazy("Severity"),
        choices=Severity.choices,
        coerce=int,
        initial=Severity.CONSIDERABLE,
        widget=forms.RadioSelect,
        help_text=gettext_lazy(
            "Critical: life or shelter is at risk now. Severe: cannot wait for months. Considerable: weighs on daily life. Moderate and low: can wait."
        ),
    )
    since = JalaliDateField(
        label=gettext_lazy("Needed since"), help_text=gettext_lazy("Waiting time counts from this day.")
    )
    source = forms.ChoiceField(label=gettext_lazy("Source"), choices=SOURCES)
    estimated_rial = AmountField(label=gettext_lazy("Estimated cost"), required=False)
    valid_to = JalaliDateField(
        label=gettext_lazy("Valid until"),
        required=False,
        help_text=gettext_lazy("After this day the need is assessed anew. Empty: by the kind of need."),
    )
    note = forms.CharField(
        label=gettext_lazy("Note"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Kept sealed; reading it is recorded."),
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, persons: Any = None, stored_note: bool = False, fixed: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = persons  # type: ignore[attr-defined]  # a model choice field
        if fixed:
            del self.fields["domain"], self.fields["person"]
        if self.initial.get("source") == Source.IMPORT:
            self.fields["source"].choices = Source.choices  # type: ignore[attr-defined]  # a choice field
        if stored_note:
            self.fields["note"].help_text = _(
                "A note is kept, sealed. What you write here takes its place; leave it empty to keep it."
            )
        self.stored_note = stored_note

    def details(self, *, kept_note: str = "") -> NeedDetails:
        """What the form says, for the command."""
        said = {name: self.cleaned_data[name] for name in SAID}
        return NeedDetails(**said, note=self.cleaned_data["note"] or kept_note)


def initial_of(need: Need) -> dict[str, Any]:
    """The form's values of a need that is on file."""
    return {**{name: getattr(need, name) for name in SAID}, "version": need.version}


class CloseForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Why is it closed?"),
        max_length=200,
        help_text=gettext_lazy("Such as: met by the family, moved away, stated by mistake."),
    )


class DeliveryForm(forms.Form):
    quantity = forms.IntegerField(
        label=gettext_lazy("Quantity delivered"), min_value=1, widget=DigitsInput, error_messages=AT_LEAST_ONE
    )
    again_reason = forms.CharField(
        label=gettext_lazy("Reason, when another source gave the same lately"), max_length=200, required=False
    )
    key = OnceField(required=False)
