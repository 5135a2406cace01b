"""Sign-in and one's own password."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from hamafza.accounts.commands.users import tidy_username
from hamafza.accounts.models import User


class SignInForm(forms.Form):
    username = forms.CharField(
        label=_("User name"),
        max_length=150,
        widget=forms.TextInput(
            {
                "autocomplete": "username",
                "autocapitalize": "none",
                "spellcheck": "false",
                "dir": "ltr",
                "autofocus": True,
            }
        ),
    )
    password = forms.CharField(
        label=_("Password"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "current-password", "dir": "ltr"}),
    )

    def clean_username(self) -> str:
        return tidy_username(self.cleaned_data["username"])


class PasswordForm(forms.Form):
    old = forms.CharField(
        label=_("Present password"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput({"autocomplete": "current-password", "dir": "ltr", "autofocus": True}),
    )
    new = forms.CharField(
        label=_("New password"),
        strip=False,
        max_length=200,
        help_text=_("At least 10 characters; a sentence of a few words is easy to keep and hard to guess."),
        widget=forms.PasswordInput({"autocomplete": "new-password", "dir": "ltr"}),
    )
    again = forms.CharField(
        label=_("New password once more"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput({"autocomplete": "new-password", "dir": "ltr"}),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_old(self) -> str:
        old: str = self.cleaned_data["old"]
        if not self.user.check_password(old):
            raise ValidationError(_("This is not your present password."), code="wrong")
        return old

    def clean_new(self) -> str:
        new: str = self.cleaned_data["new"]
        validate_password(new, self.user)
        if new == self.data.get("old"):
            raise ValidationError(_("Choose a password other than the present one."), code="same")
        return new

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        if values.get("new") and values.get("again") and values["new"] != values["again"]:
            self.add_error("again", _("The two new passwords differ. Type the second one again."))
        return values
