"""Forms of a round: its plan, its list, its steps."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _, gettext_lazy

from hamafza.core import clock
from hamafza.core.widgets import DigitsInput, JalaliDateField, OnceField
from hamafza.distribution.choices import EntryState, RoundState
from hamafza.distribution.commands.rounds import MOST_HOUSEHOLDS, RoundPlan
from hamafza.distribution.models import Warehouse
from hamafza.distribution.periods import period_of
from hamafza.distribution.round_flow import LEAST_AUDIT_PERCENT
from hamafza.giving.models import Item
from hamafza.needs.choices import Domain
from hamafza.needs.forms.filters import NeedFilterForm
from hamafza.needs.queries.filters import NeedFilters

AT_LEAST_ONE = {"min_value": gettext_lazy("Write a number of one or more.")}
PERIODS = (
    ("month", gettext_lazy("once in a month")),
    ("week", gettext_lazy("once in a week, Saturday to Friday")),
)


def whole_number(label: Any, *, least: int = 1, **given: Any) -> forms.IntegerField:
    """A field for a count, typed in any script of digits."""
    return forms.IntegerField(
        label=label, min_value=least, widget=DigitsInput, error_messages=AT_LEAST_ONE if least == 1 else None, **given
    )


class RoundPlanForm(forms.Form):
    key = OnceField()
    title = forms.CharField(
        label=gettext_lazy("Title of the round"),
        max_length=120,
        help_text=gettext_lazy("Such as: food packages of Aban."),
    )
    item: forms.ModelChoiceField[Item] = forms.ModelChoiceField(
        label=gettext_lazy("What is handed out"), queryset=None, empty_label=gettext_lazy("Choose")
    )
    warehouse: forms.ModelChoiceField[Warehouse] = forms.ModelChoiceField(
        label=gettext_lazy("From which store"), queryset=None, empty_label=gettext_lazy("Choose")
    )
    planned = whole_number(gettext_lazy("How many households"), max_value=MOST_HOUSEHOLDS)
    per_household = whole_number(gettext_lazy("How many for each household"), initial=1, max_value=100)
    kind = forms.ChoiceField(
        label=gettext_lazy("Each household at most"), choices=PERIODS, initial="month", widget=forms.RadioSelect
    )
    starts_on = JalaliDateField(label=gettext_lazy("Day of the distribution"))
    audit_percent = whole_number(
        gettext_lazy("Percent of the deliveries to call back"),
        least=LEAST_AUDIT_PERCENT,
        max_value=100,
        initial=LEAST_AUDIT_PERCENT,
        help_text=gettext_lazy("Drawn by lot when the round is closed; another office asks the households."),
    )

    def __init__(self, *args: Any, items: Any, warehouses: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].queryset = items  # type: ignore[attr-defined]  # a model choice field
        self.fields["warehouse"].queryset = warehouses  # type: ignore[attr-defined]  # a model choice field
        self.fields["starts_on"].initial = clock.today

    def plan(self, filters: NeedFilters) -> RoundPlan:
        """What the form says, for the command."""
        said = self.cleaned_data
        return RoundPlan(
            title=said["title"],
            item=said["item"],
            planned=said["planned"],
            period=period_of(said["kind"], said["starts_on"]),
            warehouse=said["warehouse"],
            per_household=said["per_household"],
            starts_on=said["starts_on"],
            filters=filters,
            audit_percent=said["audit_percent"],
        )


class RuleForm(NeedFilterForm):
    """Whose turn it is: the filters of the lists of needs, without those that a rule has no use for."""

    def __init__(self, *args: Any, county: str, **kwargs: Any) -> None:
        super().__init__(*args, county=county, counties=frozenset({county}), **kwargs)
        for name in ("state", "severity_most", "waiting_below"):
            del self.fields[name]
        self._choose("domain", list(Domain.choices))
        self.fields["domain"].required = True
        self.fields["domain"].initial = Domain.LIVELIHOOD


class RoundFilterForm(forms.Form):
    state = forms.ChoiceField(label=gettext_lazy("State"), required=False)
    item: forms.ModelChoiceField[Item] = forms.ModelChoiceField(
        label=gettext_lazy("What is handed out"), queryset=None, required=False, empty_label=gettext_lazy("All")
    )

    def __init__(self, *args: Any, items: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["state"].choices = [("", _("All")), *RoundState.choices]  # type: ignore[attr-defined]  # a choice field
        self.fields["item"].queryset = items  # type: ignore[attr-defined]  # a model choice field


class EntryFilterForm(forms.Form):
    state = forms.ChoiceField(label=gettext_lazy("State"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["state"].choices = [("", _("All")), *EntryState.choices]  # type: ignore[attr-defined]  # a choice field


class ApproveForm(forms.Form):
    again_reason = forms.CharField(
        label=gettext_lazy("Why may a household get it again?"),
        max_length=200,
        required=False,
        help_text=gettext_lazy(
            "Who has received the same from another source lately leaves the list, unless you say here why not."
        ),
    )


class ReportForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Why were not all called back?"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Only when households drawn by lot could not be asked."),
    )


class PackForm(forms.Form):
    packages = whole_number(
        gettext_lazy("Packages that stand ready"),
        help_text=gettext_lazy("One for each household. Count them; the number is compared when the round ends."),
    )


class ReconcileForm(forms.Form):
    came_back = whole_number(
        gettext_lazy("Came back to the store"),
        least=0,
        help_text=gettext_lazy("Counted by hand, in units of what was handed out."),
    )
    wasted = whole_number(gettext_lazy("Spoilt or lost"), least=0, initial=0)


class CancelForm(forms.Form):
    reason = forms.CharField(label=gettext_lazy("Why is the round given up?"), max_length=200)
