"""What a visitor looks for among the need cards."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _, gettext_lazy

from hamafza.needs.choices import Domain


class CardFilterForm(forms.Form):
    """County and kind of need; with one county only, that one is taken."""

    county = forms.ChoiceField(label=gettext_lazy("County"), required=False)
    domain = forms.ChoiceField(label=gettext_lazy("Need"), required=False)

    def __init__(self, *args: Any, counties: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._only = counties[0][0] if len(counties) == 1 else ""
        self.fields["county"].choices = [("", _("Choose a county")), *counties]  # type: ignore[attr-defined]  # a choice field
        self.fields["domain"].choices = [("", _("All")), *Domain.choices]  # type: ignore[attr-defined]  # a choice field
        if self._only:
            self.fields["county"].widget = forms.HiddenInput()
        self.is_valid()

    def chosen_county(self) -> str:
        return str(self.cleaned_data.get("county") or self._only)

    def chosen_domain(self) -> str:
        return str(self.cleaned_data.get("domain") or "")
