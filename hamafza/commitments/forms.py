"""What is typed about commitments."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from hamafza.accounts.models import Organization
from hamafza.accounts.queries.bodies import bodies_of
from hamafza.commitments.choices import CommitmentState, Confidentiality, Obstacle, Priority, Source
from hamafza.commitments.division_forms import SuggestsOwner
from hamafza.commitments.models import Commitment, SupportField
from hamafza.commitments.order import Evidence, Order, Report, Supports
from hamafza.commitments.queries.commitments import LATE, OPEN, SETTLED, Filters
from hamafza.core.widgets import DigitsInput, JalaliDateField, OnceField


class OrderForm(SuggestsOwner):
    """A commitment that is written by hand."""

    key = OnceField()
    title = forms.CharField(label=_("What is to be done"), max_length=200)
    description = forms.CharField(
        label=_("In more words"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )
    owner: forms.ModelChoiceField[Organization] = forms.ModelChoiceField(
        label=_("Which body owes it"), queryset=None, help_text=_("Exactly one. Others can help it, below.")
    )
    due_on = JalaliDateField(label=_("Due on"))
    quantity = forms.IntegerField(
        label=_("How much"), required=False, min_value=1, max_value=10**12, widget=DigitsInput,
        error_messages={"min_value": _("Write a number of one or more.")},
    )  # fmt: skip
    unit = forms.CharField(
        label=_("Unit"), required=False, max_length=40, help_text=_("Such as: persons, loans, homes.")
    )
    supporters: forms.ModelMultipleChoiceField[Organization] = forms.ModelMultipleChoiceField(
        label=_("Who helps"), queryset=None, required=False
    )
    field: forms.ModelChoiceField[SupportField] = forms.ModelChoiceField(
        label=_("Field of support"), queryset=None, required=False
    )
    priority = forms.ChoiceField(label=_("Priority"), choices=Priority.choices, initial=Priority.NORMAL)
    confidentiality = forms.ChoiceField(
        label=_("Who may know"), choices=Confidentiality.choices, initial=Confidentiality.INTERNAL
    )
    review_on = JalaliDateField(label=_("To be looked at on"), required=False)

    def __init__(self, *args: Any, place: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bodies = bodies_of(place)
        self.fields["owner"].queryset = bodies  # type: ignore[attr-defined]  # a choice of models
        self.fields["supporters"].queryset = bodies  # type: ignore[attr-defined]
        self.fields["field"].queryset = SupportField.objects.filter(active=True)  # type: ignore[attr-defined]
        self.suggest_owners(place)

    def order(self, *, issuer: Organization) -> Order:
        """Of a valid form."""
        said = self.cleaned_data
        return Order(
            title=said["title"],
            description=said["description"],
            issuer=issuer,
            owner=said["owner"],
            due_on=said["due_on"],
            supporters=tuple(Supports(one) for one in said["supporters"]),
            field=said["field"],
            priority=Priority(said["priority"]),
            confidentiality=Confidentiality(said["confidentiality"]),
            quantity=said["quantity"],
            unit=said["unit"],
            review_on=said["review_on"],
        )


class ReportForm(forms.Form):
    """How far it is, on a phone in under a minute: a number, a sentence, a picture."""

    key = OnceField()
    done_quantity = forms.IntegerField(label=_("Done so far"), required=False, min_value=0, widget=DigitsInput)
    percent = forms.IntegerField(
        label=_("Done (percent)"), required=False, min_value=0, max_value=100, widget=DigitsInput,
        error_messages={
            "min_value": _("Write a number from 0 to 100."), "max_value": _("Write a number from 0 to 100."),
        },
    )  # fmt: skip
    text = forms.CharField(
        label=_("What was done"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    obstacle = forms.ChoiceField(
        label=_("What is in the way"), required=False, choices=[("", _("Nothing")), *Obstacle.choices]
    )
    obstacle_text = forms.CharField(label=_("The obstacle in words"), required=False, max_length=300)
    evidence = forms.FileField(label=_("Paper or picture"), required=False)
    is_claim = forms.BooleanField(label=_("It is done"), required=False)

    def __init__(self, *args: Any, commitment: Commitment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if commitment.quantity is None:
            del self.fields["done_quantity"]
        else:
            self.fields["done_quantity"].help_text = f"{commitment.unit}"
            del self.fields["percent"]

    def report(self) -> Report:
        """Of a valid form."""
        said = self.cleaned_data
        file: UploadedFile | None = said["evidence"]
        return Report(
            text=said["text"],
            percent=said.get("percent"),
            done_quantity=said.get("done_quantity"),
            obstacle=Obstacle(said["obstacle"]) if said["obstacle"] else None,
            obstacle_text=said["obstacle_text"],
            is_claim=said["is_claim"],
            evidence=(Evidence(file.file, file.name or ""),) if file and file.file else (),  # type: ignore[arg-type]
        )


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Why?"), max_length=300, widget=forms.TextInput(attrs={"autocomplete": "off"}))


class NewDateForm(forms.Form):
    new = JalaliDateField(label=_("New date"))
    reason = forms.CharField(label=_("Why?"), max_length=300)


class DecideForm(forms.Form):
    """Yes or no, and a word; the word is needed with no."""

    said = forms.ChoiceField(
        label=_("Decision"), choices=[("yes", _("Yes")), ("no", _("No"))], widget=forms.RadioSelect
    )
    note = forms.CharField(label=_("In words"), max_length=300, required=False)

    @property
    def is_yes(self) -> bool:
        return bool(self.cleaned_data["said"] == "yes")


class MoveForm(forms.Form):
    owner: forms.ModelChoiceField[Organization] = forms.ModelChoiceField(label=_("To which body"), queryset=None)
    reason = forms.CharField(label=_("Why?"), max_length=300)

    def __init__(self, *args: Any, place: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = bodies_of(place)  # type: ignore[attr-defined]  # a choice of models


class FilterForm(forms.Form):
    """The filters of the commitments of a place."""

    q = forms.CharField(
        label=_("Search"), required=False, widget=forms.TextInput(attrs={"data-live": True, "type": "search"})
    )
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[
            ("", _("All")),
            (OPEN, _("Still owed")),
            (LATE, _("Late")),
            (SETTLED, _("Settled")),
            *CommitmentState.choices,
        ],
    )
    owner: forms.ModelChoiceField[Organization] = forms.ModelChoiceField(
        label=_("Owner"), queryset=None, required=False
    )
    field: forms.ModelChoiceField[SupportField] = forms.ModelChoiceField(
        label=_("Field of support"), queryset=SupportField.objects.all(), required=False
    )
    source = forms.ChoiceField(label=_("Follows from"), required=False, choices=[("", _("All")), *Source.choices])

    def __init__(self, *args: Any, place: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = bodies_of(place)  # type: ignore[attr-defined]  # a choice of models

    def filters(self) -> Filters:
        """What is asked for; a value that is not on offer is left out."""
        self.is_valid()
        said = self.cleaned_data
        owner, field = said.get("owner"), said.get("field")
        return Filters(
            state=said.get("state") or "",
            owner=str(owner.pk) if owner else "",
            field=str(field.pk) if field else "",
            source=said.get("source") or "",
            text=said.get("q") or "",
        )
