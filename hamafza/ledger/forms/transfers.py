"""Forms of transfers between counties, of what a province allows, and of thresholds."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext as _, gettext_lazy

from hamafza.core import clock
from hamafza.core.persian import latin_digits
from hamafza.core.widgets import AmountField, JalaliDateField, OnceField
from hamafza.ledger.choices import Movement
from hamafza.ledger.commands.transfers import TransferWish
from hamafza.ledger.models import Fund
from hamafza.ledger.queries.lists import open_funds
from hamafza.ledger.queries.transfers import places_led, sister_places
from hamafza.ledger.rules import STAYS_IN_COUNTY
from hamafza.places.models import Place


class TransferForm(forms.Form):
    """What is asked for, with the giver's consent."""

    key = OnceField()
    fund: forms.ModelChoiceField[Fund] = forms.ModelChoiceField(label=gettext_lazy("From the fund"), queryset=None)
    to_county: forms.ModelChoiceField[Place] = forms.ModelChoiceField(
        label=gettext_lazy("To the county"), queryset=None
    )
    amount = AmountField(label=gettext_lazy("Amount"), min_value=1)
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("Everybody can read this text: no name of a giver or a family, no number, no address."),
        max_length=300,
    )
    gifts = forms.CharField(
        label=gettext_lazy("Numbers of the gifts"),
        help_text=gettext_lazy("Of the givers who agree, such as 1405/12; a space between two numbers."),
        max_length=500,
    )
    consent = forms.CharField(
        label=gettext_lazy("Consent of the giver"),
        help_text=gettext_lazy("In the giver's own words. It is kept sealed."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
    )
    consent_on = JalaliDateField(label=gettext_lazy("Date of the consent"))

    def __init__(self, *args: Any, county: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        funds: forms.ModelChoiceField[Fund] = self.fields["fund"]  # type: ignore[assignment]  # as declared
        funds.queryset = open_funds(county).exclude(restriction__in=STAYS_IN_COUNTY)
        sisters: forms.ModelChoiceField[Place] = self.fields["to_county"]  # type: ignore[assignment]  # as declared
        sisters.queryset = sister_places(county)

    def clean_gifts(self) -> tuple[tuple[int, int], ...]:
        """Year and number of each."""
        written = re.split(r"[\s,،;؛]+", latin_digits(self.cleaned_data["gifts"]).strip())
        found = [re.fullmatch(r"(\d{4})[/-](\d{1,9})", one) for one in written]
        if not all(found):
            raise forms.ValidationError(_("Write the numbers as they stand on the gifts, such as 1405/12."))
        return tuple((int(one[1]), int(one[2])) for one in found if one)

    def wish(self) -> TransferWish:
        """What is asked for, for `request_transfer`."""
        said = self.cleaned_data
        return TransferWish(
            to_county=said["to_county"].code,
            amount=said["amount"],
            reason=said["reason"],
            consent=said["consent"],
            consent_on=said["consent_on"],
            gifts=said["gifts"],
        )


class AllowanceForm(forms.Form):
    """A province allows transfers between its counties for a time."""

    province: forms.ModelChoiceField[Place] = forms.ModelChoiceField(label=gettext_lazy("Province"), queryset=None)
    valid_from = JalaliDateField(label=gettext_lazy("From"))
    valid_to = JalaliDateField(label=gettext_lazy("Until"))
    basis = forms.CharField(label=gettext_lazy("Legal basis"), max_length=200)

    def __init__(self, *args: Any, provinces: Collection[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        province: forms.ModelChoiceField[Place] = self.fields["province"]  # type: ignore[assignment]  # as declared
        province.queryset = places_led(provinces).filter(code__in=provinces)
        self.initial.setdefault("valid_from", clock.today())
        self.initial.setdefault("province", next(iter(provinces), None))


class ThresholdForm(forms.Form):
    """From which amount separate hands are needed."""

    place: forms.ModelChoiceField[Place] = forms.ModelChoiceField(label=gettext_lazy("Place"), queryset=None)
    movement = forms.ChoiceField(label=gettext_lazy("Movement"), choices=Movement.choices)
    rial = AmountField(label=gettext_lazy("Up to this value one person may do two steps"))
    decided_by = forms.CharField(label=gettext_lazy("Decided by"), max_length=160)
    valid_from = JalaliDateField(label=gettext_lazy("From"))

    def __init__(self, *args: Any, provinces: Collection[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        place: forms.ModelChoiceField[Place] = self.fields["place"]  # type: ignore[assignment]  # as declared
        place.queryset = places_led(provinces)
        self.initial.setdefault("valid_from", clock.today())
        self.initial.setdefault("place", next(iter(provinces), None))
