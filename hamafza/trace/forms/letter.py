"""The form of a letter of thanks."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from hamafza.core import clock
from hamafza.core.widgets import JalaliDateField, OnceField
from hamafza.trace.choices import LetterKind
from hamafza.trace.commands.letters import LONGEST, LetterWish
from hamafza.trace.queries.thanks import thankable_benefactors, thankable_organizations, thankable_staff
from hamafza.trace.sentences import BENEFACTOR, ORGANIZATION, STAFF

A_YEAR = timedelta(days=365)
#: How many of each kind stand in the list; others are found by name.
OFFERED = 300


class LetterForm(forms.Form):
    """To whom, which kind, for which span; the figures are worked out."""

    key = OnceField()
    kind = forms.ChoiceField(label=_("Kind"), choices=LetterKind.choices)
    name = forms.CharField(
        label=_("Search by name"),
        max_length=80,
        required=False,
        help_text=_("Write a part of the name when who is thanked does not stand in the list."),
    )
    to = forms.ChoiceField(label=_("To whom"))
    since = JalaliDateField(label=_("From"))
    until = JalaliDateField(label=_("Until"), initial=clock.today)
    text = forms.CharField(
        label=_("Your own words"),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Left empty, the letter begins with the words of the house. The figures follow in any case."),
    )

    def __init__(self, *args: Any, county: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offered: dict[str, Any] = {}
        source = self.data if self.is_bound else self.initial
        text, chosen = str(source.get("name") or ""), str(source.get("to") or "")
        groups = (
            (BENEFACTOR, _("Benefactors"), thankable_benefactors),
            (ORGANIZATION, _("Agencies and charities"), thankable_organizations),
            (STAFF, _("Colleagues"), thankable_staff),
        )
        choices: list[Any] = [("", _("Choose who is thanked"))]
        for name, label, thankable in groups:
            rows = [*thankable(county, text)[:OFFERED], *_chosen(thankable(county), chosen, name)]
            offered = {f"{name}:{row.pk}": row for row in rows}
            self._offered |= offered
            if offered:
                choices.append((label, [(value, _shown(row)) for value, row in offered.items()]))
        self.fields["to"].choices = choices  # type: ignore[attr-defined]  # a choice field
        self.fields["since"].initial = clock.today() - A_YEAR

    def wish(self) -> LetterWish:
        data = self.cleaned_data
        return LetterWish(
            kind=LetterKind(data["kind"]),
            to=self._offered[data["to"]],
            since=data["since"],
            until=data["until"],
            text=data["text"],
        )

    @property
    def recipient(self) -> str:
        """Which kind of recipient was chosen."""
        return str(self.cleaned_data["to"]).partition(":")[0]


def _chosen(rows: QuerySet[Any], chosen: str, name: str) -> list[Any]:
    """Who was chosen, also when she is not among those listed."""
    kind, _colon, pk = chosen.partition(":")
    try:
        return list(rows.filter(pk=UUID(pk))) if kind == name else []
    except ValueError:
        return []


def _shown(row: Any) -> str:
    return str(getattr(row, "full_name", "") or row)
