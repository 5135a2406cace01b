"""Forms of a person."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from hamafza.core.widgets import DigitsField, JalaliDateField, PhoneInput
from hamafza.registry.choices import (
    Cause,
    DisabilitySeverity,
    DisabilityType,
    Education,
    JobStatus,
    PersonLeft,
    Relation,
    Sex,
    TargetGroup,
)
from hamafza.registry.commands.fields import PersonFields, cleaned_person
from hamafza.registry.commands.register_person import NewPerson
from hamafza.registry.forms.household import HouseholdFactsForm, ReasonForm
from hamafza.registry.forms.opened import OpenedFields, opened_state
from hamafza.registry.forms.parts import CHOOSE, NOT_SAID, Sealed, add_refusals
from hamafza.registry.models import Person

PERSON_NAMES = tuple(PersonFields.__annotations__)
SEALED = ("identity_number", "mobile", "iban")


class PersonFactsForm(forms.Form):
    """Who a person is; one of the two names is needed, all else may come later."""

    first_name = forms.CharField(label=_("First name"), max_length=80, required=False)
    last_name = forms.CharField(label=_("Last name"), max_length=80, required=False)
    father_name = forms.CharField(label=_("Father's name"), max_length=80, required=False)
    identity_number = DigitsField(
        label=_("National identity number"), required=False, help_text=_("Ten digits, as on the card.")
    )
    born_on = JalaliDateField(label=_("Date of birth"), required=False)
    sex = forms.ChoiceField(label=_("Sex"), choices=[("", NOT_SAID), *Sex.choices], required=False)
    relation = forms.ChoiceField(label=_("Relation to the head"), choices=Relation.choices)
    mobile = forms.CharField(
        label=_("Mobile"), max_length=40, required=False, widget=PhoneInput, help_text=_("Such as 0912 345 6789.")
    )
    iban = forms.CharField(
        label=_("Sheba number"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off", "spellcheck": "false"}),
        help_text=_("IR and 24 digits."),
    )
    education = forms.ChoiceField(label=_("Education"), choices=[("", NOT_SAID), *Education.choices], required=False)
    job_status = forms.ChoiceField(label=_("Occupation"), choices=[("", NOT_SAID), *JobStatus.choices], required=False)
    skills = forms.CharField(label=_("Skills"), max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        add_refusals(self, cleaned_person, PERSON_NAMES)
        if not cleaned.get("first_name") and not cleaned.get("last_name"):
            self.add_error("first_name", _("Write the first name or the last name."))
        return cleaned


class PersonCreateForm(PersonFactsForm):
    """A new person, with what she lives with."""

    groups = forms.MultipleChoiceField(
        label=_("Target groups"), choices=TargetGroup.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    disability = forms.ChoiceField(
        label=_("Type of disability"),
        choices=[("", _("None")), *DisabilityType.choices],
        required=False,
        help_text=_("Further ones can be added on the client's page."),
    )
    severity = forms.ChoiceField(
        label=_("Severity of the disability"), choices=[("", NOT_SAID), *DisabilitySeverity.choices], required=False
    )
    causes = forms.MultipleChoiceField(
        label=_("Causes of hardship"), choices=Cause.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    another_person = forms.BooleanField(
        label=_("This is another person; register her anyway"), required=False, widget=forms.HiddenInput
    )

    def new_person(self) -> NewPerson:
        """What the command takes."""
        cleaned = self.cleaned_data
        kind = cleaned["disability"]
        return NewPerson(
            fields=cast("PersonFields", {name: cleaned[name] for name in PERSON_NAMES}),
            groups=[TargetGroup(code) for code in cleaned["groups"]],
            disabilities={DisabilityType(kind): cleaned["severity"]} if kind else {},
            causes=[Cause(code) for code in cleaned["causes"]],
        )

    def ask_whether_another(self) -> None:
        """Show the box by which a clerk says that the alike person is another one."""
        self.fields["another_person"].widget = forms.CheckboxInput()


class HouseholdCreateForm(HouseholdFactsForm, PersonCreateForm):
    """A new file with its first person, on one page."""

    county = forms.ChoiceField(label=_("County"), widget=forms.HiddenInput)

    def __init__(self, *args: Any, counties: list[tuple[str, str]], **kwargs: Any) -> None:
        initial = {"county": counties[0][0], "relation": Relation.HEAD, **kwargs.pop("initial", {})}
        super().__init__(*args, **{**kwargs, "initial": initial})
        field = cast("forms.ChoiceField", self.fields["county"])
        field.choices = counties
        if len(counties) > 1:
            field.widget = forms.Select(choices=counties)
        self.offer_districts(code for code, _name in counties)


class PersonEditForm(OpenedFields, PersonFactsForm):
    """Changes a person on file; sealed fields stay as they are when left empty."""

    clear = forms.MultipleChoiceField(label=_("Take off the file"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, person: Person, shows_masks: bool, **kwargs: Any) -> None:
        initial = {name: getattr(person, name) for name in PERSON_NAMES if name not in SEALED}
        initial |= {"version": person.version, "opened": opened_state(person, PERSON_NAMES)}
        super().__init__(*args, **{**kwargs, "initial": initial})
        self.sealed = Sealed(self, person, SEALED, shows_masks=shows_masks)

    def changes(self) -> PersonFields:
        """The fields that differ from what is saved."""
        return cast("PersonFields", self.sealed.changes(PERSON_NAMES))


class PersonLeaveForm(ReasonForm):
    """A person dies or leaves."""

    why = forms.ChoiceField(label=_("What happened?"), choices=[("", CHOOSE), *PersonLeft.choices])
    on = JalaliDateField(label=_("Left on"))

    field_order = ["why", "on", "reason"]


class MoveForm(ReasonForm):
    """To another household of the county by its file number, or to a new one."""

    TO_FILE, TO_NEW = "file", "new"

    to = forms.ChoiceField(
        label=_("Where to?"),
        choices=[(TO_FILE, _("A household on file")), (TO_NEW, _("A new household, with this person as its head"))],
        widget=forms.RadioSelect,
        initial=TO_FILE,
    )
    file_number = forms.CharField(
        label=_("File number"),
        max_length=40,
        required=False,
        help_text=_("Of the household the person goes to; for a new household its new number, if there is one."),
    )
    relation = forms.ChoiceField(
        label=_("Relation to the head there"), choices=Relation.choices, initial=Relation.OTHER, required=False
    )

    field_order = ["to", "file_number", "relation", "reason"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("to") == self.TO_FILE and not cleaned.get("file_number"):
            self.add_error("file_number", _("Write the file number of the household the person goes to."))
        return cleaned
