import pytest
from hypothesis import given, strategies as st

from hamafza.core import persian, rial


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("0", 0),
        ("6000000", 6_000_000),
        ("۶,۰۰۰,۰۰۰", 6_000_000),
        ("۶٬۰۰۰٬۰۰۰ ریال", 6_000_000),
        ("۶،۰۰۰،۰۰۰", 6_000_000),
        ("6.000.000", 6_000_000),
        ("6 000 000", 6_000_000),
        ("6000000.0", 6_000_000),
        ("۶۰۰٬۰۰۰ تومان", 6_000_000),
        ("600 هزار تومان", 6_000_000),
        ("2.5 میلیون تومان", 25_000_000),
        ("۲٫۵ میلیون", 2_500_000),
        ("3 میلیارد ریال", 3_000_000_000),
        ("6,000,000/-", 6_000_000),
        ("6,000,000 rial", 6_000_000),
    ],
)
def test_parse_amount_any_writing_gives_rials(written: str, amount: int) -> None:
    assert rial.parse_amount(written) == amount


@pytest.mark.parametrize("written", ["", "-", "ندارد", "-5000", "12/500", "1.5", "5 6", "1,2,3", "abc", "9" * 19])
def test_parse_amount_of_no_amount_raises(written: str) -> None:
    with pytest.raises(rial.ImpossibleAmount):
        rial.parse_amount(written)


def test_parse_amount_unit_in_the_text_wins() -> None:
    assert rial.parse_amount("500", unit="toman") == 5_000
    assert rial.parse_amount("500 ریال", unit="toman") == 500


@given(st.integers(min_value=0, max_value=10**15))
def test_parse_amount_of_grouped_amount_gives_it_back(amount: int) -> None:
    assert rial.parse_amount(rial.grouped(amount)) == amount
    assert rial.parse_amount(persian.persian_digits(rial.grouped(amount, separator="٬"))) == amount


@given(st.integers(min_value=0, max_value=10**12))
def test_to_toman_drops_the_last_digit(amount: int) -> None:
    assert rial.to_toman(amount) * rial.RIALS_IN_A_TOMAN <= amount < (rial.to_toman(amount) + 1) * 10


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (0, "صفر ریال"),
        (12_500_000, "دوازده میلیون و پانصد هزار ریال"),
        (1_000, "یک هزار ریال"),
        (121, "صد و بیست و یک ریال"),
        (2_000_000_019, "دو میلیارد و نوزده ریال"),
        (-30, "منفی سی ریال"),
    ],
)
def test_amount_in_words_reads_as_spoken(amount: int, words: str) -> None:
    assert rial.amount_in_words(amount) == words


@pytest.mark.parametrize(
    ("heading", "unit"), [("درآمد (تومان)", "toman"), ("مبلغ به ريال", "rial"), ("income IRR", "rial"), ("درآمد", "")]
)
def test_unit_in_heading_finds_the_unit(heading: str, unit: str) -> None:
    assert rial.unit_in(heading) == unit
