"""Places."""

from __future__ import annotations

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hamafza.core.widgets import DigitsField, JalaliDateField


class PlaceFilter(forms.Form):
    q = forms.CharField(
        label=_("Name or code"), required=False, widget=forms.TextInput({"data-live": True, "type": "search"})
    )


class PlaceForm(forms.Form):
    name_fa = forms.CharField(label=_("Persian name"), max_length=80)
    name_en = forms.CharField(
        label=_("English name"), max_length=80, required=False, widget=forms.TextInput({"dir": "ltr"})
    )
    code = DigitsField(label=_("Official code"))
    valid_from = JalaliDateField(
        label=_("Since"), required=False, help_text=_("The day of the decree; empty when it is not known.")
    )


class RenameForm(forms.Form):
    name_fa = forms.CharField(label=_("New Persian name"), max_length=80)
    name_en = forms.CharField(
        label=_("New English name"), max_length=80, required=False, widget=forms.TextInput({"dir": "ltr"})
    )
    valid_from = JalaliDateField(
        label=_("In force since"),
        initial=timezone.localdate,
        help_text=_("The former name is kept and shown for the days before."),
    )


class EndForm(forms.Form):
    last_day = JalaliDateField(label=_("Last day"), initial=timezone.localdate)
