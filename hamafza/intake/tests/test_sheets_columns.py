import pytest
from django.utils.translation import override

from hamafza.intake.sheets.columns import Mapping, faults_in, meaning_of, propose_mapping, signature
from hamafza.intake.sheets.header import find_header
from hamafza.intake.sheets.phrases import IGNORED, PHRASES


@pytest.mark.parametrize(
    ("heading", "meaning"),
    [
        ("کدملی", "identity_number"),
        ("شماره ملی", "identity_number"),
        ("کد  ملّی", "identity_number"),
        ("كد ملي مددجو", "identity_number"),
        ("National ID", "identity_number"),
        ("NID", "identity_number"),
        ("Client's National ID", "identity_number"),
        ("کد ملی ۱۰ رقمی", "identity_number"),
        ("شمارۀ شناسنامه", IGNORED),
        ("کد ملی سرپرست", "head_identity"),
        ("کدملی سرپرست خانواده", "head_identity"),
        ("کد ملی پدر", IGNORED),
        ("کد ملی همسر", IGNORED),
        ("نام", "first_name"),
        ("نام مددجو", "first_name"),
        ("نام خانوادگی", "last_name"),
        ("نام‌خانوادگي مددجو", "last_name"),
        ("نام پدر", "father_name"),
        ("نام مادر", IGNORED),
        ("نام و نام خانوادگی", "full_name"),
        ("نام و نام خانوادگی مددجو", "full_name"),
        ("نام شهرستان", "county"),
        ("تاریخ تولد (شمسی)", "born_on"),
        ("DOB", "born_on"),
        ("تاریخ تولد سرپرست", IGNORED),
        ("تاریخ تشکیل پرونده", IGNORED),
        ("تلفن همراه سرپرست", "mobile"),
        ("آدرس سرپرست", "address"),
        ("خدمات درخواستی", "needs"),
        ("دهک معیشتی", "decile"),
        ("تلفن ثابت", IGNORED),
        ("آدرس دقیق محل سکونت فعلی", "address"),
        ("کدپستی", "postal_code"),
        ("شماره شبا (IR)", "iban"),
        ("نوع و شدت معلولیت", "disability_type"),
        ("شدت معلوليت", "disability_severity"),
        ("مبلغ درآمد ماهیانه خانوار به تومان", "income"),
        ("نیازهای ضروری مددجو", "needs"),
        ("علت نیازمندی", "causes"),
        ("نیاز ۲", "needs"),
        ("وضعیت مسکن", "tenure"),
        ("Relation to head of household", "relation"),
        ("بعد خانوار", IGNORED),
        ("کد محلی", ""),
        ("رنگ مورد علاقه", ""),
        ("", ""),
    ],
)
def test_meaning_of_heading_in_any_words(heading: str, meaning: str) -> None:
    assert meaning_of(heading)[0] == meaning


def test_phrases_belong_to_one_meaning_each() -> None:
    known = {(meaning_of(phrase)[0], meaning) for meaning, said in PHRASES.items() for phrase in said}
    assert known == {(meaning, meaning) for meaning in PHRASES}


def meanings(header: list[str], rows: list[list[object]] | None = None) -> list[str]:
    return [column.meaning for column in propose_mapping(header, rows or []).columns]


def test_propose_mapping_takes_the_unit_from_heading_or_cells() -> None:
    def unit(heading: str, *cells: object) -> str:
        return propose_mapping([heading], [[cell] for cell in cells]).columns[0].unit

    assert unit("درآمد (تومان)") == "toman"
    assert unit("درآمد به ریال") == "rial"
    assert unit("درآمد", "۵۰۰ تومان", "۶۰۰ تومان", "") == "toman"
    assert unit("درآمد", 5000.0) == "rial"


def test_propose_mapping_unknown_headings_are_known_by_their_cells() -> None:
    rows = [
        ["0099603081", "09123456789", "1361/8/6", "x", 657975435.0],
        ["۰۷۹۷۱۱۴۷۱۸", "9123456780", "۱۳۷۰/۱/۲", "y", 797114718.0],
        ["0321223306", "09123456781", "1355-02-03", "z", 321223306.0],
    ]
    assert meanings(["", "الف", "ب", "ج", "د"], rows) == ["identity_number", "mobile", "born_on", "", ""]


def test_propose_mapping_plain_telephone_is_the_mobile_when_its_cells_are() -> None:
    mobiles: list[list[object]] = [["09123456789"], ["9123456780"], ["02188776655"]]
    assert meanings(["شماره تماس"], mobiles) == ["mobile"]
    assert meanings(["شماره تماس", "موبایل"], mobiles) == ["", "mobile"]
    assert meanings(["تلفن"], [["02188776655"], ["02188776656"], ["02188776657"]]) == [""]


def test_propose_mapping_one_row_for_each_household_puts_the_head_in_place() -> None:
    header = ["شماره پرونده", "نام سرپرست", "نام خانوادگی سرپرست", "کد ملی سرپرست"]
    assert meanings(header) == ["file_number", "first_name", "last_name", "identity_number"]
    assert meanings([*header, "نام", "کد ملی"]) == [
        "file_number",
        "",
        "",
        "head_identity",
        "first_name",
        "identity_number",
    ]


def test_propose_mapping_birth_parts_count_only_together() -> None:
    assert meanings(["نام", "روز تولد", "ماه تولد", "سال تولد"])[1:] == ["birth_day", "birth_month", "birth_year"]
    assert meanings(["نام", "سال تولد"]) == ["first_name", ""]
    assert meanings(["نام", "تاریخ تولد", "سال"]) == ["first_name", "born_on", ""]


def test_propose_mapping_of_two_like_headings_keeps_the_first() -> None:
    assert meanings(["نام", "نام", "نیاز ۱", "نیاز ۲"]) == ["first_name", "", "needs", "needs"]


def test_mapping_comes_back_from_json_unchanged() -> None:
    mapping = propose_mapping(["نام", "درآمد (تومان)", "؟"], [])
    assert Mapping.from_json(mapping.to_json()) == mapping


def test_corrected_mapping_is_remembered_when_columns_move() -> None:
    header = ["نام", "کد", "درآمد"]
    corrected = propose_mapping(header, []).with_meanings({1: "file_number", 0: ""}, units={2: "toman"})
    moved = ["درآمد", "كد", "نام", "نام پدر"]
    proposed = propose_mapping(moved, [], corrected)
    assert [(column.meaning, column.unit) for column in proposed.columns] == [
        ("income", "toman"),
        ("file_number", ""),
        ("", ""),
        ("father_name", ""),
    ]


def test_signature_is_the_same_for_the_same_headings_in_any_order_and_spelling() -> None:
    assert signature(["کد ملی", "نام", ""]) == signature(["نام", "كدملي"])
    assert signature(["کد ملی", "نام"]) != signature(["کد ملی", "نام پدر"])


def test_faults_in_mapping_without_names_or_with_doubles_say_so() -> None:
    mapping = propose_mapping(["کد ملی", "الف", "نیاز"], [])
    with override("en"):
        assert faults_in(mapping) == [
            "No column holds a name. Say which column is the first name, the last name or both."
        ]
        doubled = mapping.with_meanings({0: "last_name", 1: "last_name"})
        assert faults_in(doubled) == [
            "Two columns have one meaning, Last name: «کد ملی»، «الف». Keep one and leave out the other."
        ]
    assert faults_in(mapping.with_meanings({0: "last_name"})) == []


def test_find_header_under_titles_and_blanks() -> None:
    rows: list[list[object]] = [
        ["فهرست مددجویان شهرستان"],
        [],
        ["تاریخ: ۱۴۰۴/۰۸/۰۱"],
        ["ردیف", "نام", "کد ملی"],
        [1.0, "علی", ""],
    ]
    header = find_header(enumerate(rows, 1))
    assert header is not None
    assert (header.row, header.names) == (4, ("ردیف", "نام", "کد ملی"))


def test_find_header_of_two_rows_reads_group_and_part_together() -> None:
    rows: list[list[object]] = [
        ["ردیف", "مشخصات فردی", "", "تاریخ تولد", "", "", "نشانی"],
        ["", "نام", "نام خانوادگی", "روز", "ماه", "سال", ""],
        [1.0, "علی", "رضایی", 6.0, 8.0, 1361.0, "پاکدشت"],
    ]
    header = find_header(enumerate(rows, 1))
    assert header is not None
    assert header.row == 2
    assert meanings(list(header.names)) == [
        "",
        "first_name",
        "last_name",
        "birth_day",
        "birth_month",
        "birth_year",
        "address",
    ]


def test_find_header_in_plain_data_finds_none() -> None:
    assert find_header([(1, ["علی", "رضایی", "سرپرست", "معلول"]), (2, ["زهرا", "رضایی", "همسر", "سالمند"])]) is None


def test_propose_mapping_sheet_of_heads_reads_all_columns_as_the_person() -> None:
    header = ["کد خانوار", "نام و نام خانوادگی سرپرست", "تاریخ تولد سرپرست", "موبایل سرپرست", "آدرس سرپرست"]
    meanings = [column.meaning for column in propose_mapping(header, []).columns]
    assert meanings == ["file_number", "full_name", "born_on", "mobile", "address"]


def test_propose_mapping_lone_name_of_several_words_is_the_full_name() -> None:
    rows = [["علی رضایی", "1"], ["زهرا کاظمی", "2"], ["حسن", "3"]]
    assert propose_mapping(["نام", "شماره پرونده"], rows).columns[0].meaning == "full_name"
    assert propose_mapping(["نام", "شماره پرونده"], [["علی", "1"]]).columns[0].meaning == "first_name"


def test_meaning_of_heading_with_a_number_at_its_end() -> None:
    assert (meaning_of("نیاز3")[0], meaning_of("need2")[0]) == ("needs", "needs")
