"""The form of a written consent."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hamafza.core import clock
from hamafza.core.widgets import JalaliDateField
from hamafza.documents.rules import ACCEPT
from hamafza.registry.choices import ConsentPurpose
from hamafza.registry.commands.consents import ConsentDetails
from hamafza.registry.forms.parts import CHOOSE
from hamafza.registry.models import Person


class ConsentForm(forms.Form):
    """Who has signed, and to what; the paper itself is added to the household's documents."""

    person: forms.ModelChoiceField[Person] = forms.ModelChoiceField(
        label=_("Who consents"),
        queryset=None,
        empty_label=CHOOSE,
        help_text=_("For a child: the guardian who has signed."),
    )
    purpose = forms.ChoiceField(label=_("To what"), choices=[("", CHOOSE), *ConsentPurpose.choices])
    given_on = JalaliDateField(label=_("Date of the consent"), initial=clock.today)
    paper = forms.FileField(
        label=_("The signed paper"),
        required=False,
        widget=forms.FileInput({"accept": ACCEPT}),
        help_text=_("A picture or PDF; it is kept among the household's documents."),
    )
    note = forms.CharField(
        label=_("Note"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Kept sealed; each reading is logged."),
    )  # fmt: skip

    def __init__(self, *args: Any, persons: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = persons  # type: ignore[attr-defined]  # a model choice field

    def details(self) -> ConsentDetails:
        said = self.cleaned_data
        return ConsentDetails(purpose=said["purpose"], given_on=said["given_on"], note=said["note"])
