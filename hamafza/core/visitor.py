"""Where a request comes from, also behind the proxies of ``HAMAFZA_PROXIES``; the one place that reads it."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

Address = IPv4Address | IPv6Address
#: Whoever has one address of IPv6 has as many as she likes within so many bits.
IPV6_NEIGHBOURS = 64


def address_of(request: HttpRequest) -> str:
    """The visitor's address: the last one that no trusted proxy has; empty when there is none.

    A forwarded address is believed only of a trusted proxy, and only the part that trusted proxies have written: what
    stands before it the visitor may have written herself.
    """
    named = [str(request.META.get("REMOTE_ADDR") or "")]
    named += reversed(str(request.META.get("HTTP_X_FORWARDED_FOR") or "").split(","))
    last = ""
    for text in named:
        address = _address(text)
        if address is None:
            break
        last = str(address)
        if not _is_proxy(address):
            break
    return last


def neighbourhood_of(request: HttpRequest) -> str:
    """What tries are counted by: the address, of IPv6 only the network that one subscriber has (/64)."""
    text = address_of(request)
    address = _address(text)
    if not isinstance(address, IPv6Address):
        return text
    return str(IPv6Network((address, IPV6_NEIGHBOURS), strict=False).network_address)


def _is_proxy(address: Address) -> bool:
    return any(address in ip_network(network) for network in settings.HAMAFZA_PROXIES)


def _address(text: str) -> Address | None:
    """None for what is no address; IPv4 written as IPv6 is IPv4."""
    try:
        found = ip_address(text.strip())
    except ValueError:
        return None
    return (isinstance(found, IPv6Address) and found.ipv4_mapped) or found
