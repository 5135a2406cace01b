"""The filter of the households that are due."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from hamafza.needs.queries.due import EXPIRING, NEVER, OVERDUE


class DueFilterForm(forms.Form):
    because = forms.ChoiceField(
        label=_("Because"),
        required=False,
        choices=[
            ("", _("All reasons")),
            (OVERDUE, _("The day of the next assessment has come")),
            (EXPIRING, _("A need has expired or soon will")),
            (NEVER, _("Never assessed")),
        ],
    )

    def why(self) -> str:
        """One of the reasons; empty: all."""
        return str(self.cleaned_data["because"]) if self.is_valid() else ""
