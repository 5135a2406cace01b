"""Persian text: tidy it for showing, fold it for finding, order it by the Persian alphabet.

Three forms of one text, from gentle to harsh:

- `normalize` is what we store and show: Persian letters, one space, one half-space, nothing invisible. Nobody's name
  changes its spelling: «آمنه» keeps its آ, «رئوف» its ئ.
- `words_key` is the same text folded so that spellings meet («أسماء» and «اسما»), words still apart.
- `key` is `words_key` without spaces, so that «علی‌زاده», «علی زاده» and «علیزاده» are one.

All three are idempotent.
"""

import re
import unicodedata
from functools import lru_cache

ZWNJ = "\u200c"

_ALPHABET = "آابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی"
_PERSIAN_DIGITS = "۰۱۲۳۴۵۶۷۸۹"
_ARABIC_DIGITS = "٠١٢٣٤٥٦٧٨٩"
_TO_LATIN = str.maketrans(_PERSIAN_DIGITS + _ARABIC_DIGITS, "0123456789" * 2)
_TO_PERSIAN = str.maketrans("0123456789" + _ARABIC_DIGITS, _PERSIAN_DIGITS * 2)

#: Harakat, Koranic marks, tatweel, zero-width characters, direction overrides and isolates, byte order mark.
#: The hamza and madda marks (U+0653-U+0655) stay: they are spelling.
_INVISIBLE = dict.fromkeys(
    [
        0x00AD,
        0x034F,
        0x061C,
        0x0640,
        0x0670,
        0x180E,
        0xFEFF,
        *range(0x0610, 0x061B),
        *range(0x064B, 0x0653),
        *range(0x0656, 0x0660),
        *range(0x06D6, 0x06DD),
        *range(0x06DF, 0x06E5),
        *range(0x06E7, 0x06E9),
        *range(0x06EA, 0x06EE),
        0x200B,
        *range(0x200D, 0x2010),
        *range(0x202A, 0x202F),
        *range(0x2060, 0x2070),
        *range(0xFE00, 0xFE10),
    ]
)

#: Letters of other keyboards, and control characters that are only spaces. ۀ becomes ه with its small hamza, so that
#: «خانهٔ» is still read khāne-ye; «فاطمة» is a name Persian writes «فاطمه».
_LETTERS = str.maketrans(
    {
        "ي": "ی",
        "ى": "ی",
        "ې": "ی",
        "ۍ": "ی",
        "ے": "ی",
        "ك": "ک",
        "ڪ": "ک",
        "ة": "ه",
        "ۀ": "ه\u0654",
        "ۂ": "ه\u0654",
        "ە": "ه",
        "ہ": "ه",
        "ھ": "ه",
        "ۃ": "ه",
    }
)
_TIDY = {**_INVISIBLE, **_LETTERS}

#: Spellings that meet in a key; the hamza marks and a hamza by itself fall away.
_SPELLINGS = {
    **dict.fromkeys("آأإٱٲٳ", "ا"),
    **dict.fromkeys("ئۓ", "ی"),
    **dict.fromkeys("ء\u0653\u0654\u0655", ""),
    "ؤ": "و",
    "_": " ",
}
_FOLDED: dict[int, int | str | None] = {**{ord(letter): folded for letter, folded in _SPELLINGS.items()}, **_TO_LATIN}

#: Text that needs no tidying: the common case, told by one look.
_TIDY_ALREADY = re.compile(
    f"[{_ALPHABET}ئؤأإء{_PERSIAN_DIGITS}{_ARABIC_DIGITS}0-9A-Za-z!-/:-@،؛؟«»]+"
    f"(?:[ {ZWNJ}][{_ALPHABET}ئؤأإء{_PERSIAN_DIGITS}{_ARABIC_DIGITS}0-9A-Za-z!-/:-@،؛؟«»]+)*"
)
_SPACES = re.compile(r"[\s\x00-\x1f]+")
_HALF_SPACES = re.compile(f"[ {ZWNJ}]{{2,}}")
#: Old word processors show a half-space as ¬, and some programs store that sign.
_NOT_SIGN = re.compile(r"(?<=[\u0600-\u06ff])¬+(?=[\u0600-\u06ff])")
_NO_WORD = re.compile(r"\W+")

_SORTED = {letter: f"{chr(ord('a') + place // 10)}{place % 10}" for place, letter in enumerate(_ALPHABET)}
_SORT_FOLDED: dict[int, int | str | None] = {code: letter for code, letter in _FOLDED.items() if chr(code) != "آ"}


def normalize(text: str) -> str:
    """The text fit for storing and showing: Persian letters, single spaces and half-spaces, nothing invisible."""
    if _TIDY_ALREADY.fullmatch(text) or _TIDY_ALREADY.fullmatch(text := text.translate(_TIDY)):
        return text
    text = unicodedata.normalize("NFKC", text.translate(_INVISIBLE)).translate(_TIDY)
    text = unicodedata.normalize("NFKC", text.replace("ی\u0654", "ئ"))
    text = _NOT_SIGN.sub(ZWNJ, text)
    text = _SPACES.sub(" ", text)
    return _HALF_SPACES.sub(lambda gap: " " if " " in gap[0] else ZWNJ, text).strip(f" {ZWNJ}")


@lru_cache(maxsize=8_192)
def words_key(text: str) -> str:
    """The folded text with single spaces: for comparing word by word («کاظمی‌نژاد» is two words)."""
    folded = normalize(text).translate(_FOLDED).casefold()
    if not _TIDY_ALREADY.fullmatch(folded):
        folded = normalize(unicodedata.normalize("NFKD", folded)).translate(_FOLDED).casefold()
    return _NO_WORD.sub(" ", folded.replace(ZWNJ, " ").replace("\u0307", "")).strip()


@lru_cache(maxsize=8_192)
def key(text: str) -> str:
    """The folded text without spaces, half-spaces and punctuation: two spellings of one name have one key."""
    return words_key(text).replace(" ", "")


def latin_digits(text: str) -> str:
    return text.translate(_TO_LATIN)


def persian_digits(text: str) -> str:
    return text.translate(_TO_PERSIAN)


def sort_key(text: str) -> str:
    """A key of `[0-9a-z ]` only, two characters a letter, that sorts as the Persian alphabet in any collation."""
    folded = normalize(text).translate(_SORT_FOLDED).casefold()
    return "".join(map(_sort_unit, _NO_WORD.sub(" ", folded.replace(ZWNJ, " ")).strip()))


def is_persian(text: str) -> bool:
    """Whether at least half of the letters are of the Arabic script (and there is a letter at all)."""
    letters = [letter for letter in text if letter.isalpha()]
    persian = sum("\u0600" <= letter <= "\u06ff" or "\ufb50" <= letter <= "\ufeff" for letter in letters)
    return bool(letters) and persian * 2 >= len(letters)


def _sort_unit(character: str) -> str:
    if character == " ":
        return "00"
    if "0" <= character <= "9":
        return f"1{character}"
    if "a" <= character <= "z":
        return f"2{character}"
    return _SORTED.get(character, "zz")
