import datetime as dt

import pytest
from hypothesis import given, strategies as st

from hamafza.intake.sheets import cells, vocabulary as words
from hamafza.intake.sheets.names import split_full_name

TODAY = dt.date(2025, 11, 21)
BORN = dt.date(1982, 10, 28)


@pytest.mark.parametrize(
    "nothing",
    [
        "",
        "-",
        "--",
        "ندارد",
        "نا مشخص",
        "نامشخص",
        "0",
        "۰",
        "#N/A",
        "N/A",
        "null",
        "؟",
        ".",
        "  ",
        None,
        float("nan"),
        0.0,
    ],
)
def test_clean_cell_that_says_nothing_is_empty_and_no_fault(nothing: object) -> None:
    assert cells.clean_text(nothing) == ""
    assert cells.clean_name(nothing) == ""
    assert cells.clean_identity(nothing) == ("", None)
    assert cells.clean_birth_date(nothing, today=TODAY) == (None, None)
    assert cells.clean_mobile(nothing) == ("", None)
    assert cells.clean_postal_code(nothing) == ("", None)
    assert cells.clean_iban(nothing) == ("", None)
    assert cells.clean_decile(nothing) == (None, None)
    assert cells.clean_code(nothing, words.SEX) == ("", None)
    assert cells.clean_codes(nothing, words.NEEDS) == ((), ())


@pytest.mark.parametrize(
    "written",
    ["0099603081", 99603081.0, 99603081, "099603081", "99603081", "009-960308-1", "۰۰۹۹۶۰۳۰۸۱", " 0099603081 "],
)
def test_clean_identity_any_writing_is_the_number(written: object) -> None:
    assert cells.clean_identity(written) == ("0099603081", None)


def test_clean_identity_number_cell_gets_all_its_zeros_back() -> None:
    assert cells.clean_identity(5681324.0) == ("0005681324", None)


@pytest.mark.parametrize("written", ["0099603082", "123", "00996030811", "1111111111", "۰۰۹۹۶۰۳۰۸", "x12", 12.5])
def test_clean_identity_wrong_is_bad_check_digit(written: object) -> None:
    assert cells.clean_identity(written) == ("", "bad_check_digit")


def test_clean_identity_of_words_only_is_left_out_with_a_warning() -> None:
    assert cells.clean_identity("اتباع") == ("", "unknown_value")


def test_clean_identity_of_zeros_only_is_not_known() -> None:
    assert cells.clean_identity("0000000000") == ("", None)


@pytest.mark.parametrize(
    "written",
    [
        BORN,
        dt.datetime(1982, 10, 28),
        dt.date(1361, 8, 6),
        30252.0,
        "30252",
        13610806.0,
        "1361/8/6",
        "61/8/6",
        "۶ آبان ۱۳۶۱",
    ],
)
def test_clean_birth_date_any_cell_is_the_day(written: object) -> None:
    assert cells.clean_birth_date(written, today=TODAY) == (BORN, None)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("1420/01/01", "future_date"),
        (dt.date(2041, 1, 1), "future_date"),
        ("1375/13/41", "bad_date"),
        ("1361", "bad_date"),
        ("1250/1/1", "bad_date"),
        (dt.date(1361, 12, 31), "bad_date"),
        (1361.0, "bad_date"),
        (-5.0, "bad_date"),
        (True, "bad_date"),
        ("تهران", "bad_date"),
    ],
)
def test_clean_birth_date_impossible_or_future_says_which(written: object, code: str) -> None:
    assert cells.clean_birth_date(written, today=TODAY) == (None, code)


def test_clean_mobile_postal_code_and_iban_wrong_are_left_out() -> None:
    assert cells.clean_mobile("0912345") == ("", "bad_mobile")
    assert cells.clean_mobile(9123456789.0) == ("09123456789", None)
    assert cells.clean_postal_code("12345") == ("", "bad_postal_code")
    assert cells.clean_postal_code(3971471731.0) == ("3971471731", None)
    assert cells.clean_iban("IR12 0000 0000 0000 0000 0000 01") == ("", "bad_iban")
    assert cells.clean_iban("IR") == ("", None)


@pytest.mark.parametrize(
    ("written", "unit", "amount"),
    [
        ("۶,۰۰۰,۰۰۰", "toman", 60_000_000),
        (6000000.0, "toman", 60_000_000),
        (6000000.0, "rial", 6_000_000),
        (6000000.0, "", 6_000_000),
        ("5 میلیون تومان", "rial", 50_000_000),
        ("۰", "toman", 0),
        (0.0, "rial", 0),
    ],
)
def test_clean_amount_is_whole_rials(written: object, unit: str, amount: int) -> None:
    assert cells.clean_amount(written, unit=unit) == (amount, None)


def test_clean_amount_of_no_amount_is_left_out() -> None:
    assert cells.clean_amount("زیاد", unit="rial") == (None, "bad_amount")
    assert cells.clean_amount(-5.0, unit="rial") == (None, "bad_amount")
    assert cells.clean_amount("ندارد", unit="rial") == (None, None)


@pytest.mark.parametrize(
    ("written", "decile"), [(3.0, 3), ("۳", 3), ("دهک ۳", 3), ("دهک سوم", 3), ("10", 10), ("3.0", 3)]
)
def test_clean_decile_any_writing(written: object, decile: int) -> None:
    assert cells.clean_decile(written) == (decile, None)


@pytest.mark.parametrize("written", [11.0, "یازده", "1-3", -1.0])
def test_clean_decile_out_of_range_is_left_out(written: object) -> None:
    assert cells.clean_decile(written) == (None, "bad_decile")


@pytest.mark.parametrize(
    ("written", "needs"),
    [
        ("شغل پایدار، توانبخشی", ("job", "rehabilitation")),
        ("مسکن - آموزش - درمان", ("housing", "education", "health")),
        ("توان‌بخشي/درمان", ("rehabilitation", "health")),
        ("مشاوره و توانبخشی", ("social", "rehabilitation")),
        ("مسکن-آموزش", ("housing", "education")),
        ("خوراک", ("livelihood",)),
        ("مواد غذایی", ("livelihood",)),
        ("بسته معیشتی", ("livelihood",)),
        ("مشاوره حقوقی", ("social",)),
        ("دارو و جراحی", ("health",)),
        ("جهیزیه، یخچال", ("household_goods",)),
        ("ویلچر، سمعک", ("rehabilitation",)),
        ("کار درمانی", ("rehabilitation",)),
        ("ودیعه مسکن", ("housing",)),
        ("اجارهٔ خانه", ("housing",)),
        ("وام اشتغال", ("job",)),
        ("شهریه مدرسه", ("education",)),
        ("کمک هزینه درمان و خرید یخچال", ("health", "household_goods")),
        ("۱- مسکن ۲- درمان", ("housing", "health")),
        ("آموزش\nدرمان", ("education", "health")),
        ("Job and Food", ("job", "livelihood")),
        ("household_goods; social", ("household_goods", "social")),
        ("درمان، درمان", ("health",)),
        ("توانبخشی,مسکن", ("rehabilitation", "housing")),
        ("مشاورره", ("social",)),
    ],
)
def test_clean_needs_several_in_one_cell(written: str, needs: tuple[str, ...]) -> None:
    assert cells.clean_codes(written, words.NEEDS) == (needs, ())


def test_clean_needs_unknown_part_is_named_and_left_out() -> None:
    assert cells.clean_codes("درمان؛ سفر زیارتی", words.NEEDS) == (("health",), ("سفر زیارتی",))


@pytest.mark.parametrize(
    ("written", "groups"),
    [
        ("معلول، سالمند", ("disabled", "older")),
        ("کودک کار و خیابان", ("working_child",)),
        ("زنان سرپرست خانوار و معلولین", ("woman_head", "disabled")),
        ("كودك بي سرپرست", ("child_no_guardian",)),
        ("بهبوديافته اعتياد", ("addiction_recovery",)),
        ("بيمار رواني مزمن", ("mental_illness",)),
        ("کودک بدسرپرست", ("child_unfit_guardian",)),
        ("woman head", ("woman_head",)),
    ],
)
def test_clean_groups_any_words(written: str, groups: tuple[str, ...]) -> None:
    assert cells.clean_codes(written, words.GROUPS) == (groups, ())


@pytest.mark.parametrize(
    ("written", "vocabulary", "code"),
    [
        ("مؤنث", words.SEX, "female"),
        ("پسر", words.SEX, "male"),
        ("F", words.SEX, "female"),
        ("خود سرپرست", words.RELATION, "head"),
        ("پدر همسر", words.RELATION, "other"),
        ("مادربزرگ", words.RELATION, "grandparent"),
        ("از کار افتاده", words.JOB_STATUS, "unable"),
        ("خانه دار", words.JOB_STATUS, "homemaker"),
        ("دانش‌آموز", words.JOB_STATUS, "pupil"),
        ("فاقد مسکن", words.TENURE, "homeless"),
        ("مستأجر", words.TENURE, "rented"),
        ("فوق لیسانس", words.EDUCATION, "postgraduate"),
        ("کارشناسی", words.EDUCATION, "bachelor"),
        ("بی سواد", words.EDUCATION, "none"),
        ("صوت و گفتار", words.DISABILITY_TYPE, "speech"),
        ("خیلی شدید", words.DISABILITY_SEVERITY, "very_severe"),
        ("ژنتیکی", words.CAUSES, "hereditary"),
    ],
)
def test_clean_code_any_words(written: str, vocabulary: words.Vocabulary, code: str) -> None:
    assert cells.clean_code(written, vocabulary) == (code, None)


def test_clean_code_unknown_is_left_out() -> None:
    assert cells.clean_code("قرمز", words.SEX) == ("", "unknown_value")


@given(st.text(max_size=30) | st.floats() | st.integers() | st.dates() | st.booleans() | st.none())
def test_clean_anything_never_fails(value: object) -> None:
    cells.clean_text(value)
    cells.clean_name(value)
    cells.clean_file_number(value)
    cells.clean_identity(value)
    cells.clean_birth_date(value, today=TODAY)
    cells.clean_mobile(value)
    cells.clean_postal_code(value)
    cells.clean_iban(value)
    cells.clean_amount(value, unit="toman")
    cells.clean_decile(value)
    cells.clean_codes(value, words.NEEDS)


@pytest.mark.parametrize("sign", ["t", " ", "\u200c", "¬", "-", "۱", "1,", " - ", "\t", "ی\u0654"])
def test_clean_cell_of_a_hundred_thousand_signs_takes_no_time(sign: str) -> None:
    test_clean_anything_never_fails.hypothesis.inner_test(f"۱{sign * 100_000}۲")


def test_clean_name_keeps_spelling_and_drops_stray_signs() -> None:
    assert cells.clean_name(" آمنه‌ 2") == "آمنه"
    assert cells.clean_name("كاظمي  نژاد") == "کاظمی نژاد"
    assert cells.clean_name("123") == ""


def test_clean_file_number_is_as_written_in_latin_digits() -> None:
    assert cells.clean_file_number(1008.0) == "1008"
    assert cells.clean_file_number(" ۱۰۰۸/ب ") == "1008/ب"


def test_county_keys_find_the_county_in_longer_names() -> None:
    assert "پاکدشت" in cells.county_keys("شهرستان پاكدشت")
    assert "پاکدشت" in cells.county_keys("تهران - پاکدشت")
    assert "2313" in cells.county_keys("۲۳۱۳")
    assert "پاکدشت" not in cells.county_keys("ورامین")


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("فاطمه زهرا کاظمی نژاد", "فاطمه زهرا", "کاظمی نژاد"),
        ("فاطمه‌زهرا کاظمی‌نژاد", "فاطمه‌زهرا", "کاظمی‌نژاد"),
        ("علی رضایی", "علی", "رضایی"),
        ("سید محمد رضا موسوی", "سید محمد رضا", "موسوی"),
        ("محمد حسین پور", "محمد", "حسین پور"),
        ("فاطمه محمدی تهرانی", "فاطمه", "محمدی تهرانی"),
        ("رضا پور حسن", "رضا", "پور حسن"),
        ("کاظمی، فاطمه", "فاطمه", "کاظمی"),
        ("آقای رضا مرادی", "رضا", "مرادی"),
        ("مریم السادات حسینی", "مریم السادات", "حسینی"),
        ("علی اکبر قره داغی", "علی اکبر", "قره داغی"),
        ("Ali Rezaei", "Ali", "Rezaei"),
        ("سید رضا", "سید رضا", ""),
        ("زهرا", "زهرا", ""),
    ],
)
def test_split_full_name_by_rule(written: str, first: str, last: str) -> None:
    assert split_full_name(written) == (first, last)


@pytest.mark.parametrize(
    "written",
    ["28-Oct-82", "متولد ۱۳۶۱/۰۸/۰۶", "1361/08/06 ه.ش", "روز 6 ماه 8 سال 1361"],
)
def test_clean_birth_date_with_silent_words_or_english_month_is_read(written: str) -> None:
    assert cells.clean_birth_date(written, today=TODAY) == (BORN, None)


def test_clean_codes_and_that_hangs_on_the_next_need_loses_none() -> None:
    assert cells.clean_codes("شغل ومسکن ودرمان", words.NEEDS) == (("job", "housing", "health"), ())
    assert cells.clean_codes("وزن", words.SEX) == ((), ("وزن",))


@pytest.mark.parametrize(("written", "rials"), [("500", 5_000_000), ("500 تومان", 5_000), ("2 میلیون", 20_000_000)])
def test_clean_amount_scale_of_the_heading_counts_unless_the_cell_says_itself(written: str, rials: int) -> None:
    assert cells.clean_amount(written, unit="toman", scale=1000) == (rials, None)
