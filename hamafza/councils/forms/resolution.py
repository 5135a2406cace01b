"""Who owes what by when under a resolution: rows of which empty ones are left out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid5

from django import forms
from django.utils.translation import gettext_lazy as _

from hamafza.accounts.models import Organization
from hamafza.commitments.bodies import bodies_to_ask, body_label
from hamafza.commitments.choices import Priority
from hamafza.commitments.division_forms import SuggestsOwner
from hamafza.commitments.models import SupportField
from hamafza.commitments.order import Order, Supports
from hamafza.commitments.queries.division import owners_in
from hamafza.core.widgets import DigitsInput, JalaliDateField, OnceField

ROWS = 5
MOST = 30
#: How many bodies that help a row has room for.
HELPERS = (1, 2)
#: What every row shows; the rest is folded.
PLAIN = ("owner", "title", "due_on", "quantity", "unit", "weight")
#: Sent by a row that says nothing, too.
_ALWAYS_SENT = frozenset({"priority", "warned"})

Choices = list[tuple[Any, str]]


@dataclass(frozen=True, slots=True)
class Offer:
    """What every row may choose from, asked for once."""

    place: str
    bodies: Choices
    fields: Choices
    owners: dict[UUID, list[Organization]]

    @classmethod
    def of(cls, place: str) -> Offer:
        bodies = [(one.pk, body_label(one, place)) for one in bodies_to_ask(place)]
        return cls(place, bodies, [], owners_in(place))


class OwedForm(SuggestsOwner):
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
    field: forms.ModelChoiceField[SupportField] = forms.ModelChoiceField(
        label=_("Field of support"), queryset=None, required=False, empty_label=_("No field")
    )
    priority = forms.ChoiceField(label=_("Priority"), choices=Priority.choices, initial=Priority.NORMAL, required=False)
    review_on = JalaliDateField(label=_("To be looked at on"), required=False)

    def __init__(self, *args: Any, offer: Offer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["field"].queryset = SupportField.objects.filter(active=True)  # type: ignore[attr-defined]
        self.suggest_owners(offer.place, offer.owners)
        field: Any = self.fields["field"]
        if not offer.fields:
            offer.fields.extend(field.widget.choices)
        field.widget.choices = offer.fields
        _offer(self.fields["owner"], offer.bodies, nothing="---------")
        for number in HELPERS:
            helper: Any = forms.ModelChoiceField(label=_("Who helps"), queryset=None, required=False)
            _offer(helper, offer.bodies, nothing=_("Nobody"))
            self.fields[f"helper_{number}"] = helper
            self.fields[f"share_{number}"] = forms.CharField(label=_("Its share"), required=False, max_length=200)

    def has_changed(self) -> bool:
        """Whether somebody has written in it."""
        return not _ALWAYS_SENT.issuperset(self.changed_data)

    @property
    def plain_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in PLAIN]

    @property
    def more_fields(self) -> list[forms.BoundField]:
        return [one for one in self.visible_fields() if one.name not in PLAIN]

    @property
    def has_more(self) -> bool:
        """Whether the folded part is to be seen: something is written there, or wrong."""
        return any(one.errors or (one.value() and one.name not in _ALWAYS_SENT) for one in self.more_fields)

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        taken = {said.get("owner")} - {None}
        for number in HELPERS:
            body = said.get(f"helper_{number}")
            if body is None and said.get(f"share_{number}"):
                self.add_error(f"helper_{number}", _("Choose the body that has this share."))
            if body is not None and body in taken:
                self.add_error(f"helper_{number}", _("Each body stands here once: it owns it, or it helps."))
            taken.add(body)
        return said

    def order(self, *, issuer: Organization) -> Order:
        """Of a valid row."""
        said = self.cleaned_data
        helping = [(said[f"helper_{number}"], said[f"share_{number}"]) for number in HELPERS]
        return Order(
            issuer=issuer,
            supporters=tuple(Supports(body, share) for body, share in helping if body),
            priority=Priority(said["priority"] or Priority.NORMAL),
            **{name: said[name] for name in (*PLAIN, "field", "review_on")},
        )


class KeyForm(forms.Form):
    key = OnceField()


class OwedRows(forms.BaseFormSet[OwedForm]):
    """The rows with one key for all of them."""

    def __init__(self, *args: Any, place: str, **kwargs: Any) -> None:
        kwargs["form_kwargs"] = {"offer": Offer.of(place)}
        super().__init__(*args, **kwargs)
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


def _offer(field: Any, bodies: Choices, *, nothing: Any) -> None:
    """The same bodies as rows, asked for only when one is chosen."""
    field.queryset = Organization.objects.filter(pk__in=[pk for pk, _name in bodies])
    field.widget.choices = [("", nothing), *bodies]
