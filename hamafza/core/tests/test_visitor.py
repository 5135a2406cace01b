"""A visitor's address: of a proxy only when it is trusted, and never what the visitor wrote herself."""

from __future__ import annotations

import pytest
from django.test import RequestFactory
from pytest_django import Settings

from hamafza.core.visitor import address_of, neighbourhood_of

PROXIES = ("127.0.0.1", "::1", "10.0.0.0/8")


@pytest.mark.parametrize(
    ("proxies", "direct", "forwarded", "expected"),
    [
        ((), "127.0.0.1", "203.0.113.9", "127.0.0.1"),
        (PROXIES, "127.0.0.1", "203.0.113.9", "203.0.113.9"),
        (PROXIES, "127.0.0.1", "198.51.100.1, 203.0.113.9", "203.0.113.9"),
        (PROXIES, "127.0.0.1", "198.51.100.1, 203.0.113.9, 10.1.2.3", "203.0.113.9"),
        (PROXIES, "192.0.2.4", "203.0.113.9", "192.0.2.4"),
        (PROXIES, "127.0.0.1", "nonsense", "127.0.0.1"),
        (PROXIES, "127.0.0.1", "203.0.113.9, nonsense", "127.0.0.1"),
        (PROXIES, "127.0.0.1", "", "127.0.0.1"),
        (PROXIES, "::1", "::ffff:203.0.113.9", "203.0.113.9"),
        (PROXIES, "", "203.0.113.9", ""),
    ],
)
def test_address_is_the_last_that_no_trusted_proxy_has(
    settings: Settings, rf: RequestFactory, proxies: tuple[str, ...], direct: str, forwarded: str, expected: str
) -> None:
    settings.HAMAFZA_PROXIES = proxies
    assert address_of(rf.get("/", REMOTE_ADDR=direct, HTTP_X_FORWARDED_FOR=forwarded)) == expected


def test_addresses_of_one_ipv6_network_are_one_neighbourhood(rf: RequestFactory) -> None:
    asked = [rf.get("/", REMOTE_ADDR=address) for address in ("2001:db8:1:2::3", "2001:db8:1:2:ffff::1", "2001:db8::1")]
    assert [neighbourhood_of(request) for request in asked] == ["2001:db8:1:2::", "2001:db8:1:2::", "2001:db8::"]


def test_address_of_ipv4_is_its_own_neighbourhood(rf: RequestFactory) -> None:
    assert neighbourhood_of(rf.get("/", REMOTE_ADDR="203.0.113.9")) == "203.0.113.9"
