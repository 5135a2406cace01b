"""What shows that a package has arrived: a one-time code, a signature, a photo, or two witnesses. Pure."""

from __future__ import annotations

import zlib
from dataclasses import dataclass

from django.utils.translation import gettext as _

from hamafza.core.errors import Refusal
from hamafza.core.persian import key, normalize
from hamafza.distribution.choices import Proof

SHORTEST_NAME = 3
MOST_NAME = 80
_PNG = b"\x89PNG\r\n\x1a\n"
#: A signature unpacks to less than this; anything larger is no signature.
_MOST_PIXELS = 8 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class ProofGiven:
    """A proof as it was given at the door. ``file`` is the drawn signature (PNG) or the photo of the receipt.

    ``recipient`` is who took the package, when it was not the head of the household.
    """

    kind: Proof
    code: str = ""
    file: bytes = b""
    file_name: str = ""
    witnesses: tuple[str, ...] = ()
    recipient: str = ""

    def described(self) -> str:
        """What is kept, sealed, beside the delivery; never the code itself."""
        words = {
            Proof.CODE: _("the one-time code was right"),
            Proof.SIGNATURE: _("signed on the screen"),
            Proof.PHOTO: _("photo of the signed receipt"),
            Proof.WITNESSES: _("witnesses: %(names)s") % {"names": "، ".join(map(normalize, self.witnesses))},
        }[self.kind]
        taken = normalize(self.recipient)[:MOST_NAME]
        return f"{words}؛ {_('taken by %(name)s') % {'name': taken}}" if taken else words


def refuse_weak(proof: ProofGiven) -> None:
    """Refuse a proof that shows nothing: one witness twice, an empty drawing, no photo."""
    if proof.kind == Proof.WITNESSES:
        names = [normalize(name) for name in proof.witnesses]
        short = len(names) != 2 or any(not SHORTEST_NAME <= len(name) <= MOST_NAME for name in names)
        if short or len({key(name) for name in names}) != len(names):
            raise Refusal(
                _("Write the full names of two different witnesses."), code="two_witnesses", field="first_witness"
            )
    if proof.kind == Proof.SIGNATURE and not has_ink(proof.file):
        raise Refusal(
            _("Nothing was drawn. Let the recipient sign in the box, or name two witnesses."),
            code="no_signature",
            field="signature",
        )
    if proof.kind == Proof.PHOTO and not proof.file:
        raise Refusal(_("Take a photo of the signed receipt."), code="no_photo", field="photo")
    if proof.kind == Proof.CODE and not proof.code:
        raise Refusal(_("Write the code the household has received."), code="no_code", field="code")


def has_ink(picture: bytes) -> bool:
    """Whether a PNG shows more than one even colour: its rows unpack to more than one kind of byte beside the filters'."""
    if not picture.startswith(_PNG):
        return False
    packed, place = b"", len(_PNG)
    while place + 12 <= len(picture):
        length = int.from_bytes(picture[place : place + 4], "big")
        if picture[place + 4 : place + 8] == b"IDAT":
            packed += picture[place + 8 : place + 8 + length]
        place += 12 + length
    try:
        rows = zlib.decompressobj().decompress(packed, _MOST_PIXELS)
    except zlib.error:
        return False
    # An even picture is rows of one byte (and the number of its filter, 0 to 4, before each).
    return len(set(rows) - {0, 1, 2, 3, 4}) > 1
