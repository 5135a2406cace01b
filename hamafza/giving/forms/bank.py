"""Forms around the bank and the treasury: statements, appropriations, payments."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy

from hamafza.core import clock
from hamafza.core.widgets import AmountField, JalaliDateField, OnceField
from hamafza.giving.choices import Intention
from hamafza.giving.commands.appropriations import Share
from hamafza.giving.commands.statements import MOST_BYTES
from hamafza.giving.forms.donation import choose
from hamafza.needs.choices import Domain

SUFFIXES = ".xlsx,.csv,.txt,.tsv,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class SheetForm(forms.Form):
    """A spreadsheet."""

    file = forms.FileField(
        label=gettext_lazy("Spreadsheet"),
        allow_empty_file=True,
        max_length=200,
        widget=forms.FileInput(attrs={"accept": SUFFIXES}),
        error_messages={"required": gettext_lazy("Choose the file first.")},
    )

    def clean_file(self) -> UploadedFile[Any]:
        file: UploadedFile[Any] = self.cleaned_data["file"]
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError(gettext_lazy("The file is too large. Send the statement month by month."))
        return file


class StatementForm(SheetForm):
    """A bank's statement and the account it is of."""

    account = forms.CharField(
        label=gettext_lazy("Number of the account"),
        max_length=34,
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"}),
        help_text=gettext_lazy("As it is called on the statement; always the same for one account."),
    )

    field_order = ("account", "file")


class ShareForm(forms.Form):
    """A notice of money from the state."""

    number = forms.CharField(label=gettext_lazy("Number of the notice"), max_length=40)
    on = JalaliDateField(label=gettext_lazy("Received on"), initial=clock.today)
    amount = AmountField(label=gettext_lazy("Amount"), min_value=1)
    purpose = forms.ChoiceField(label=gettext_lazy("Purpose"), required=False)
    source_name = forms.CharField(label=gettext_lazy("Body and budget line"), max_length=160)
    key = OnceField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "purpose", [("", gettext_lazy("Whatever the county needs")), *Domain.choices])

    def share(self) -> Share:
        """Of a valid form."""
        return Share(**{name: value for name, value in self.cleaned_data.items() if name != "key"})


class OnlineForm(forms.Form):
    """A gift that a benefactor pays at the gateway."""

    amount = AmountField(label=gettext_lazy("Amount"), min_value=10_000)
    intention = forms.ChoiceField(label=gettext_lazy("Intention"), choices=Intention.choices, initial=Intention.GENERAL)
    purpose = forms.ChoiceField(label=gettext_lazy("For which need"), required=False)
    key = OnceField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "purpose", [("", gettext_lazy("Whatever the county needs")), *Domain.choices])


class SettleForm(forms.Form):
    fee = AmountField(label=gettext_lazy("Fee of the gateway"), required=False)
