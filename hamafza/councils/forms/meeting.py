"""A meeting or a series of them, and what is typed at its table."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from hamafza.commitments.choices import Obstacle
from hamafza.core.widgets import DigitsInput, JalaliDateField, OnceField
from hamafza.councils.choices import NoteKind, Visibility
from hamafza.councils.commands.meetings import LONGEST_SERIES, Appointment
from hamafza.councils.forms.times import TimeField
from hamafza.councils.models import AgendaItem, Council, Meeting, Resolution
from hamafza.councils.queries.resolutions import standing_of
from hamafza.councils.quorum import Votes


class AppointmentForm(forms.Form):
    """When, where, what about."""

    on = JalaliDateField(label=_("Day"))
    starts_at = TimeField(label=_("Begins at"))
    ends_at = TimeField(label=_("Ends at"), required=False)
    venue = forms.CharField(label=_("Where"), max_length=160)
    subject = forms.CharField(label=_("Subject"), max_length=200, required=False)

    def appointment(self) -> Appointment:
        """Of a valid form."""
        said = self.cleaned_data
        return Appointment(said["on"], said["starts_at"], said["venue"], said["subject"], said["ends_at"])


class MeetingForm(AppointmentForm):
    """And how often, when it is a series."""

    key = OnceField()
    times = forms.IntegerField(
        label=_("How many meetings"), min_value=1, max_value=LONGEST_SERIES, initial=1, widget=DigitsInput,
        help_text=_("One, or more for a series that meets again at the same place and time."),
    )  # fmt: skip
    every_weeks = forms.IntegerField(
        label=_("Every how many weeks"), min_value=1, max_value=52, initial=4, widget=DigitsInput
    )


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Why?"), max_length=300, widget=forms.TextInput(attrs={"autocomplete": "off"}))


class OutcomeForm(forms.Form):
    """What was said on a matter."""

    outcome = forms.CharField(
        label=_("What was said"), required=False, max_length=8000, widget=forms.Textarea(attrs={"rows": 3})
    )
    is_done = forms.BooleanField(label=_("Dealt with"), required=False)


class ProposeForm(forms.Form):
    """A resolution before the vote."""

    key = OnceField()
    title = forms.CharField(label=_("Title"), max_length=200)
    text = forms.CharField(label=_("Text"), max_length=8000, widget=forms.Textarea(attrs={"rows": 5}))
    rationale = forms.CharField(
        label=pgettext_lazy("resolution", "Why"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    basis = forms.CharField(label=_("Legal basis"), required=False, max_length=300)
    is_declaratory = forms.BooleanField(label=_("Declaratory: nobody owes anything"), required=False)
    effective_on = JalaliDateField(label=_("In force from"), required=False)
    review_on = JalaliDateField(label=_("To be looked at on"), required=False)
    supersedes: forms.ModelChoiceField[Resolution] = forms.ModelChoiceField(
        label=_("Takes the place of"), queryset=None, required=False
    )

    def __init__(self, *args: Any, council: Council, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["supersedes"].queryset = standing_of(council)  # type: ignore[attr-defined]  # a choice of models

    def resolution(self) -> dict[str, Any]:
        """Of a valid form."""
        return {name: value for name, value in self.cleaned_data.items() if name != "key"}


def _count(label: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=500, required=False, widget=DigitsInput)


class VoteForm(forms.Form):
    """Counted votes, or consensus."""

    by_consensus = forms.BooleanField(label=_("By consensus"), required=False)
    in_favour = _count(_("In favour"))
    against = _count(_("Against"))
    abstained = _count(_("Abstained"))

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        counted = [said.get(name) for name in ("in_favour", "against", "abstained")]
        if said.get("by_consensus") and any(counted):
            raise ValidationError(_("By consensus nobody counts. Either tick it, or write the votes."), code="both")
        return said

    def votes(self) -> Votes:
        """Of a valid form."""
        said = self.cleaned_data
        return Votes(
            said["in_favour"] or 0, said["against"] or 0, said["abstained"] or 0, by_consensus=said["by_consensus"]
        )


def _visibility(help_text: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=_("Who may know"), choices=Visibility.choices, required=False, coerce=Visibility, empty_value=None,
        help_text=help_text,
    )  # fmt: skip


class NoteForm(forms.Form):
    """A strength to reinforce, or an obstacle to remove."""

    key = OnceField(required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=NoteKind.choices, widget=forms.RadioSelect)
    item: forms.ModelChoiceField[AgendaItem] = forms.ModelChoiceField(
        label=_("On which matter"), queryset=None, required=False, empty_label=_("The meeting as a whole")
    )
    text = forms.CharField(label=_("In words"), max_length=300)
    obstacle = forms.ChoiceField(
        label=_("What is in the way"), required=False, choices=[("", _("Nothing")), *Obstacle.choices]
    )
    remedy = forms.CharField(label=_("What would help"), max_length=300, required=False)
    visibility = _visibility(_("A note on a closed matter is closed, whatever stands here."))

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].queryset = meeting.items.order_by("position", "id")  # type: ignore[attr-defined]
        self.fields["visibility"].initial = meeting.council.visibility

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if said.get("kind") == NoteKind.STRENGTH:
            said["obstacle"] = ""
        return said

    def note(self) -> dict[str, Any]:
        """Of a valid form."""
        said = self.cleaned_data
        obstacle = Obstacle(said["obstacle"]) if said["obstacle"] else None
        return {**said, "kind": NoteKind(said["kind"]), "obstacle": obstacle}


class DeputyForm(forms.Form):
    deputy = forms.CharField(label=_("Who came instead"), max_length=120)


class EndSessionForm(forms.Form):
    ends_at = TimeField(label=_("Ended at"), required=False)


class ReviewForm(forms.Form):
    until = JalaliDateField(label=_("Remarks until"))


class RemarkForm(forms.Form):
    key = OnceField(required=False)
    text = forms.CharField(label=_("Your remark"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))


class CorrectionForm(forms.Form):
    key = OnceField(required=False)
    text = forms.CharField(
        label=_("What was wrong, and what is right"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    visibility = _visibility(_("What puts a closed matter right is closed too: choose so here."))

    def __init__(self, *args: Any, council: Council, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["visibility"].initial = council.visibility
