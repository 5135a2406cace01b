"""Forms about need cards and what is given directly."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hamafza.core.widgets import AmountField, JalaliDateField
from hamafza.giving.choices import CardState, ReservationState
from hamafza.giving.commands.cards import CardText
from hamafza.giving.commands.disclosures import TELLABLE
from hamafza.giving.models import NeedCard
from hamafza.needs.choices import Domain

FIELD_LABELS = {"name": _("First and last name"), "mobile": _("Mobile")}


class CardForm(forms.Form):
    """What the public reads."""

    title = forms.CharField(
        label=_("Title"), max_length=120, help_text=_("What is needed, such as: a fridge for a family of the county.")
    )
    story = forms.CharField(
        label=_("Text for the public"),
        max_length=800,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_(
            "No names, numbers, addresses or exact ages, and nothing by which neighbours could tell who it is. A second person reads it."
        ),
    )
    unit_rial = AmountField(
        label=_("Cost of one"), required=False, help_text=_("For the office and for the giver who has taken it up.")
    )
    expires_on = JalaliDateField(
        label=_("Until"), required=False, help_text=_("The last day on which it stands. Empty: eight weeks.")
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def text(self) -> CardText:
        """For the command."""
        said = {name: self.cleaned_data[name] for name in ("title", "story", "unit_rial", "expires_on")}
        return CardText(**said)


class GroupCardForm(CardForm):
    """The same for many needs of one kind."""

    domain = forms.ChoiceField(label=_("For which kind of need"), choices=Domain.choices)
    item = forms.CharField(
        label=_("What is needed"), max_length=120, required=False, help_text=_("Empty: everything of this kind.")
    )
    field_order = ("domain", "item", "title", "story", "unit_rial", "expires_on")


def initial_of(card: NeedCard) -> dict[str, Any]:
    """The form's values of a card that is on file."""
    return {name: getattr(card, name) for name in ("title", "story", "unit_rial", "expires_on", "version")}


class CardFilterForm(forms.Form):
    state = forms.ChoiceField(label=_("State"), required=False, choices=[("", _("All")), *CardState.choices])


class ReservationFilterForm(forms.Form):
    state = forms.ChoiceField(label=_("State"), required=False, choices=[("", _("All")), *ReservationState.choices])


class ConfirmForm(forms.Form):
    """What the social worker saw."""

    value_rial = AmountField(label=_("What it is worth"), help_text=_("As you estimate it. In all, not of one."))
    again_reason = forms.CharField(
        label=_("Reason, when another source gave the same lately"), max_length=200, required=False
    )


class DiscloseForm(forms.Form):
    """What the giver is told, in the presence of the social worker."""

    fields_told = forms.MultipleChoiceField(
        label=_("What the giver is told"),
        choices=[(name, FIELD_LABELS[name]) for name in TELLABLE],
        widget=forms.CheckboxSelectMultiple,
    )
    present = forms.BooleanField(label=_("I am present when they meet."))
