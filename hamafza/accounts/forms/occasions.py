"""Official dates of occasions."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from hamafza.core.widgets import JalaliDateField


class OccasionDateForm(forms.Form):
    starts_on = JalaliDateField(
        label=_("First day"),
        help_text=_("The first day as announced; a date within twenty days of the reckoned one takes its place."),
    )
    ends_on = JalaliDateField(label=_("Last day"))
