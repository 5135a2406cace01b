"""The filter bar of the pages on aid."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _, gettext_lazy

from hamafza.core import wording
from hamafza.needs.choices import Domain
from hamafza.needs.queries.counties import named_counties
from hamafza.reports.queries.overlap import OFFICE, PERIODS, AidFilters, bodies_that_helped


class AidFilterForm(forms.Form):
    """Reads the address; what it cannot read filters nothing."""

    county = forms.ChoiceField(label=gettext_lazy("County"), required=False)
    days = forms.TypedChoiceField(label=gettext_lazy("Period"), required=False, coerce=int, empty_value=None)
    domain = forms.ChoiceField(label=gettext_lazy("Need"), required=False)
    body = forms.ChoiceField(label=gettext_lazy("Body"), required=False)
    same = forms.ChoiceField(label=gettext_lazy("What counts as the same"), required=False)

    def __init__(
        self, *args: Any, county: str, counties: frozenset[str], on: date, bodies: bool = True, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._choose("days", [("", _days(AidFilters().days)), *((one, _days(one)) for one in PERIODS if one != 90)])
        self._choose("domain", [("", _("All")), *Domain.choices])
        self._choose("same", [("", _("The same thing")), ("domain", _("The same kind of need"))])
        if bodies:
            named = [(str(one.pk), str(one)) for one in bodies_that_helped(county, on=on)]
            self._choose("body", [("", _("All")), (OFFICE, _("The welfare office")), *named])
        else:
            del self.fields["body"], self.fields["same"]
        if len(counties) > 1:
            self._choose("county", [("", _("Choose a county")), *named_counties(counties)])
        else:
            del self.fields["county"]

    def filters(self) -> AidFilters:
        self.is_valid()
        asked = self.cleaned_data
        return AidFilters(
            days=asked.get("days") or AidFilters().days,
            domain=asked.get("domain") or "",
            body=asked.get("body") or "",
            by_domain=asked.get("same") == "domain",
        )

    def _choose(self, name: str, choices: list[tuple[Any, Any]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]  # a choice field


def _days(days: int) -> str:
    return _("the last %(days)s days") % {"days": wording.number(days)}
