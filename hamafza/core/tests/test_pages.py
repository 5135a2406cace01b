"""Every pattern is drawn, in both languages, by the rules that hold for all pages."""

import json
import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.http import HttpResponseNotAllowed
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from persiantools.jdatetime import JalaliDate

import hamafza
from hamafza.core import navigation
from hamafza.core.bare_errors import BareErrorMiddleware
from hamafza.core.tests.gallery import settings as gallery

PACKAGE = Path(hamafza.__file__).parent
PATHS = [
    *("/", "/list/?severity=4&domain=living", "/list/empty/", "/record/", "/record/history/", "/form/", "/form/?wrong"),
    *("/wizard/", "/wizard/running/", "/document/", "/bare/", "/refused/"),
]
FORBIDDEN = re.compile(
    r'<script(?![^>]*(?:src=|type="application/json"))|\sstyle="|\son[a-z]+="|javascript:', re.IGNORECASE
)


@pytest.fixture
def visitor(settings: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> Client:
    for name in ("ROOT_URLCONF", "TEMPLATES", "MIDDLEWARE", "MESSAGE_STORAGE"):
        setattr(settings, name, getattr(gallery, name))
    monkeypatch.setattr(navigation, "registry", navigation.registry)
    return Client()


def page(visitor: Client, path: str, language: str = "fa") -> str:
    visitor.cookies["hamafza_language"] = language
    return visitor.get(path).content.decode()


@pytest.mark.parametrize("language", ["fa", "en"])
@pytest.mark.parametrize("path", PATHS)
def test_page_has_one_heading_a_title_landmarks_and_nothing_inline(visitor: Client, path: str, language: str) -> None:
    shown = page(visitor, path, language)
    assert shown.count("<h1") == 1
    assert re.search(r"<title>\s*\S.+ · ", shown)
    assert "<main class=" in shown
    assert 'class="skip-link" href="#main"' in shown
    assert not FORBIDDEN.search(shown)


@pytest.mark.parametrize(
    ("language", "direction", "styles"), [("fa", "rtl", "tabler.rtl.min"), ("en", "ltr", "tabler.min")]
)
def test_page_in_a_language_has_its_direction_and_styles(
    visitor: Client, language: str, direction: str, styles: str
) -> None:
    shown = page(visitor, "/", language)
    assert f'<html lang="{language}" dir="{direction}">' in shown
    assert f"vendor/{styles}" in shown


@pytest.mark.parametrize("path", PATHS)
def test_language_can_be_changed_on_every_page(visitor: Client, path: str) -> None:
    assert 'action="/i18n/setlang/"' in page(visitor, path)


def test_list_says_its_filters_and_how_to_take_each_away(visitor: Client) -> None:
    shown = page(visitor, "/list/?severity=4&domain=living")
    assert 'href="?domain=living"' in shown
    assert 'href="?severity=4"' in shown
    assert "بیش از ۱۰٬۰۰۰" in shown


def test_list_without_rows_gives_the_first_step(visitor: Client) -> None:
    shown = page(visitor, "/list/empty/")
    assert "<table" not in shown
    assert "ورود صفحه‌گسترده" in shown


def test_list_offers_more_as_a_plain_link(visitor: Client) -> None:
    assert re.search(r'<a\s+class="btn"\s+href="\?severity=4&amp;after=15"', page(visitor, "/list/?severity=4"))


def test_form_that_is_wrong_sums_up_its_errors_and_keeps_what_was_typed(visitor: Client) -> None:
    shown = page(visitor, "/form/?wrong")
    assert "data-error-summary" in shown
    assert 'href="#id_born_on"' in shown
    assert 'value="۱۳۶۴/۱۳/۵"' in shown
    assert 'aria-describedby="id_born_on_helptext id_born_on_error"' in shown or 'id="id_born_on_error"' in shown


def test_record_never_sends_a_masked_value(visitor: Client) -> None:
    shown = page(visitor, "/record/")
    assert "0079412345" not in shown
    assert "۰۰۷۹۴۱۲۳۴۵" not in shown


def test_message_that_can_be_undone_offers_it(visitor: Client) -> None:
    assert re.search(r'<form action="/record/" method="post">.*?واگرداندن', page(visitor, "/record/"), re.DOTALL)


def test_running_job_asks_again_and_an_ended_one_does_not(visitor: Client) -> None:
    assert 'hx-trigger="every 1s"' in page(visitor, "/wizard/running/")
    assert 'hx-trigger="every' not in page(visitor, "/wizard/")


def test_last_resort_page_is_drawn_without_request_and_settings() -> None:
    shown = render_to_string("500.html")
    assert "کار شما انجام نشد" in shown
    assert "This was not done" in shown


@pytest.mark.parametrize("name", ["400.html", "403.html", "404.html", "405.html", "429.html", "403_csrf.html"])
def test_error_page_is_drawn_without_a_request_too(name: str) -> None:
    shown = render_to_string(name)
    assert "<h1" in shown
    assert 'href="/"' in shown


def test_wrong_method_gets_a_page_and_keeps_what_is_allowed() -> None:
    middleware = BareErrorMiddleware(lambda request: HttpResponseNotAllowed(["POST"]))
    answer = middleware(RequestFactory().get("/", headers={"accept": "text/html"}))
    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert b"<h1" in answer.content


def test_every_icon_named_anywhere_is_in_the_sprite() -> None:
    known = set(json.loads((PACKAGE.parent / "frontend" / "icons.json").read_text()))
    named = {
        name
        for source in [
            *PACKAGE.glob("*/templates/**/*.html"),
            *PACKAGE.glob("*/[!t]*.py"),
            *PACKAGE.glob("*/*/[!t]*.py"),
        ]
        for name in re.findall(
            r'{% icon "([a-z0-9-]+)"|\bicon="([a-z0-9-]+)"|icon\|default:"([a-z0-9-]+)"', source.read_text()
        )
    }
    assert {name for names in named for name in names if name} <= known


def test_picker_knows_the_leap_years_of_the_server() -> None:
    script = (PACKAGE / "core/static/core/js/jalali.js").read_text()
    remainders = json.loads(re.search(r"LEAP_REMAINDERS = (\[.*?\])", script)[1])  # type: ignore[index]
    years = range(1210, 1500)
    assert [y for y in years if y % 33 in remainders] == [y for y in years if JalaliDate.is_leap(y)]


def test_own_styles_use_logical_properties_only() -> None:
    physical = re.compile(
        r"(?:^|[\s;{])(?:margin|padding|border)-(?:left|right|top|bottom)\b|(?:^|[\s;{])(?:left|right)\s*:|text-align:\s*(?:left|right)"
    )
    styles = {path.name: path.read_text() for path in (PACKAGE / "core/static/core/css").glob("*.css")}
    assert {name: physical.findall(text) for name, text in styles.items() if physical.search(text)} == {}
