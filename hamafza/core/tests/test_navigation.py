"""The shell's navigation: who sees what, and which entry holds the page."""

from types import SimpleNamespace

import pytest
from django.http import HttpRequest
from django.test import RequestFactory
from django.urls import path, reverse
from django.utils import translation

from hamafza.core import context, navigation
from hamafza.core.navigation import NavItem

urlpatterns = [
    path("", lambda request: None, name="first"),  # type: ignore[arg-type, return-value]
    path("clients/", lambda request: None, name="clients"),  # type: ignore[arg-type, return-value]
]
CLIENTS = NavItem("Clients", "clients", icon="users", order=2)
FIRST = NavItem("First", "first", icon="home", order=1)


@pytest.fixture
def own_addresses(settings: SimpleNamespace) -> None:
    settings.ROOT_URLCONF = __name__


def request_for(path_: str, *, signed_in: bool = True) -> HttpRequest:
    request = RequestFactory().get(path_)
    request.user = SimpleNamespace(is_authenticated=signed_in)  # type: ignore[assignment]
    return request


@pytest.mark.usefixtures("own_addresses")
def test_links_stand_in_order_and_mark_the_one_that_holds_the_page() -> None:
    links = navigation.links([CLIENTS, FIRST], request_for("/clients/"))
    assert [(link.url, link.current) for link in links] == [("/", False), ("/clients/", True)]


@pytest.mark.usefixtures("own_addresses")
def test_links_are_hidden_from_whom_they_are_not_for() -> None:
    assert navigation.links([CLIENTS], request_for("/", signed_in=False)) == []


@pytest.mark.usefixtures("own_addresses")
def test_links_of_a_page_that_is_not_mounted_are_left_out() -> None:
    assert navigation.links([NavItem("x", "nowhere", icon="x")], request_for("/")) == []


def test_every_registered_entry_leads_somewhere() -> None:
    entries = [*navigation.registry.items, *navigation.registry.user_items]
    assert all(reverse(entry.url_name) for entry in entries)


def test_every_key_goes_to_one_app() -> None:
    # Entries of one app may share a key when they are for different roles (a list, and its anonymised form).
    keys = {(entry.key, entry.url_name.partition(":")[0]) for entry in navigation.registry.items if entry.key}
    assert len(keys) == len({key for key, _ in keys})


@pytest.mark.parametrize(("language", "direction"), [("fa", "rtl"), ("en", "ltr")])
def test_page_tells_language_and_direction(language: str, direction: str) -> None:
    with translation.override(language):
        given = context.page(request_for("/"))
    assert (given["language"], given["dir"]) == (language, direction)


def test_page_of_a_request_that_failed_before_sign_in_is_drawn_for_nobody() -> None:
    shell = context.page(RequestFactory().get("/"))["shell"]
    assert (shell.signed_in, shell.user_name, shell.switch) == (False, "", None)
