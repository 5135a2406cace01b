"""Forms about what a fund is spent on."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _, gettext_lazy

from hamafza.core import wording
from hamafza.core.widgets import AmountField, DigitsInput, OnceField
from hamafza.giving.choices import AllocationState, DisbursementState, PayMethod
from hamafza.giving.queries.allocations import spendable_funds
from hamafza.ledger.models import Fund
from hamafza.needs.choices import Domain
from hamafza.needs.forms.need import AT_LEAST_ONE
from hamafza.needs.models import Need
from hamafza.registry.forms.parts import CHOOSE


class FundField(forms.ModelChoiceField):  # type: ignore[type-arg]  # stubs: generic only in annotations
    """A fund, with what is free in it."""

    def label_from_instance(self, obj: Any) -> str:
        return _("%(fund)s: %(free)s rials free") % {"fund": obj.name, "free": wording.number(obj.free)}


class AllocationForm(forms.Form):
    """For a need when there is one; else for a purpose, such as the packages of a round."""

    fund = FundField(label=gettext_lazy("Out of which fund"), queryset=None, empty_label=CHOOSE)
    purpose = forms.ChoiceField(label=gettext_lazy("For which kind of need"), choices=Domain.choices)
    what = forms.CharField(
        label=gettext_lazy("For what"), max_length=160, help_text=gettext_lazy("Such as: a fridge, 164 food packages.")
    )
    amount = AmountField(label=gettext_lazy("Amount"))
    units = forms.IntegerField(
        label=gettext_lazy("Units of the need"),
        min_value=1,
        initial=1,
        widget=DigitsInput,
        error_messages=AT_LEAST_ONE,
    )
    surplus_reason = forms.CharField(
        label=gettext_lazy("Reason, when it is not quite what the givers named"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Their rule for what is left over must allow it."),
    )
    again_reason = forms.CharField(
        label=gettext_lazy("Reason, when another source gave the same lately"), max_length=200, required=False
    )
    key = OnceField()

    def __init__(self, *args: Any, county: str, need: Need | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["fund"].queryset = spendable_funds(county)  # type: ignore[attr-defined]  # a model choice field
        for name in ("purpose",) if need else ("units", "again_reason"):
            del self.fields[name]

    def asked(self) -> dict[str, Any]:
        """What the form says, but for the fund and the key."""
        return {name: value for name, value in self.cleaned_data.items() if name not in {"fund", "key"}}

    def chosen_fund(self) -> Fund:
        found: Fund = self.cleaned_data["fund"]
        return found


class PaymentForm(forms.Form):
    """A payment out of an allocation."""

    amount = AmountField(label=gettext_lazy("Amount"))
    method = forms.ChoiceField(label=gettext_lazy("How"), choices=PayMethod.choices, widget=forms.RadioSelect)
    payee = forms.CharField(
        label=gettext_lazy("Paid to"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("Empty when it goes to the household's own account."),
    )
    units = forms.IntegerField(
        label=gettext_lazy("Units met with it"),
        min_value=0,
        required=False,
        widget=DigitsInput,
        help_text=gettext_lazy("Empty: with the last payment all of them."),
    )
    key = OnceField()

    def __init__(self, *args: Any, with_units: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not with_units:
            del self.fields["units"]


class ReferenceForm(forms.Form):
    reference = forms.CharField(
        label=gettext_lazy("Reference of the payment"),
        max_length=60,
        help_text=gettext_lazy("The number of the transfer, or of the paper that both witnesses signed."),
    )


class WhyForm(forms.Form):
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=200)


class AllocationFilterForm(forms.Form):
    state = forms.ChoiceField(
        label=gettext_lazy("State"),
        required=False,
        choices=[("", gettext_lazy("All")), *AllocationState.choices],
    )


class PaymentFilterForm(forms.Form):
    state = forms.ChoiceField(
        label=gettext_lazy("State"),
        required=False,
        choices=[("", gettext_lazy("All")), *DisbursementState.choices],
    )
