"""What is typed about programmes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _, gettext_lazy

from hamafza.accounts.models import Organization
from hamafza.accounts.queries.bodies import bodies_of
from hamafza.commitments.models import Programme, ProgrammeItem, SupportField
from hamafza.commitments.programme_facts import ItemFacts
from hamafza.commitments.programme_periods import MONTH, SEASON, Period, UnknownPeriod, period_named, periods_from
from hamafza.commitments.queries.division import fields_in_use
from hamafza.core import clock
from hamafza.core.parts import ActiveFilter, active_filters
from hamafza.core.widgets import DigitsInput, OnceField
from hamafza.places.models import Place
from hamafza.places.queries.places import places_below
from hamafza.registry.choices import TargetGroup

#: How far ahead a body plans.
SEASONS_AHEAD, MONTHS_AHEAD = 4, 7


class ProgrammeForm(forms.Form):
    """For which body and which period."""

    key = OnceField()
    organization: forms.ModelChoiceField[Organization] = forms.ModelChoiceField(
        label=gettext_lazy("Which body"), queryset=None, empty_label=None
    )
    period = forms.ChoiceField(
        label=gettext_lazy("Period"),
        help_text=gettext_lazy("It should be published to the others before its first day."),
    )

    def __init__(self, *args: Any, bodies: QuerySet[Organization], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization"].queryset = bodies  # type: ignore[attr-defined]  # a choice of models
        self.fields["period"].choices = coming_periods()  # type: ignore[attr-defined]
        self.fields["period"].initial = list(periods_from(clock.today(), kind=SEASON, count=2))[1].code

    def chosen_period(self) -> Period:
        """Of a valid form."""
        return period_named(self.cleaned_data["period"])


class ItemForm(forms.Form):
    """One thing that will be done; short enough for a phone."""

    key = OnceField()
    field: forms.ModelChoiceField[SupportField] = forms.ModelChoiceField(
        label=gettext_lazy("Field of support"), queryset=None
    )
    what = forms.CharField(label=gettext_lazy("What will be done"), max_length=200)
    target_group = forms.ChoiceField(
        label=gettext_lazy("For whom"),
        required=False,
        choices=[("", gettext_lazy("Everybody")), *TargetGroup.choices],
    )
    district: forms.ModelChoiceField[Place] = forms.ModelChoiceField(
        label=gettext_lazy("Where"), queryset=None, required=False, empty_label=gettext_lazy("Everywhere here")
    )
    quantity = forms.IntegerField(
        label=gettext_lazy("How much"), required=False, min_value=1, max_value=10**12, widget=DigitsInput,
        error_messages={"min_value": gettext_lazy("Write a number of one or more.")},
    )  # fmt: skip
    unit = forms.CharField(
        label=gettext_lazy("Unit"),
        required=False,
        max_length=40,
        help_text=gettext_lazy("Such as: persons, loans, homes."),
    )
    timing = forms.CharField(
        label=gettext_lazy("When"),
        required=False,
        max_length=80,
        help_text=gettext_lazy("Such as: every Thursday, or the second half of the month."),
    )
    partner: forms.ModelChoiceField[Organization] = forms.ModelChoiceField(
        label=gettext_lazy("Together with"), queryset=None, required=False
    )

    def __init__(self, *args: Any, programme: Programme, item: ProgrammeItem | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": _initial(item), **kwargs})
        others = bodies_of(programme.place_id).exclude(pk=programme.organization_id)
        self.fields["field"].queryset = fields_in_use()  # type: ignore[attr-defined]  # choices of models
        self.fields["district"].queryset = places_below(programme.place_id)  # type: ignore[attr-defined]
        self.fields["partner"].queryset = others  # type: ignore[attr-defined]

    def facts(self) -> ItemFacts:
        """Of a valid form."""
        return ItemFacts(**{name: value for name, value in self.cleaned_data.items() if name != "key"})


class ChangeForm(forms.Form):
    """Why a published programme changes."""

    key = OnceField()
    reason = forms.CharField(
        label=gettext_lazy("Why does it change?"),
        max_length=300,
        help_text=gettext_lazy("The other bodies read this."),
    )


class BoardFilter(forms.Form):
    """Which period, and which field of it; ``place`` goes along."""

    place = forms.CharField(required=False, widget=forms.HiddenInput)
    period = forms.ChoiceField(label=gettext_lazy("Period"), required=False)
    field: forms.ModelChoiceField[SupportField] = forms.ModelChoiceField(
        label=gettext_lazy("Field of support"), queryset=None, required=False, empty_label=gettext_lazy("All")
    )

    def __init__(self, *args: Any, fields: QuerySet[SupportField], told: Iterable[str], **kwargs: Any) -> None:
        """``told``: periods for which something is published."""
        super().__init__(*args, **kwargs)
        self.fields["period"].choices = coming_periods(told)  # type: ignore[attr-defined]
        self.fields["field"].queryset = fields  # type: ignore[attr-defined]  # a choice of models

    def shown(self, request: HttpRequest) -> list[ActiveFilter]:
        """What it filters by, in words; the place stands above the page."""
        return [one for one in active_filters(self, request) if one.label != "place"]

    def asked(self) -> tuple[Period, SupportField | None]:
        """The period and the field; what is not on offer gives the present season and all fields."""
        self.is_valid()
        try:
            period = period_named(self.cleaned_data.get("period", ""))
        except UnknownPeriod:
            period = next(periods_from(clock.today(), kind=SEASON, count=1))
        return period, self.cleaned_data.get("field")


def coming_periods(told: Iterable[str] = ()) -> list[tuple[str, list[tuple[str, str]]]]:
    """Seasons and months from the present one on, and those before that are named."""
    today = clock.today()
    seasons = [one.code for one in periods_from(today, kind=SEASON, count=SEASONS_AHEAD)]
    months = [one.code for one in periods_from(today, kind=MONTH, count=MONTHS_AHEAD)]
    earlier = [period_named(code) for code in sorted(told) if code not in {*seasons, *months}]
    return [
        (_("Seasons"), _options([*(one.code for one in earlier if one.kind == SEASON), *seasons])),
        (_("Months"), _options([*(one.code for one in earlier if one.kind == MONTH), *months])),
    ]


def _options(codes: Iterable[str]) -> list[tuple[str, str]]:
    return [(code, period_named(code).title) for code in codes]


def _initial(item: ProgrammeItem | None) -> dict[str, Any]:
    if item is None:
        return {}
    names = ("what", "target_group", "quantity", "unit", "timing")
    keys = {"field": item.field_id, "district": item.district_id, "partner": item.partner_id}
    return {name: getattr(item, name) for name in names} | keys
