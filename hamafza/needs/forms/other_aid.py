"""The form of what another body gave."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from hamafza.accounts.models import Organization
from hamafza.core import clock
from hamafza.core.widgets import AmountField, DigitsInput, JalaliDateField, OnceField
from hamafza.needs.choices import Domain
from hamafza.needs.commands.other_aid import OtherAid
from hamafza.needs.models import Need


class OtherAidForm(forms.Form):
    """``bodies`` may have given it; ``needs`` of the household may be met by it."""

    key = OnceField()
    body: forms.ModelChoiceField[Organization] = forms.ModelChoiceField(
        label=_("From which body"), queryset=Organization.objects.none()
    )
    on = JalaliDateField(label=_("On"), initial=clock.today)
    need: forms.ModelChoiceField[Need] = forms.ModelChoiceField(
        label=_("For which need"),
        queryset=Need.objects.none(),
        required=False,
        help_text=_("Chosen, the quantity counts as delivered for it. Empty: it is only put on record."),
    )
    domain = forms.ChoiceField(label=_("What kind of need"), choices=[("", "—"), *Domain.choices], required=False)
    item = forms.CharField(
        label=_("What"),
        max_length=120,
        required=False,
        help_text=_("In the words of the office, such as a fridge: only the same words are found as the same thing."),
    )
    quantity = forms.IntegerField(label=_("Quantity"), min_value=1, max_value=1_000_000, initial=1, widget=DigitsInput)
    unit = forms.CharField(label=_("Unit"), max_length=30, required=False)
    value_rial = AmountField(label=_("Value"), required=False)

    def __init__(self, *args: Any, bodies: QuerySet[Organization], needs: QuerySet[Need], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].queryset = bodies  # type: ignore[attr-defined]  # a model choice field
        self.fields["need"].queryset = needs  # type: ignore[attr-defined]
        self.fields["need"].label_from_instance = _named  # type: ignore[attr-defined]

    def given(self) -> OtherAid:
        """What the form says, for the command."""
        said = {name: self.cleaned_data[name] for name in ("body", "on", "need", "domain", "item", "quantity", "unit")}
        return OtherAid(**said, value_rial=self.cleaned_data["value_rial"] or 0)


def _named(need: Need) -> str:
    parts = [str(Domain(need.domain).label), need.item, need.person.full_name if need.person else ""]
    return "، ".join(part for part in parts if part)
