"""Forms about benefactors and their sign-in."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from hamafza.accounts.models import Organization
from hamafza.accounts.queries.bodies import bodies_of
from hamafza.core.widgets import DigitsField, MaskedInput, PhoneInput
from hamafza.giving.choices import Attribution, BenefactorKind
from hamafza.giving.commands.benefactors import BenefactorDetails
from hamafza.giving.models import Benefactor
from hamafza.giving.queries.benefactors import OFF, BenefactorFilters

SEALED = ("identity_number", "mobile", "email", "note")
PLAIN = ("kind", "name", "nickname", "attribution", "organization", "may_message")
#: Shown for a sealed text of which not even the end is given away.
WHOLE_MASK = "•••"


class BenefactorForm(forms.Form):
    """What is said of a benefactor, for a new file."""

    kind = forms.ChoiceField(label=_("Kind"), choices=BenefactorKind.choices)
    name = forms.CharField(label=_("Name"), max_length=160)
    identity_number = DigitsField(
        label=_("National identity number"),
        required=False,
        max_length=14,
        help_text=_("Ten digits of a person, eleven of a body. Needed for an official receipt only."),
    )
    mobile = forms.CharField(label=_("Mobile"), required=False, max_length=30, widget=PhoneInput)
    email = forms.EmailField(label=_("E-mail"), required=False, max_length=120, widget=forms.EmailInput({"dir": "ltr"}))
    may_message = forms.BooleanField(label=_("Agrees to be reminded by message"), required=False)
    attribution = forms.ChoiceField(
        label=_("To the public"),
        choices=Attribution.choices,
        initial=Attribution.ANONYMOUS,
        widget=forms.RadioSelect,
        help_text=_("How the public may know of a gift. Each gift keeps its own; what was anonymous stays so."),
    )
    nickname = forms.CharField(label=_("Nickname for the public"), max_length=80, required=False)
    organization: forms.ModelChoiceField[Organization] = forms.ModelChoiceField(
        label=_("Body"),
        queryset=Organization.objects.none(),
        required=False,
        empty_label=_("None of these"),
        help_text=_("For a charity, company or agency that is on file as a body."),
    )
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Kept sealed; reading it is recorded."),
    )
    another = forms.BooleanField(label=_("It is another one: register her too"), required=False)

    def __init__(self, *args: Any, county: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization"].queryset = bodies_of(county)  # type: ignore[attr-defined]  # a model choice field
        self.is_asked_whether_another = False

    def ask_whether_another(self) -> None:
        """Show the box by which the clerk says that it is somebody else."""
        self.is_asked_whether_another = True

    def details(self) -> BenefactorDetails:
        """What the form says, for the command."""
        said = self.cleaned_data
        body = cast("Organization | None", said["organization"])
        named = {name: said[name] for name in (*SEALED, *PLAIN) if name != "organization"}
        return BenefactorDetails(**named, organization=body.pk if body else None)


class BenefactorEditForm(BenefactorForm):
    """Changes a benefactor on file. Sealed fields keep what they hold when left empty; a box takes one off."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    clear = forms.MultipleChoiceField(label=_("Take off the file"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, benefactor: Benefactor, **kwargs: Any) -> None:
        kwargs["initial"] = initial_of(benefactor)
        super().__init__(*args, county=benefactor.county_id, **kwargs)
        del self.fields["another"]
        self.benefactor = benefactor
        on_file = [name for name in SEALED if getattr(benefactor, name)]
        for name in SEALED:
            self.fields[name].widget = MaskedInput(
                attrs={"inputmode": "text" if name in {"email", "note"} else "numeric"}, mask=self._mask(name)
            )
        self.fields["clear"].choices = [(name, self.fields[name].label) for name in on_file]  # type: ignore[attr-defined]  # a choice field
        if not on_file:
            del self.fields["clear"]

    def details(self) -> BenefactorDetails:
        """What the form says; what was left empty and not taken off is as it is on file."""
        cleared = self.cleaned_data.get("clear", ())
        for name in SEALED:
            if not self.cleaned_data[name] and name not in cleared:
                self.cleaned_data[name] = getattr(self.benefactor, name)
        return super().details()

    def _mask(self, name: str) -> str:
        value: str = getattr(self.benefactor, name)
        return WHOLE_MASK if value and name in {"email", "note"} else value


def initial_of(benefactor: Benefactor) -> dict[str, Any]:
    """The form's plain values of a benefactor on file."""
    values = {name: getattr(benefactor, name) for name in PLAIN if name != "organization"}
    return {**values, "organization": benefactor.organization, "version": benefactor.version}


class BenefactorFilterForm(forms.Form):
    """The filters of the list."""

    q = forms.CharField(
        label=_("Name, mobile or identity number"),
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"data-live": True, "type": "search", "autocomplete": "off"}),
    )
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("All")), *BenefactorKind.choices])
    state = forms.ChoiceField(label=_("State"), required=False, choices=[("", _("Active")), (OFF, _("Inactive"))])

    def filters(self) -> BenefactorFilters:
        """What is asked for; a value that is not on offer is left out."""
        self.is_valid()
        said = self.cleaned_data
        return BenefactorFilters(said.get("q") or "", said.get("kind") or "", said.get("state") or "")


class SignInForm(forms.Form):
    username = forms.CharField(
        label=_("User name"),
        max_length=40,
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off", "spellcheck": "false"}),
        help_text=_("In Latin letters and digits, such as the name and the year of birth. It cannot be changed later."),
    )
