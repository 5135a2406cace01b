"""Does a text for the public tell who somebody is? Pure: it is given the text and the names it must not hold (N4).

What a machine cannot see, such as a story that everybody in town knows, the second reader is there for.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy as _

from hamafza.core import wording
from hamafza.core.errors import Refusal
from hamafza.core.persian import latin_digits, normalize, words_key

#: Shorter names are words of every text.
SHORTEST_NAME = 3
LONG_NUMBER = 5

_JOINED = re.compile(r"(?<=\d)[\s\-‐‑–—._/()*\u200c]+(?=\d)")
_AMOUNT = re.compile(r"\d{1,3}(?:[,٬]\d{3})+")
_PHONE = re.compile(r"(?<!\d)(?:(?:\+|00)98|0)\d{9,10}(?!\d)")
_IDENTITY = re.compile(r"(?<!\d)\d{10}(?!\d)")
_IBAN = re.compile(r"\bIR\s*\d{6,}", re.IGNORECASE)
_NUMBER = re.compile(rf"\d{{{LONG_NUMBER},}}")
_ADDRESS = re.compile(
    r"(?:^|\s)(?:خیابان|کوچه|بلوار|پلاک|میدان|کوی|شهرک|روستای|بن\s?بست|چهارراه|طبقه|کدپستی|کد پستی|نبش|جنب|روبروی|محله)(?:\s|$)"
)
_LINK = re.compile(r"https?:|www\.|\S+@\S+|(?:^|\s)@\w+")
_MARKS = re.compile(r"[^\w\s]")
_AGE = re.compile(r"(?:\d{1,3}|دو|سه|چهار|پنج|شش|هفت|هشت|نه|ده)\s?(?:ساله|سالگی)")

KINDS: dict[str, str | Promise] = {
    "phone": _("a telephone number"),
    "identity": _("an identity number"),
    "account": _("an account number"),
    "number": _("a long number, such as that of a file"),
    "address": _("an address"),
    "link": _("a link or an e-mail address"),
    "age": _("an exact age"),
    "name": _("a name from the household's file"),
    "place": _("a place smaller than the county"),
}


def personal_data_in(
    text: str, *, names: Iterable[str] = (), places: Iterable[str] = (), numbers: Iterable[str] = ()
) -> list[str]:
    """Kinds of personal data found (keys of `KINDS`), in their order.

    ``names``: each word of them counts; ``places``: within the county; ``numbers``: such as the household's file number.
    """
    plain = latin_digits(normalize(text))
    joined = _JOINED.sub("", _AMOUNT.sub(" ", plain))
    words = _bare(words_key(text))
    found = {
        "phone": _PHONE.search(joined),
        "identity": _IDENTITY.search(joined),
        "account": _IBAN.search(plain),
        "number": _NUMBER.search(joined) or any(_holds(words, number) for number in numbers),
        "address": _ADDRESS.search(plain),
        "link": _LINK.search(plain),
        "age": _AGE.search(plain.replace("\u200c", " ")),
        "name": any(_holds(words, part) for name in names for part in _parts(name)),
        "place": any(_holds(words, place) for place in places),
    }
    return [kind for kind in KINDS if found[kind]]


def in_words(found: Iterable[str]) -> str:
    """Kinds that `personal_data_in` has found, one after the other."""
    separator = "، " if wording.is_persian() else ", "
    return separator.join(str(KINDS[kind]) for kind in found)


def refuse_told(kinds: Collection[str], *, field: str) -> None:
    """Raise a `Refusal` naming the kinds that were found in the text of ``field``; nothing when there are none."""
    if kinds:
        raise Refusal(
            gettext("This text holds %(what)s. Take it out: no client may be known by it.") % {"what": in_words(kinds)},
            code="identity",
            field=field,
        )


def _parts(name: str) -> list[str]:
    return [name, *re.split(r"[\s\u200c]+", name)]


def _holds(words: str, part: str) -> bool:
    """Whether a name stands in the text as a word of its own, however it is spelt."""
    wanted = _bare(words_key(part))
    return len(wanted.replace(" ", "")) >= SHORTEST_NAME and f" {wanted} " in f" {words} "


def _bare(text: str) -> str:
    return " ".join(_MARKS.sub(" ", text).split())
