"""Forms at the door: a proof, a reason, a word to search by."""

from __future__ import annotations

import base64
import binascii
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _, gettext_lazy

from hamafza.core.widgets import DigitsInput, OnceField
from hamafza.distribution.choices import Proof
from hamafza.distribution.proofs import ProofGiven
from hamafza.documents.rules import MOST_BYTES

_PICTURE = "data:image/png;base64,"
#: A drawn signature is a few kilobytes; this is far beyond any.
_LONGEST_PICTURE = 700_000


class ProofForm(forms.Form):
    """One form for each kind of proof; what the other kinds ask for is empty."""

    key = OnceField()
    kind = forms.ChoiceField(choices=Proof.choices, widget=forms.HiddenInput)
    code = forms.CharField(
        label=gettext_lazy("Code that the household has received"),
        required=False,
        max_length=12,
        widget=DigitsInput({"autocomplete": "one-time-code"}),
    )
    signature = forms.CharField(required=False, max_length=_LONGEST_PICTURE, widget=forms.HiddenInput)
    photo = forms.FileField(
        label=gettext_lazy("Photo of the signed receipt"),
        required=False,
        widget=forms.FileInput({"accept": "image/jpeg,image/png", "capture": "environment"}),
    )
    first_witness = forms.CharField(label=gettext_lazy("First witness"), required=False, max_length=80)
    second_witness = forms.CharField(label=gettext_lazy("Second witness"), required=False, max_length=80)
    recipient = forms.CharField(
        label=gettext_lazy("Who took it"),
        required=False,
        max_length=80,
        help_text=gettext_lazy("Only when it was not the head of the household."),
    )

    def clean_signature(self) -> bytes:
        drawn = self.cleaned_data["signature"]
        if not drawn:
            return b""
        try:
            return base64.b64decode(drawn.removeprefix(_PICTURE), validate=True)
        except (binascii.Error, ValueError) as fault:
            raise ValidationError(_("The signature did not arrive whole. Draw it again.")) from fault

    def clean_photo(self) -> UploadedFile[Any] | None:
        photo: UploadedFile[Any] | None = self.cleaned_data["photo"]
        if photo is not None and (photo.size or 0) > MOST_BYTES:
            raise ValidationError(_("The photo is too large. Take a smaller one."))
        return photo

    def proof(self) -> ProofGiven:
        """The proof as the command takes it."""
        said: dict[str, Any] = self.cleaned_data
        kind, photo = Proof(said["kind"]), said["photo"]
        names = tuple(name for name in (said["first_witness"], said["second_witness"]) if name)
        file = {Proof.SIGNATURE: said["signature"], Proof.PHOTO: photo.read() if photo else b""}.get(kind, b"")
        return ProofGiven(
            kind=kind,
            code=said["code"],
            file=file,
            file_name=str(photo.name) if photo else "",
            witnesses=names if kind == Proof.WITNESSES else (),
            recipient=said["recipient"],
        )


class ReasonForm(forms.Form):
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=200)


class FindForm(forms.Form):
    """By the token of the slip, or by the name of the head of the household."""

    q = forms.CharField(
        label=gettext_lazy("Token or name"),
        required=False,
        max_length=80,
        widget=forms.TextInput({"type": "search", "data-live": True, "autocomplete": "off"}),
    )
    state = forms.ChoiceField(
        label=gettext_lazy("State"),
        required=False,
        choices=[
            ("", gettext_lazy("Still to be delivered")),
            ("delivered", gettext_lazy("Delivered")),
            ("all", gettext_lazy("All")),
        ],
        widget=forms.Select({"class": "form-select"}),
    )


class CallBackForm(forms.Form):
    said = forms.ChoiceField(
        label=gettext_lazy("Does the household say that it has received its package?"),
        choices=[("yes", gettext_lazy("Yes, it has")), ("no", gettext_lazy("No, it has not"))],
        widget=forms.RadioSelect,
    )
