"""A clerk who has never seen the program: from the office's sheet to the list of those who need a job, and a person."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from hamafza.accounts.commands.demo import PASSWORD
from hamafza.core.persian import latin_digits, persian_digits
from hamafza.intake.specimen import Population
from tests.browser.conftest import sign_in
from tests.browser.sheets import OWN_HEADING, correct, is_right_to_left, office_sheet, read
from tests.browser.watch import Watch

pytestmark = pytest.mark.browser

#: Reading and writing are the worker's; it looks for work every second.
WORKER_MILLISECONDS = 60_000
EXPECTED = {(422, "/accounts/sign-in/"), (409, "/edit/")}


def test_clerk_walks_from_the_sheet_to_the_list_and_a_person(
    new_context: Callable[..., BrowserContext], tmp_path: Path
) -> None:
    context = new_context()
    watch = Watch(expected=set(EXPECTED)).over(context)
    page = context.new_page()
    people, key = office_sheet(tmp_path / "مددجویان پاکدشت.xlsx")

    signs_in_after_a_wrong_password(page)
    sends_the_sheet(page, tmp_path / "مددجویان پاکدشت.xlsx")
    corrects_a_column(page)
    sees_the_preview(page, key)
    imports(page)
    sees_the_result(page, key)
    corrects_refused_rows_and_sends_them_again(page, key, tmp_path)
    decides_a_duplicate(page)
    lists_who_needs_a_job(page)
    saves_the_list(page)
    takes_the_list_to_excel_and_paper(page, tmp_path)
    opens_somebody_by_a_misspelt_name(page, people)
    asks_for_a_masked_number(page, people)
    meets_a_colleague_in_the_same_record(page, new_context, watch)
    reads_the_history(page)
    changes_the_language_and_back(page)
    signs_out(page)
    context.close()
    assert not watch.seen, "\n".join(watch.seen)


def heading(page: Page, text: str) -> None:
    expect(page.locator("h1")).to_contain_text(text)


def number_on_card(page: Page, label: str) -> str:
    card = page.locator(".number-card", has=page.get_by_text(label, exact=True))
    return card.locator(".number-value").inner_text().strip()


def shown_count(page: Page) -> int:
    return int(re.sub(r"\D", "", latin_digits(page.locator("#count").inner_text())))


def signs_in_after_a_wrong_password(page: Page) -> None:
    sign_in(page, "madadkar", "غلط-غلط-غلط")
    expect(page.get_by_role("alert")).to_contain_text("گذرواژه")
    assert page.input_value("[name=username]") == "madadkar"
    page.fill("[name=password]", PASSWORD)
    page.get_by_role("button", name="ورود").click()
    expect(page).to_have_url(re.compile(r"/board/"))
    heading(page, "پاکدشت")


def sends_the_sheet(page: Page, path: Path) -> None:
    page.locator("aside.sidebar").get_by_role("link", name="صفحه‌گسترده‌ها").click()
    page.get_by_role("link", name="ورود صفحه‌گسترده").first.click()
    chooses_the_file(page, path)


def chooses_the_file(page: Page, path: Path) -> None:
    page.set_input_files("[name=file]", path)
    expect(page.locator("[data-drop-name]")).to_contain_text(path.name)
    page.get_by_role("button", name="ادامه").click()
    heading(page, "معنای ستون‌ها")


def corrects_a_column(page: Page) -> None:
    column = page.get_by_label(OWN_HEADING, exact=True)
    if not column.is_visible():
        page.locator("details.left-out summary").click()
    column.select_option("father_name")
    page.get_by_role("button", name="خواندن ردیف‌ها").click()
    expect(page.locator("h1")).to_contain_text("با ورود این فایل چه می‌شود", timeout=WORKER_MILLISECONDS)


def sees_the_preview(page: Page, key: dict[str, Any]) -> None:
    counts_are(page, created=key["created"], matched=key["matched"], refused=key["refused_total"])
    expect(page.locator("main")).to_contain_text(persian_digits(str(key["rows"])))


def counts_are(page: Page, *, created: int, matched: int, refused: int) -> None:
    said = [number_on_card(page, label) for label in ("تازه", "دارای پرونده", "پذیرفته نشد")]
    assert said == [persian_digits(str(count)) for count in (created, matched, refused)]


def imports(page: Page) -> None:
    page.get_by_role("button", name=re.compile("^ورود .* ردیف")).click()
    expect(page.locator("h1")).to_contain_text("ورود فایل انجام شد", timeout=WORKER_MILLISECONDS)


def sees_the_result(page: Page, key: dict[str, Any]) -> None:
    counts_are(page, created=key["created"], matched=key["matched"], refused=key["refused_total"])
    page.locator(".number-card", has_text="دارای پرونده").click()
    assert shown_count(page) == key["matched"]
    page.go_back()


def corrects_refused_rows_and_sends_them_again(page: Page, key: dict[str, Any], folder: Path) -> None:
    page.get_by_role("link", name=re.compile("اصلاح ردیف‌های پذیرفته‌نشده")).click()
    assert shown_count(page) == key["refused_total"]
    expect(page.locator("#rows")).to_contain_text("رقم کنترل")
    with page.expect_download() as download:
        page.get_by_role("link", name="دریافت این ردیف‌ها در اکسل").click()
    download.value.save_as(folder / "refused.xlsx")
    assert is_right_to_left(folder / "refused.xlsx")
    corrected = correct(folder / "refused.xlsx", folder / "اصلاح‌شده.xlsx")
    assert corrected == key["refused_total"]
    page.get_by_role("link", name="ارسال فایل اصلاح‌شده").click()
    chooses_the_file(page, folder / "اصلاح‌شده.xlsx")
    # The office's own heading is remembered from the first time.
    expect(page.get_by_label(OWN_HEADING, exact=True)).to_have_value("father_name")
    page.get_by_role("button", name="خواندن ردیف‌ها").click()
    expect(page.locator("h1")).to_contain_text("با ورود این فایل چه می‌شود", timeout=WORKER_MILLISECONDS)
    counts_are(page, created=corrected, matched=0, refused=0)
    imports(page)
    counts_are(page, created=corrected, matched=0, refused=0)


def decides_a_duplicate(page: Page) -> None:
    page.get_by_role("link", name=re.compile("تصمیم درباره کسانی")).click()
    heading(page, "پرونده‌های احتمالاً تکراری")
    before = shown_count(page)
    page.get_by_role("button", name="یک نفرند").first.click()
    heading(page, "پرونده‌های احتمالاً تکراری")
    assert shown_count(page) == before - 1


def lists_who_needs_a_job(page: Page) -> None:
    page.get_by_role("link", name="چه کسی به چه نیاز دارد").first.click()
    everybody = shown_count(page)
    page.get_by_label("نیاز", exact=True).select_option("job")
    page.wait_for_url(re.compile("domain=job"))
    expect(page.locator(".filtered")).to_contain_text("شغل پایدار")
    of_job = shown_count(page)
    assert 0 < of_job < everybody
    page.get_by_label("بخش", exact=True).select_option(label="شریف‌آباد")
    page.wait_for_url(re.compile("district=231301"))
    page.get_by_label("شدت", exact=True).select_option("4")
    page.wait_for_url(re.compile("severity=4"))
    expect(page.locator(".filtered .filtered-item")).to_have_count(3)
    assert 0 < shown_count(page) < of_job
    page.go_back()
    expect(page.locator(".filtered .filtered-item")).to_have_count(2)
    expect(page.get_by_label("شدت", exact=True)).to_have_value("")
    page.go_forward()
    expect(page.locator(".filtered .filtered-item")).to_have_count(3)
    points = [int(latin_digits(text)) for text in page.locator("#rows .row-corner").all_inner_texts()]
    assert points == sorted(points, reverse=True)


def saves_the_list(page: Page) -> None:
    page.locator("summary", has_text="ذخیره فهرست").click()
    page.get_by_label("نام فهرست").first.fill("جویندگان شغل شریف‌آباد")
    page.locator("form.confirm-form button", has_text="ثبت").click()
    expect(page.get_by_role("navigation", name="فهرست‌های ذخیره‌شده")).to_contain_text("جویندگان شغل شریف‌آباد")
    page.get_by_role("link", name="جویندگان شغل شریف‌آباد").click()
    expect(page.locator(".filtered")).to_contain_text("شغل پایدار")


def takes_the_list_to_excel_and_paper(page: Page, folder: Path) -> None:
    count = shown_count(page)
    page.locator("summary", has_text="خروجی").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="اکسل").click()
    path = folder / "list.xlsx"
    download.value.save_as(path)
    rows = read(path)
    assert is_right_to_left(path)
    header = next(row for row in rows if "شماره پرونده" in row)
    assert header[:4] == ["ردیف", "نام", "نام پدر", "شماره پرونده"]
    body = [row for row in rows[rows.index(header) + 1 :] if row[0]]
    numbers = [row[header.index("شماره پرونده")] for row in body]
    assert len(body) == count
    # As text: a number would lose the zeros it begins with.
    assert all(isinstance(number, str) and number for number in numbers)
    page.get_by_role("link", name="نسخه چاپی").click()
    assert page.locator("table.print-table tbody tr").count() == count
    page.emulate_media(media="print")
    expect(page.locator("aside.sidebar")).to_be_hidden()
    page.emulate_media(media="screen")
    page.go_back()


def opens_somebody_by_a_misspelt_name(page: Page, people: Population) -> None:
    sought = people.clients[0]
    page.keyboard.press("/")
    page.keyboard.type(sought.first_name)
    page.keyboard.press("Enter")
    box = page.get_by_label(re.compile("نام، کد ملی")).last
    page.wait_for_url(re.compile("search"))
    by_first_name = page.url
    box.fill("")
    # A letter left out, Arabic letters, while typing.
    box.press_sequentially(f"{sought.first_name} {misspelt(sought.last_name)} {sought.father_name}", delay=30)
    found = page.locator(".search-card", has_text=re.compile(sought.last_name.replace("ی", "[یي]"))).first
    expect(page).not_to_have_url(by_first_name)
    expect(found).to_be_visible()
    assert sought.first_name not in unquote(page.url)
    found.get_by_role("link").first.click()
    heading(page, sought.first_name)
    page.go_back()
    expect(found).to_be_visible()
    # Neither the history of the browser nor what it keeps for the page holds her name.
    kept = page.evaluate("JSON.stringify({...sessionStorage, ...localStorage})")
    assert sought.first_name not in unquote(kept)
    found.get_by_role("link").first.click()
    heading(page, sought.first_name)


def misspelt(name: str) -> str:
    return (name[:2] + name[3:]).replace("ی", "ي").replace("ک", "ك")


def asks_for_a_masked_number(page: Page, people: Population) -> None:
    number = people.clients[0].identity_number
    main = page.locator("main")
    expect(main).not_to_contain_text(persian_digits(number))
    expect(main).not_to_contain_text(number)
    masked = page.locator(".masked").filter(has=page.locator("form[action$='/show/identity_number/']"))
    masked.locator("summary").click()
    masked.get_by_label("چرا به دیدن آن نیاز دارید؟").fill("برای نامه به بیمه")
    masked.get_by_role("button", name="نمایش").click()
    expect(page.locator(".masked.is-shown")).to_contain_text(re.compile(f"{number}|{persian_digits(number)}"))


def meets_a_colleague_in_the_same_record(page: Page, new_context: Callable[..., BrowserContext], watch: Watch) -> None:
    record = page.url
    page.get_by_role("link", name="ویرایش").first.click()
    edit = page.url
    other = new_context()
    watch.over(other)
    colleague = other.new_page()
    sign_in(colleague, "rais")
    expect(colleague).to_have_url(re.compile("board"))
    colleague.goto(edit)
    colleague.fill("[name=father_name]", "غلامحسین")
    colleague.locator("form[data-form] button.btn-primary").click()
    expect(colleague).to_have_url(record)
    other.close()
    page.fill("[name=father_name]", "غلامرضا")
    page.fill("[name=skills]", "خیاطی")
    page.locator("form[data-form] button.btn-primary").click()
    heading(page, "شخص دیگری هم این پرونده را تغییر داده است")
    expect(page.locator("main")).to_contain_text("غلامحسین")
    page.get_by_label(re.compile("غلامرضا")).check()
    page.locator("form[data-form] button.btn-primary").click()
    expect(page).to_have_url(record)
    expect(page.locator("main")).to_contain_text("غلامرضا")
    expect(page.locator("main")).to_contain_text("خیاطی")


def reads_the_history(page: Page) -> None:
    page.get_by_role("link", name="تاریخچه").click()
    timeline = page.locator(".timeline-list").last
    for word in ("غلامحسین", "غلامرضا", "خیاطی", "برای نامه به بیمه", "مریم رستگار", "حمیدرضا یوسفی"):
        expect(timeline).to_contain_text(word)


def changes_the_language_and_back(page: Page) -> None:
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("dir", "ltr")
    expect(page.get_by_role("link", name="History")).to_be_visible()
    page.locator("form.language button").click()
    expect(page.locator("html")).to_have_attribute("dir", "rtl")


def signs_out(page: Page) -> None:
    page.locator("details.user-menu summary").click()
    page.get_by_role("button", name="خروج").click()
    expect(page).to_have_url(re.compile("sign-in"))
    page.goto("/clients/")
    expect(page).to_have_url(re.compile("sign-in"))
