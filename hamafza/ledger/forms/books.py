"""Forms of funds, journal and months."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _, gettext_lazy

from hamafza.core.widgets import AmountField, JalaliDateField, OnceField
from hamafza.ledger.choices import EntryKind, Restriction
from hamafza.ledger.models import Fund
from hamafza.ledger.queries.lists import EntryFilters, FundFilters, open_funds
from hamafza.needs.choices import Domain


class FundFilterForm(forms.Form):
    """Reads the address of the list; what it cannot read filters nothing."""

    restriction = forms.ChoiceField(label=gettext_lazy("Restriction"), required=False)
    purpose = forms.ChoiceField(label=gettext_lazy("Purpose"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "restriction", Restriction.choices)
        _choose(self, "purpose", Domain.choices)

    def filters(self) -> FundFilters:
        """What is asked for."""
        self.is_valid()
        return FundFilters(**{name: value for name, value in self.cleaned_data.items() if value})


class EntryFilterForm(forms.Form):
    """Reads the address of the journal."""

    since = JalaliDateField(label=gettext_lazy("From"), required=False)
    until = JalaliDateField(label=gettext_lazy("Until"), required=False)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), required=False)
    fund: forms.ModelChoiceField[Fund] = forms.ModelChoiceField(
        label=gettext_lazy("Fund"), queryset=None, required=False
    )

    def __init__(self, *args: Any, county: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "kind", EntryKind.choices)
        funds: forms.ModelChoiceField[Fund] = self.fields["fund"]  # type: ignore[assignment]  # as declared
        funds.queryset = open_funds(county)
        funds.empty_label = _("All")

    def filters(self) -> EntryFilters:
        """What is asked for."""
        self.is_valid()
        said = {name: value for name, value in self.cleaned_data.items() if value}
        fund: Fund | None = said.pop("fund", None)
        return EntryFilters(**said, fund=fund.pk if fund else None)


class ReasonForm(forms.Form):
    """Why: for what is undone, reopened or refused."""

    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=200, widget=forms.Textarea(attrs={"rows": 3}))


class MoveForm(forms.Form):
    """From one fund to another of the county."""

    key = OnceField()
    target: forms.ModelChoiceField[Fund] = forms.ModelChoiceField(label=gettext_lazy("To the fund"), queryset=None)
    amount = AmountField(label=gettext_lazy("Amount"), min_value=1)
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=200)

    def __init__(self, *args: Any, source: Fund, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        target: forms.ModelChoiceField[Fund] = self.fields["target"]  # type: ignore[assignment]  # as declared
        target.queryset = open_funds(source.county_id).exclude(pk=source.pk)


def _choose(form: forms.Form, name: str, choices: Any) -> None:
    form.fields[name].choices = [("", _("All")), *choices]  # type: ignore[attr-defined]  # a field of choices
