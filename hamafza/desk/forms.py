"""What is asked for and typed at the desk."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _, gettext_lazy

from hamafza.core.widgets import JalaliDateField, OnceField
from hamafza.desk.choices import QuestionState
from hamafza.desk.cover import Cover
from hamafza.desk.periods import Period, between, period_at, period_of, period_shown, recent

MONTHS, SEASONS, YEARS = 13, 8, 3
LONGEST = 1500


class PeriodForm(forms.Form):
    """A month, season or year; or any two days, which then count instead."""

    place = forms.CharField(widget=forms.HiddenInput, required=False)
    period = forms.ChoiceField(label=gettext_lazy("Period"), required=False)
    since = JalaliDateField(label=gettext_lazy("From"), required=False)
    until = JalaliDateField(label=gettext_lazy("Until"), required=False)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["period"].choices = _offered(today)  # type: ignore[attr-defined]  # a choice field

    def chosen(self) -> Period:
        """What is asked for; the running month when nothing is, or what is asked for is no period."""
        self.is_valid()
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        try:
            if since:
                return between(since, until or self.today)
            if until:
                return between(period_at("month", until).first, until)
            # One that is not offered any more may stand in an old link.
            return period_of(self.data.get("period") or "")
        except ValueError:
            return period_at("month", self.today)


class SnapshotForm(forms.Form):
    """The letter of a report."""

    key = OnceField()
    period = forms.CharField(widget=forms.HiddenInput)
    to = forms.CharField(label=gettext_lazy("To whom"), max_length=200)
    remark = forms.CharField(
        label=gettext_lazy("What you add in your own words"), required=False, max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}), help_text=gettext_lazy("Stands at the end of the letter. Name no client."),
    )  # fmt: skip
    post = forms.CharField(label=gettext_lazy("Signed as"), max_length=120)
    signer = forms.CharField(label=gettext_lazy("Name of who signs"), required=False, max_length=120)

    def clean_period(self) -> Period:
        try:
            return period_of(self.cleaned_data["period"])
        except ValueError as error:
            raise forms.ValidationError(_("Choose the period anew."), code="no_period") from error

    def cover(self, *, organisation: str) -> Cover:
        """Of a valid form."""
        said = self.cleaned_data
        return Cover(
            organisation=organisation, to=said["to"], post=said["post"], signer=said["signer"], remark=said["remark"]
        )


class QuestionForm(forms.Form):
    key = OnceField()
    text = forms.CharField(
        label=gettext_lazy("Your question"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("The welfare office sees which needs the row stands for. You never learn whose they are."),
    )  # fmt: skip


class AnswerForm(forms.Form):
    text = forms.CharField(
        label=gettext_lazy("Your answer"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("No name, number or address: whoever asks must not learn who is meant."),
    )  # fmt: skip


class QuestionFilterForm(forms.Form):
    state = forms.ChoiceField(
        label=gettext_lazy("State"), required=False, choices=[("", gettext_lazy("All")), *QuestionState.choices]
    )

    def chosen(self) -> str:
        """The state asked for; empty: all."""
        return str(self.cleaned_data.get("state") or "") if self.is_valid() else ""


def _offered(today: date) -> list[Any]:
    kinds = (
        (_("Months"), recent("month", today, count=MONTHS)),
        (_("Seasons"), recent("season", today, count=SEASONS)),
        (_("Years"), recent("year", today, count=YEARS)),
    )
    return [(label, [(one.key, period_shown(one)) for one in periods]) for label, periods in kinds]
