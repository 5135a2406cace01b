"""Asking for a list with numbers."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

SHORTEST_REASON = 10


class NumbersForm(forms.Form):
    """Why the numbers are needed, and as which file."""

    reason = forms.CharField(
        label=_("Why do you need the numbers?"),
        help_text=_("The reason is kept beside your name for every person on the list."),
        min_length=SHORTEST_REASON,
        max_length=200,
    )
    kind = forms.ChoiceField(label=_("File"), choices=[("xlsx", _("Excel")), ("csv", _("CSV"))], initial="xlsx")
