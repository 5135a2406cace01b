"""Forms of what a person lives with."""

from __future__ import annotations

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hamafza.core.widgets import JalaliDateField
from hamafza.registry.choices import Cause, DisabilitySeverity, DisabilityType, TargetGroup
from hamafza.registry.forms.parts import CHOOSE, NOT_SAID


class MembershipForm(forms.Form):
    """A target group from a day on."""

    group = forms.ChoiceField(label=_("Target group"), choices=[("", CHOOSE), *TargetGroup.choices])
    valid_from = JalaliDateField(label=_("From"), initial=timezone.localdate)
    basis = forms.CharField(
        label=_("Basis"), max_length=120, required=False, help_text=_("Such as the number of a letter or a decision.")
    )


class MembershipEndForm(forms.Form):
    """The last day in a target group."""

    valid_to = JalaliDateField(label=_("Until"), initial=timezone.localdate, help_text=_("The last day in the group."))


class DisabilityForm(forms.Form):
    """A disability as the commission decided."""

    type = forms.ChoiceField(label=_("Type of disability"), choices=[("", CHOOSE), *DisabilityType.choices])
    severity = forms.ChoiceField(
        label=_("Severity"), choices=[("", NOT_SAID), *DisabilitySeverity.choices], required=False
    )
    decision_number = forms.CharField(label=_("Number of the commission's decision"), max_length=40, required=False)
    decided_on = JalaliDateField(label=_("Date of the decision"), required=False)
    review_on = JalaliDateField(label=_("Review on"), required=False)
    note = forms.CharField(
        label=_("Clinical note"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Kept sealed; each reading is logged."),
    )


class CauseForm(forms.Form):
    """A cause of hardship."""

    cause = forms.ChoiceField(label=_("Cause of hardship"), choices=[("", CHOOSE), *Cause.choices])
    note = forms.CharField(
        label=_("Note"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Kept sealed; each reading is logged."),
    )
