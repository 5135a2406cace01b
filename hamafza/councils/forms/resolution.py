"""Who owes what by when under a resolution: rows of which empty ones are left out."""

from __future__ import annotations

from typing import Any
from uuid import uuid5

from django import forms
from django.utils.translation import gettext_lazy as _

from hamafza.accounts.models import Organization
from hamafza.accounts.queries.bodies import bodies_of
from hamafza.commitments.order import Order
from hamafza.core.widgets import DigitsInput, JalaliDateField, OnceField

ROWS = 5
MOST = 30


class OwedForm(forms.Form):
    """One row: one body owes one result."""

    owner: forms.ModelChoiceField[Organization] = forms.ModelChoiceField(label=_("Which body owes it"), queryset=None)
    title = forms.CharField(label=_("What is to be done"), max_length=200)
    due_on = JalaliDateField(label=_("Due on"))
    quantity = forms.IntegerField(
        label=_("How much"), required=False, min_value=1, max_value=10**12, widget=DigitsInput
    )
    unit = forms.CharField(label=_("Unit"), required=False, max_length=40)
    weight = forms.IntegerField(
        label=_("Weight (percent)"), required=False, min_value=1, max_value=100, widget=DigitsInput
    )

    def __init__(self, *args: Any, bodies: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owner = self.fields["owner"]
        owner.queryset, owner.widget.choices = bodies_of_choice(bodies), bodies  # type: ignore[attr-defined]

    def order(self, *, issuer: Organization) -> Order:
        """Of a valid row."""
        return Order(issuer=issuer, **self.cleaned_data)


class KeyForm(forms.Form):
    key = OnceField()


class OwedRows(forms.BaseFormSet[OwedForm]):
    """The rows with one key for all of them."""

    def __init__(self, *args: Any, place: str, **kwargs: Any) -> None:
        rows = list(bodies_of(place))
        bodies = [("", "---------"), *((one.pk, str(one)) for one in rows)]
        super().__init__(*args, **{**kwargs, "form_kwargs": {"bodies": bodies}})
        self.key_form = KeyForm(self.data if self.is_bound else None)

    def is_valid(self) -> bool:
        return self.key_form.is_valid() and super().is_valid()

    def filled(self) -> list[OwedForm]:
        """Rows that say something."""
        return [form for form in self.forms if form.has_changed()]

    def orders(self, *, issuer: Organization) -> list[Order]:
        return [form.order(issuer=issuer) for form in self.filled()]

    def keys(self) -> list[Any]:
        """A key for each row that was filled in, by its place: sent again, each is the same."""
        key = self.key_form.cleaned_data["key"]
        return [uuid5(key, str(place)) for place, form in enumerate(self.forms) if form.has_changed()]


def owed_rows(*args: Any, place: str, rows: int = ROWS) -> OwedRows:
    """``rows`` empty rows, or those that were sent."""
    kind: Any = forms.formset_factory(OwedForm, formset=OwedRows, extra=rows, max_num=MOST, absolute_max=MOST)
    made: OwedRows = kind(*args, place=place)
    return made


def bodies_of_choice(bodies: list[Any]) -> Any:
    """The same bodies as rows, asked for only when one is chosen."""
    return Organization.objects.filter(pk__in=[pk for pk, _name in bodies if pk])
