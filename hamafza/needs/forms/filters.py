"""The filter bar of a targeted list."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _, gettext_lazy

from hamafza.core import wording
from hamafza.needs.choices import Domain, NeedState, Severity
from hamafza.needs.queries.counties import named_counties
from hamafza.needs.queries.filters import ALL, SORTS, NeedFilters
from hamafza.places.queries.places import districts_of
from hamafza.registry.choices import Cause, TargetGroup

Choices = list[tuple[Any, Any]]
WAITING_DAYS = (30, 90, 180, 365, 730)
DECILES = range(1, 11)


class NeedFilterForm(forms.Form):
    """Reads the address of a list; what it cannot read filters nothing."""

    county = forms.ChoiceField(label=gettext_lazy("County"), required=False)
    domain = forms.ChoiceField(label=gettext_lazy("Need"), required=False)
    severity = forms.TypedChoiceField(label=gettext_lazy("Severity"), required=False, coerce=int, empty_value=None)
    group = forms.ChoiceField(label=gettext_lazy("Target group"), required=False)
    district = forms.ChoiceField(label=gettext_lazy("District"), required=False)
    decile = forms.TypedChoiceField(label=gettext_lazy("Income decile"), required=False, coerce=int, empty_value=None)
    waiting = forms.TypedChoiceField(label=gettext_lazy("Waiting time"), required=False, coerce=int, empty_value=None)
    cause = forms.ChoiceField(label=gettext_lazy("Cause of hardship"), required=False)
    state = forms.ChoiceField(label=gettext_lazy("State"), required=False)

    # The upper ends that the bars of a chart set; hidden, but told and taken away like the others.
    severity_most = forms.TypedChoiceField(
        label=gettext_lazy("Severity at most"), required=False, coerce=int, empty_value=None, widget=forms.HiddenInput
    )
    waiting_below = forms.TypedChoiceField(
        label=gettext_lazy("Waiting for less than"),
        required=False,
        coerce=int,
        empty_value=None,
        widget=forms.HiddenInput,
    )

    def __init__(self, *args: Any, county: str, counties: frozenset[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._choose("domain", [("", _("All")), *Domain.choices])
        self._choose("severity", [("", _("All")), *_severities()])
        self._choose("group", [("", _("All")), *TargetGroup.choices])
        self._choose("district", [("", _("All")), *((place.code, place.name) for place in districts_of(county))])
        self._choose("decile", [("", _("All")), *_deciles()])
        self._choose("waiting", [("", _("All")), *_waiting_times()])
        self._choose("severity_most", list(Severity.choices))
        self._choose(
            "waiting_below", [(days, _("%(days)s days") % {"days": wording.number(days)}) for days in WAITING_DAYS]
        )
        self._choose("cause", [("", _("All")), *Cause.choices])
        self._choose("state", [("", _("Still to be met")), *NeedState.choices, (ALL, _("All states"))])
        if len(counties) > 1:
            self._choose("county", [("", _("Choose a county")), *named_counties(counties)])
        else:
            del self.fields["county"]

    def filters(self) -> NeedFilters:
        """What is asked for; a value that is not on offer is left out."""
        self.is_valid()
        asked = {
            name: value for name, value in self.cleaned_data.items() if name != "county" and value not in ("", None)
        }
        sort = str(self.data.get("sort") or "")
        return NeedFilters(**asked, sort=sort if sort in SORTS else "")

    def _choose(self, name: str, choices: Choices) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]  # a choice field


def _severities() -> Choices:
    worst = int(Severity.CRITICAL)
    return [
        (int(one), one.label if one == worst else _("%(severity)s or worse") % {"severity": one.label})
        for one in sorted(Severity, reverse=True)
        if one > Severity.LOW
    ]


def _deciles() -> Choices:
    return [
        (
            one,
            _("decile %(first)s") % {"first": wording.number(1)}
            if one == 1
            else _("decile 1 to %(last)s") % {"last": wording.number(one)},
        )
        for one in DECILES
        if one < DECILES[-1]
    ]


def _waiting_times() -> Choices:
    names = {
        30: _("more than a month"),
        90: _("more than three months"),
        180: _("more than six months"),
        365: _("more than a year"),
        730: _("more than two years"),
    }
    return [(days, names[days]) for days in WAITING_DAYS]


class AnonymousFilterForm(forms.Form):
    """The kind of need, and the district among the rows that are shown anyway; ``districts`` None: there is one alone.

    Every filter over the needs themselves would help to single somebody out by comparing two lists.
    """

    county = forms.ChoiceField(label=gettext_lazy("County"), required=False)
    domain = forms.ChoiceField(label=gettext_lazy("Need"), required=False)
    district = forms.ChoiceField(label=gettext_lazy("District"), required=False)

    def __init__(self, *args: Any, counties: frozenset[str], districts: Choices | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if districts is None:
            del self.fields["district"]
        else:
            self.fields["district"].choices = [("", _("All")), *districts]  # type: ignore[attr-defined]  # a choice field
        self.fields["domain"].choices = [("", _("All")), *Domain.choices]  # type: ignore[attr-defined]  # a choice field
        if len(counties) > 1:
            self.fields["county"].choices = [("", _("Choose a county")), *named_counties(counties)]  # type: ignore[attr-defined]  # a choice field
        else:
            del self.fields["county"]

    def chosen_domain(self) -> str:
        """The kind of need asked for; empty: all."""
        return str(self.cleaned_data.get("domain") or "") if self.is_valid() else ""

    def chosen_district(self) -> str:
        """The district asked for; empty: all rows, also those in which districts stand together."""
        return str(self.cleaned_data.get("district") or "") if self.is_valid() else ""
