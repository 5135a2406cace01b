import pytest
from hypothesis import given, strategies as st

from hamafza.core import persian

#: Everything an office types: both keyboards, marks, half-spaces, digits, Latin letters.
ALPHABET = (
    "ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهیآأإئؤءةۀيىكـەہھ"
    "\u064e\u0651\u0653\u0654\u0655\u0670\u200b\u200c\u200d\u200e\u202b\ufeff\u00ad¬ \t\n۰۱۹٠٩05aZéß()-،_ﷲﻻ"
)
office_texts = st.text(alphabet=ALPHABET, max_size=20)


@given(office_texts | st.text(max_size=20))
def test_normalize_twice_changes_nothing_more(text: str) -> None:
    once = persian.normalize(text)
    assert persian.normalize(once) == once


@given(office_texts | st.text(max_size=20))
def test_key_twice_changes_nothing_more(text: str) -> None:
    once = persian.key(text)
    assert persian.key(once) == once


@given(office_texts | st.text(max_size=20))
def test_words_key_twice_changes_nothing_more(text: str) -> None:
    once = persian.words_key(text)
    assert persian.words_key(once) == once


@given(office_texts)
def test_key_of_normalized_text_is_key_of_text(text: str) -> None:
    assert persian.key(persian.normalize(text)) == persian.key(text)


@given(st.lists(st.sampled_from(["علی", "زاده", "محمد", "آقا", "رضایی"]), min_size=1, max_size=4))
def test_key_of_any_joining_of_words_is_one(words: list[str]) -> None:
    joined = {persian.key(joint.join(words)) for joint in ("", " ", "  ", persian.ZWNJ, f" {persian.ZWNJ}")}
    assert joined == {"".join(persian.key(word) for word in words)}


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("  علي   كريمي ", "علی کریمی"),
        ("كاظمي\u200c\u200cنژاد", "کاظمی\u200cنژاد"),
        ("علی \u200c زاده", "علی زاده"),
        ("علی¬زاده", "علی\u200cزاده"),
        ("آمنه", "آمنه"),
        ("رئوف مؤمن", "رئوف مؤمن"),
        ("فاطمة", "فاطمه"),
        ("موسى", "موسی"),
        ("مُحَمَّد", "محمد"),
        ("محـــمد", "محمد"),
        ("\u202bرضا\u202c\u200f", "رضا"),
        ("\ufeffنام", "نام"),
        ("خانۀ", "خانه\u0654"),
        ("ﻋﻠﻲ", "علی"),
        ("رضا\u00a0محمدی", "رضا محمدی"),
    ],
)
def test_normalize_office_spelling_gives_persian_spelling(written: str, shown: str) -> None:
    assert persian.normalize(written) == shown


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("أسماء", "اسما"),
        ("آمنه", "امنه"),
        ("رئوف", "ریوف"),
        ("مؤمن", "مومن"),
        ("کد  ملّی", "كدملي"),
        ("شمارۀ", "شماره"),
        ("شمارهٔ", "شماره"),
        ("۱۲٣", "123"),
        ("National  ID", "nationalid"),
        ("درآمد (تومان)", "درامد تومان"),
        ("علی‌زاده", "علي زاده"),
    ],
)
def test_key_of_equal_words_is_equal(one: str, other: str) -> None:
    assert persian.key(one) == persian.key(other)


def test_words_key_keeps_words_apart() -> None:
    assert persian.words_key("  فاطمه‌زهرا   (كاظمي نژاد)") == "فاطمه زهرا کاظمی نژاد"


def test_digits_change_script_both_ways() -> None:
    assert persian.latin_digits("۱۲۳ ٤٥٦ 7") == "123 456 7"
    assert persian.persian_digits("123 ٤٥٦ ۷") == "۱۲۳ ۴۵۶ ۷"


def test_sort_key_follows_the_persian_alphabet() -> None:
    names = ["یاسر", "گلنار", "کاظم", "پروین", "آمنه", "احمد", "بهرام", "علی رضا", "علیرضا", "چراغی", "ژاله", "زهرا"]
    assert sorted(names, key=persian.sort_key) == [
        "آمنه",
        "احمد",
        "بهرام",
        "پروین",
        "چراغی",
        "زهرا",
        "ژاله",
        "علی رضا",
        "علیرضا",
        "کاظم",
        "گلنار",
        "یاسر",
    ]


@given(office_texts)
def test_sort_key_is_plain_letters_and_digits(text: str) -> None:
    assert persian.sort_key(text).isascii()


@pytest.mark.parametrize(
    ("text", "answer"), [("علی", True), ("Ali", False), ("۱۲", False), ("", False), ("علی a", True)]
)
def test_is_persian_asks_for_persian_letters(text: str, answer: bool) -> None:
    assert persian.is_persian(text) is answer


@pytest.mark.parametrize("sign", [" ", persian.ZWNJ, "¬", "\u0640", "ي\u0654", "\t", f" {persian.ZWNJ}"])
def test_normalize_of_a_hundred_thousand_signs_takes_no_time(sign: str) -> None:
    long = f"ا{sign * 100_000}ب"
    assert persian.normalize(persian.normalize(long)) == persian.normalize(long)
