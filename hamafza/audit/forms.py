"""The filters of the trail."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hamafza.audit.choices import Trail
from hamafza.audit.nouns import noun_of
from hamafza.audit.triggers.tables import recorded_models
from hamafza.core.widgets import JalaliDateField


class TrailFilterForm(forms.Form):
    trail = forms.ChoiceField(label=_("What"), choices=Trail.choices, required=False)
    actor = forms.CharField(label=_("Who"), max_length=60, required=False)
    record = forms.ChoiceField(label=_("Kind of record"), required=False)
    day = JalaliDateField(label=_("Day"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        nouns = sorted((noun_of(model), model._meta.label_lower) for model in recorded_models())
        record = self.fields["record"]
        assert isinstance(record, forms.ChoiceField)  # noqa: S101 - told to the type checker
        record.choices = [("", _("All kinds")), *((label, noun) for noun, label in nouns)]
