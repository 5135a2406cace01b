"""What is typed about the division of labour, and what it says to whoever gives an order."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _, gettext_lazy

from hamafza.accounts.models import Organization
from hamafza.accounts.queries.bodies import bodies_of
from hamafza.commitments.choices import Part
from hamafza.commitments.commands.division_fields import LAST_POSITION, FieldFacts
from hamafza.commitments.models import SupportField
from hamafza.commitments.queries.division import owners_in
from hamafza.core.widgets import DigitsInput


class PartForm(forms.Form):
    """One cell of the matrix."""

    organization: forms.ModelChoiceField[Organization] = forms.ModelChoiceField(
        label=gettext_lazy("Which body"), queryset=None
    )
    part = forms.ChoiceField(label=gettext_lazy("Its part"), choices=Part.choices, widget=forms.RadioSelect)

    def __init__(self, *args: Any, place: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization"].queryset = bodies_of(place)  # type: ignore[attr-defined]  # a choice of models


class ClearForm(forms.Form):
    """Which body has no part any more."""

    organization = forms.UUIDField()


class FieldForm(forms.Form):
    """A field of support, for the administrator."""

    code = forms.SlugField(
        label=gettext_lazy("Code"),
        max_length=30,
        help_text=gettext_lazy("Latin letters, digits and dashes. It is never changed."),
        widget=forms.TextInput({"dir": "ltr", "autocomplete": "off"}),
    )
    name_fa = forms.CharField(label=gettext_lazy("Persian name"), max_length=80)
    name_en = forms.CharField(
        label=gettext_lazy("English name"), max_length=80, required=False, widget=forms.TextInput({"dir": "ltr"})
    )
    position = forms.IntegerField(
        label=gettext_lazy("Place in the list"),
        required=False,
        min_value=0,
        max_value=LAST_POSITION,
        widget=DigitsInput,
        help_text=gettext_lazy("Smaller numbers stand further up. Left empty, a new field stands last."),
    )
    active = forms.BooleanField(label=gettext_lazy("Active"), required=False, initial=True)

    def __init__(self, *args: Any, is_new: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_new:
            del self.fields["code"]

    def facts(self) -> FieldFacts:
        """Of a valid form."""
        said = self.cleaned_data
        return FieldFacts(said["name_fa"], said["name_en"], said["position"], said["active"])


class OwnedField(forms.ModelChoiceField[SupportField]):
    """A field of support, each with who owns it at the place beside its name."""

    def __init__(self, *, owners: dict[UUID, list[Organization]], **kwargs: Any) -> None:
        self.owners = owners
        super().__init__(**kwargs)

    def label_from_instance(self, obj: SupportField) -> str:
        owners = _names(self.owners.get(obj.pk, []))
        return _("%(field)s — owner: %(owner)s") % {"field": obj, "owner": owners} if owners else str(obj)


class SuggestsOwner(forms.Form):
    """An order whose field says who owns it, and that asks once when it goes to somebody else.

    It has ``owner`` and ``field``. ``warned`` holds the choice that was asked about: sent again, it is taken.
    """

    warned = forms.CharField(required=False, widget=forms.HiddenInput)

    def suggest_owners(self, place: str, owners: dict[UUID, list[Organization]] | None = None) -> None:
        """Called when the form knows its place; one query, unless somebody has asked already."""
        plain: Any = self.fields["field"]
        self.owners = owners_in(place) if owners is None else owners
        self.fields["field"] = OwnedField(
            owners=self.owners, queryset=plain.queryset, label=plain.label, required=plain.required,
            help_text=_("Beside each field stands the body that owns it in the division of labour."),
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        field: SupportField | None = said.get("field")
        owner: Organization | None = said.get("owner")
        owners = self.owners.get(field.pk, []) if field else []
        if field is None or owner is None or not owners or owner in owners:
            return said
        choice = f"{field.pk}:{owner.pk}"
        if said.get("warned") != choice:
            self.data = self.data.copy()  # type: ignore[attr-defined]  # what was sent, as it may be changed
            self.data[self.add_prefix("warned")] = choice  # type: ignore[index]
            self.add_error("owner", _warning(field, owners, owner))
        return said


def _warning(field: SupportField, owners: list[Organization], chosen: Organization) -> str:
    sentence = _(
        "In the division of labour “%(field)s” belongs to %(owner)s. Choose it, or send the form once more as it is to"
        " give it to %(chosen)s."
    )
    return sentence % {"field": field, "owner": _names(owners), "chosen": chosen}


def _names(bodies: list[Organization]) -> str:
    return _(" and ").join(str(body) for body in bodies)
