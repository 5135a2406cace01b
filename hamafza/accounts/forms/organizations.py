"""Organisations."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hamafza.accounts.choices import OrganizationKind
from hamafza.accounts.forms.choices import place_choices
from hamafza.core.widgets import DigitsField


class OrganizationFilter(forms.Form):
    q = forms.CharField(label=_("Name"), required=False, widget=forms.TextInput({"data-live": True, "type": "search"}))
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("All kinds")), *OrganizationKind.choices])


class OrganizationForm(forms.Form):
    name_fa = forms.CharField(label=_("Persian name"), max_length=160)
    name_en = forms.CharField(
        label=_("English name"), max_length=160, required=False, widget=forms.TextInput({"dir": "ltr"})
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=OrganizationKind.choices)
    place = forms.ChoiceField(label=_("Place"), help_text=_("Where it works: a county, a province or the country."))
    national_org_id = DigitsField(
        label=_("National identifier"), required=False, help_text=_("11 digits, from the register of legal persons.")
    )
    active = forms.BooleanField(label=_("Active"), required=False, initial=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = place_choices()  # type: ignore[attr-defined]
