"""Forms about what benefactors can do, and about matches."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hamafza.core.widgets import DigitsInput, JalaliDateField
from hamafza.giving.choices import CapacityKind, CapacityState, MatchState, Moderation
from hamafza.giving.commands.capacities import CapacityDetails
from hamafza.giving.models import Capacity
from hamafza.giving.queries.capacities import EXPIRED, CapacityFilters
from hamafza.giving.queries.matches import CandidateFilters, common_items, domain_of
from hamafza.needs.choices import Domain
from hamafza.places.queries.places import districts_of

SAID = ("kind", "description", "domain", "quantity", "unit", "when", "valid_to")


class CapacityForm(forms.Form):
    """What is offered. The same for the office and for the benefactor herself."""

    kind = forms.ChoiceField(label=_("What is offered"), choices=CapacityKind.choices)
    description = forms.CharField(
        label=_("Description"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Such as: mathematics lessons, a van with its driver, three jobs as a seamstress."),
    )
    domain = forms.ChoiceField(
        label=_("Field of help"), required=False, choices=[("", _("Any field")), *Domain.choices]
    )
    quantity = forms.IntegerField(
        label=_("How many"),
        required=False,
        min_value=1,
        max_value=1_000_000,
        widget=DigitsInput,
        error_messages={"min_value": _("Write a number of one or more.")},
        help_text=_("Places of a job offer, hours of time, seats or kilos of transport."),
    )
    unit = forms.CharField(label=_("Unit"), max_length=30, required=False)
    when = forms.CharField(
        label=_("When"), max_length=120, required=False, help_text=_("Such as: Thursdays, from ten in the morning.")
    )
    valid_to = JalaliDateField(label=_("Until"), required=False, help_text=_("Empty: until it is withdrawn."))
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def details(self) -> CapacityDetails:
        """What the form says, for the command."""
        return CapacityDetails(**{name: self.cleaned_data[name] for name in SAID})


def initial_of(capacity: Capacity) -> dict[str, Any]:
    """The form's values of a capacity on file."""
    return {**{name: getattr(capacity, name) for name in SAID}, "version": capacity.version}


class CapacityFilterForm(forms.Form):
    """The filters of the list."""

    q = forms.CharField(
        label=_("Words"),
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"data-live": True, "type": "search", "autocomplete": "off"}),
    )
    kind = forms.ChoiceField(
        label=_("What is offered"), required=False, choices=[("", _("All")), *CapacityKind.choices]
    )
    domain = forms.ChoiceField(label=_("Field of help"), required=False, choices=[("", _("All")), *Domain.choices])
    moderation = forms.ChoiceField(label=_("Moderation"), required=False, choices=[("", _("All")), *Moderation.choices])
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("In force")), *CapacityState.choices, (EXPIRED, _("Over"))],
    )

    def filters(self) -> CapacityFilters:
        """What is asked for; a value that is not on offer is left out."""
        self.is_valid()
        said = {name: self.cleaned_data.get(name) or "" for name in ("kind", "domain", "moderation", "state")}
        return CapacityFilters(text=self.cleaned_data.get("q") or "", **said)


class CandidateFilterForm(forms.Form):
    """Narrows the candidates of an offer, by nothing that could single one out."""

    domain = forms.ChoiceField(label=_("Need"), required=False, choices=[("", _("All")), *Domain.choices])
    words = forms.ChoiceField(label=_("What is needed"), required=False)
    district = forms.ChoiceField(label=_("District"), required=False)

    def __init__(self, *args: Any, capacity: Capacity, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if domain_of(capacity):
            del self.fields["domain"]
        self._choose("words", [(item, item) for item in common_items(capacity)])
        self._choose("district", [(place.code, place.name) for place in districts_of(capacity.county_id)])

    def filters(self) -> CandidateFilters:
        """What is asked for; a value that is not on offer is left out."""
        self.is_valid()
        said = {name: self.cleaned_data.get(name) or "" for name in ("domain", "words", "district")}
        return CandidateFilters(**said)

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = [("", _("All")), *choices]  # type: ignore[attr-defined]  # a choice field


class MatchFilterForm(forms.Form):
    """The filters of the matches."""

    state = forms.ChoiceField(label=_("State"), required=False, choices=[("", _("Standing ones")), *MatchState.choices])


class FinishForm(forms.Form):
    again_reason = forms.CharField(
        label=_("Reason, when another source gave the same lately"), max_length=200, required=False
    )


class AcceptForm(FinishForm):
    units = forms.IntegerField(
        label=_("How much of the need it meets"),
        min_value=1,
        initial=1,
        widget=DigitsInput,
        error_messages={"min_value": _("Write a number of one or more.")},
    )
    field_order = ("units", "again_reason")


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Why?"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"}))
