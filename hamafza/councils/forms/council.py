"""A council, its seats and who sits in them, and matters for its backlog."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from hamafza.accounts.models import Organization, User
from hamafza.accounts.queries.bodies import bodies_of
from hamafza.core.widgets import DigitsInput, JalaliDateField, OnceField, PhoneInput
from hamafza.councils.choices import (
    CouncilKind,
    ItemKind,
    QuorumRule,
    ResolutionState,
    SeatOffice,
    Visibility,
    VotingRule,
)
from hamafza.councils.commands.seats import CouncilDetails, Holder
from hamafza.councils.models import Council
from hamafza.councils.queries.councils import FOR_REVIEW, UNCLOSED_ONES, Filters, councils_of, users_of


class CouncilForm(forms.Form):
    """A new council."""

    name = forms.CharField(label=_("Name"), max_length=160)
    kind = forms.ChoiceField(label=_("Kind"), choices=CouncilKind.choices, initial=CouncilKind.COUNCIL)
    parent: forms.ModelChoiceField[Council] = forms.ModelChoiceField(
        label=_("Belongs to"), queryset=None, required=False, help_text=_("For a committee: the council it works for.")
    )
    secretariat: forms.ModelChoiceField[Organization] = forms.ModelChoiceField(label=_("Secretariat"), queryset=None)
    legal_basis = forms.CharField(label=_("Legal basis"), max_length=300, required=False)
    term_from = JalaliDateField(label=_("Term from"), required=False)
    term_to = JalaliDateField(label=_("Term until"), required=False)
    quorum_rule = forms.ChoiceField(label=_("Quorum"), choices=QuorumRule.choices, initial=QuorumRule.MORE_THAN_HALF)
    quorum_number = forms.IntegerField(
        label=_("Number"), required=False, min_value=1, max_value=500, widget=DigitsInput,
        help_text=_("Only for a quorum of a fixed number."),
    )  # fmt: skip
    voting_rule = forms.ChoiceField(label=_("Vote"), choices=VotingRule.choices, initial=VotingRule.OF_PRESENT)
    visibility = forms.ChoiceField(label=_("Items are"), choices=Visibility.choices, initial=Visibility.INTERNAL)

    def __init__(self, *args: Any, place: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = councils_of(place)  # type: ignore[attr-defined]  # a choice of models
        self.fields["secretariat"].queryset = bodies_of(place)  # type: ignore[attr-defined]

    def details(self) -> CouncilDetails:
        """Of a valid form."""
        said = self.cleaned_data
        return CouncilDetails(
            **{
                **{name: said[name] for name in CouncilDetails.__slots__},
                "kind": CouncilKind(said["kind"]),
                "quorum_rule": QuorumRule(said["quorum_rule"]),
                "voting_rule": VotingRule(said["voting_rule"]),
                "visibility": Visibility(said["visibility"]),
            }
        )


class EditCouncilForm(CouncilForm):
    """A council that is there."""

    active = forms.BooleanField(
        label=_("It meets"), required=False,
        help_text=_("Untick it when the council has ended: no new meetings are planned, and what it resolved stays."),
    )  # fmt: skip
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, council: Council, **kwargs: Any) -> None:
        said = {name: getattr(council, name) for name in CouncilDetails.__slots__}
        initial = {**said, "active": council.active, "version": council.version}
        super().__init__(*args, place=council.place_id, initial=initial, **kwargs)
        bodies = Q(pk__in=bodies_of(council.place_id).order_by().values("pk")) | Q(pk=council.secretariat_id)
        secretariat: Any = self.fields["secretariat"]
        secretariat.queryset = Organization.objects.filter(bodies)
        parent: Any = self.fields["parent"]
        parent.queryset = councils_of(council.place_id).exclude(pk=council.pk)


class HolderForm(forms.Form):
    """Who sits down, or deputises."""

    name = forms.CharField(label=_("Name"), max_length=120)
    post = forms.CharField(label=_("Post"), max_length=120, required=False)
    organization: forms.ModelChoiceField[Organization] = forms.ModelChoiceField(
        label=pgettext_lazy("seat", "On behalf of"), queryset=None, required=False
    )
    user: forms.ModelChoiceField[User] = forms.ModelChoiceField(
        label=_("Signs in as"), queryset=None, required=False,
        help_text=_("Then she gets the invitation and can read the minutes here."),
    )  # fmt: skip
    mobile = forms.CharField(
        label=_("Mobile"), required=False, max_length=30, widget=PhoneInput,
        help_text=_("Invitations are also sent there."),
    )  # fmt: skip
    letter = forms.CharField(label=_("Letter of appointment"), max_length=60, required=False)
    since = JalaliDateField(label=_("From"))
    is_deputy = forms.BooleanField(label=_("As a deputy"), required=False)

    def __init__(self, *args: Any, place: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization"].queryset = bodies_of(place)  # type: ignore[attr-defined]  # a choice of models
        self.fields["user"].queryset = users_of(place)  # type: ignore[attr-defined]

    def holder(self) -> Holder:
        """Of a valid form."""
        return Holder(**self.cleaned_data)


class SeatForm(forms.Form):
    """A new seat."""

    key = OnceField(required=False)
    title = forms.CharField(
        label=_("Seat"), max_length=120, help_text=_("The post, such as: head of the labour office.")
    )
    office = forms.ChoiceField(
        label=pgettext_lazy("seat", "Office"), choices=SeatOffice.choices, initial=SeatOffice.MEMBER
    )
    organization: forms.ModelChoiceField[Organization] = forms.ModelChoiceField(
        label=_("By post in"), queryset=None, required=False, help_text=_("Leave it empty for a person chosen by name.")
    )
    votes = forms.BooleanField(label=_("Has a vote"), required=False, initial=True)
    since = JalaliDateField(label=_("From"))

    def __init__(self, *args: Any, place: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization"].queryset = bodies_of(place)  # type: ignore[attr-defined]  # a choice of models

    def seat(self) -> dict[str, Any]:
        """Of a valid form."""
        return {**self.cleaned_data, "office": SeatOffice(self.cleaned_data["office"])}


class EndForm(forms.Form):
    last_day = JalaliDateField(label=_("Last day"))


class ItemForm(forms.Form):
    """A matter for the backlog or for an agenda."""

    key = OnceField(required=False)
    title = forms.CharField(label=_("Matter"), max_length=200)
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=[choice for choice in ItemKind.choices if choice[0] != ItemKind.FOLLOW_UP],
        initial=ItemKind.DISCUSSION,
    )
    text = forms.CharField(
        label=_("In more words"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )
    submitter: forms.ModelChoiceField[Organization] = forms.ModelChoiceField(
        label=_("Brought by"), queryset=None, required=False
    )
    visibility = forms.ChoiceField(label=_("Who may know"), choices=Visibility.choices)
    minutes = forms.IntegerField(
        label=_("Minutes it takes"), required=False, min_value=1, max_value=600, widget=DigitsInput
    )

    def __init__(self, *args: Any, place: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["submitter"].queryset = bodies_of(place)  # type: ignore[attr-defined]  # a choice of models

    def item(self) -> dict[str, Any]:
        """Of a valid form."""
        said = self.cleaned_data
        return {**said, "kind": ItemKind(said["kind"]), "visibility": Visibility(said["visibility"])}


class ResolutionFilterForm(forms.Form):
    """The filters of a council's resolutions."""

    q = forms.CharField(
        label=_("Search"), required=False, widget=forms.TextInput(attrs={"data-live": True, "type": "search"})
    )
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[
            ("", _("All")),
            (UNCLOSED_ONES, _("Not closed")),
            (FOR_REVIEW, _("Due for review")),
            *ResolutionState.choices,
        ],
    )

    def filters(self) -> Filters:
        """What is asked for; a value that is not on offer is left out."""
        self.is_valid()
        return Filters(state=self.cleaned_data.get("state") or "", text=self.cleaned_data.get("q") or "")
