"""Filter bars of the list of promises and of the days on which something is due."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _, gettext_lazy

from hamafza.giving.choices import GiftKind, Intention, PledgeState
from hamafza.giving.pledge_words import state_in_words
from hamafza.giving.queries.due import WHEN, DueFilters
from hamafza.giving.queries.pledges import ALL, PledgeFilters
from hamafza.needs.choices import Domain
from hamafza.needs.queries.counties import named_counties


def _states() -> list[tuple[str, str]]:
    return [("", _("Active and paused")), *((one, state_in_words(one)) for one in PledgeState.values), (ALL, _("All"))]


class CountyFilterForm(forms.Form):
    """A list of one county, for those who work in several."""

    county = forms.ChoiceField(label=gettext_lazy("County"), required=False)

    def __init__(self, *args: Any, counties: frozenset[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if len(counties) > 1:
            self.fields["county"].choices = named_counties(counties)  # type: ignore[attr-defined]  # a choice field
        else:
            del self.fields["county"]

    def said(self) -> dict[str, Any]:
        """What could be read of the address."""
        self.is_valid()
        return self.cleaned_data


class PledgeFilterForm(CountyFilterForm):
    text = forms.CharField(
        label=gettext_lazy("Name of the benefactor"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"data-live": True, "type": "search"}),
    )
    state = forms.ChoiceField(label=gettext_lazy("State"), required=False)
    kind = forms.ChoiceField(label=gettext_lazy("What is promised"), required=False)
    purpose = forms.ChoiceField(label=gettext_lazy("For which need"), required=False)
    intention = forms.ChoiceField(label=gettext_lazy("Intention"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["state"].choices = _states()  # type: ignore[attr-defined]  # a choice field
        self.fields["kind"].choices = [("", _("All")), *GiftKind.choices]  # type: ignore[attr-defined]  # a choice field
        self.fields["purpose"].choices = [("", _("All")), *Domain.choices]  # type: ignore[attr-defined]  # a choice field
        self.fields["intention"].choices = [("", _("All")), *Intention.choices]  # type: ignore[attr-defined]  # a choice field

    def filters(self) -> PledgeFilters:
        """What the list is filtered by."""
        said = self.said()
        return PledgeFilters(
            **{name: said.get(name) or "" for name in ("text", "state", "kind", "purpose", "intention")}
        )


class DueFilterForm(CountyFilterForm):
    when = forms.ChoiceField(label=gettext_lazy("When"), required=False)
    kind = forms.ChoiceField(label=gettext_lazy("What is promised"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["when"].choices = [("", _("Late, and due within a week")), *WHEN.items()]  # type: ignore[attr-defined]  # a choice field
        self.fields["kind"].choices = [("", _("All")), *GiftKind.choices]  # type: ignore[attr-defined]  # a choice field

    def filters(self) -> DueFilters:
        """What the list is filtered by."""
        said = self.said()
        return DueFilters(when=said.get("when") or "", kind=said.get("kind") or "")
