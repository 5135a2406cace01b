"""The shape of input."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from hamafza.documents.rules import ACCEPT


class AttachForm(forms.Form):
    file = forms.FileField(
        label=_("File"),
        help_text=_("PDF, picture, Word or Excel, at most 10 megabytes."),
        widget=forms.FileInput({"accept": ACCEPT}),
    )
    title = forms.CharField(
        label=_("What it is"),
        required=False,
        max_length=120,
        help_text=_("Such as: decision of the medical commission. Empty: the name of the file."),
        widget=forms.TextInput({"autocomplete": "off"}),
    )
