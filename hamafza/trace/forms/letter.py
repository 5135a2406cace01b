"""The form of a letter of thanks."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hamafza.core import clock
from hamafza.core.widgets import JalaliDateField, OnceField
from hamafza.trace.choices import LetterKind
from hamafza.trace.commands.letters import LONGEST, LetterWish
from hamafza.trace.queries.thanks import thankable_benefactors, thankable_organizations, thankable_staff
from hamafza.trace.sentences import BENEFACTOR, ORGANIZATION, STAFF

A_YEAR = timedelta(days=365)


class LetterForm(forms.Form):
    """To whom, which kind, for which span; the figures are worked out."""

    key = OnceField()
    kind = forms.ChoiceField(label=_("Kind"), choices=LetterKind.choices)
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
        groups = (
            (BENEFACTOR, _("Benefactors"), thankable_benefactors(county)),
            (ORGANIZATION, _("Agencies and charities"), thankable_organizations(county)),
            (STAFF, _("Colleagues"), thankable_staff(county)),
        )
        choices: list[Any] = [("", _("Choose who is thanked"))]
        for name, label, rows in groups:
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


def _shown(row: Any) -> str:
    return str(getattr(row, "full_name", "") or row)
