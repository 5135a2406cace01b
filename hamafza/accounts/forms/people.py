"""Users and their duties."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hamafza.accounts.choices import Role
from hamafza.accounts.forms.choices import place_choices
from hamafza.accounts.models import Organization
from hamafza.accounts.models.user import LANGUAGES
from hamafza.accounts.queries.people import active_organizations
from hamafza.core.widgets import JalaliDateField, PhoneInput


class UserFilter(forms.Form):
    q = forms.CharField(
        label=_("Name or user name"), required=False, widget=forms.TextInput({"data-live": True, "type": "search"})
    )
    role = forms.ChoiceField(label=_("Role"), required=False, choices=[("", _("All roles")), *Role.choices])
    state = forms.ChoiceField(
        label=_("Sign-in"),
        required=False,
        choices=[("", _("All users")), ("on", _("May sign in")), ("off", _("Switched off"))],
    )


class UserForm(forms.Form):
    """The facts an administrator keeps of a user; the user name only when she is added."""

    full_name = forms.CharField(label=_("Full name"), max_length=120, widget=forms.TextInput({"autocomplete": "off"}))
    username = forms.CharField(
        label=_("User name"),
        max_length=40,
        help_text=_("Latin letters and digits, such as m.rastegar. It cannot be changed later."),
        widget=forms.TextInput({"dir": "ltr", "autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )
    organization = forms.ModelChoiceField(
        label=_("Organisation"), required=False, queryset=Organization.objects.none(), empty_label=_("None")
    )
    mobile = forms.CharField(
        label=_("Mobile"), required=False, max_length=30, widget=PhoneInput,
        help_text=_("Invitations and late commitments are also sent there."),
    )  # fmt: skip
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES, initial="fa")

    def __init__(self, *args: Any, new: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["organization"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = active_organizations()
        if not new:
            del self.fields["username"]


class DutyForm(forms.Form):
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices, widget=forms.RadioSelect)
    place = forms.ChoiceField(
        label=_("Place"),
        help_text=_(
            "A duty at a province covers its counties; a duty at a county covers it alone. A district governor holds his"
            " at the district."
        ),
    )
    valid_from = JalaliDateField(label=_("From"))
    valid_to = JalaliDateField(
        label=_("Until"), required=False, help_text=_("The last day of the duty; empty: until further notice.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"valid_from": timezone.localdate()})
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = place_choices(districts=True)  # type: ignore[attr-defined]
