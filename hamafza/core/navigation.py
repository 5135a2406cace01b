"""What the shell offers: navigation, the user's menu, the switch of duty and the search box.

Core knows no page. Each app registers what it has in its `AppConfig.ready()`, and decides with `may` who sees it:

    register(NavItem(_("Clients"), "registry:person-list", icon="users", key="c", may=rules.may_list, order=20))

`may` decides what is shown; the view behind the link decides again.
"""

from collections.abc import Callable, Sequence
from dataclasses import KW_ONLY, dataclass, field

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise

Text = str | Promise
May = Callable[[HttpRequest], bool]


def is_signed_in(request: HttpRequest) -> bool:
    """Whether somebody is signed in; true for no request that failed before sign-in was read."""
    user = getattr(request, "user", None)
    return bool(user is not None and user.is_authenticated)


@dataclass(frozen=True)
class NavItem:
    """One entry: `key` is the letter after `g`; `post` makes it a button that posts (sign out)."""

    label: Text
    url_name: str
    _: KW_ONLY
    icon: str
    key: str = ""
    may: May = is_signed_in
    order: int = 100
    post: bool = False


@dataclass(frozen=True)
class Link:
    """A `NavItem` as the shell draws it for one request."""

    label: Text
    url: str
    icon: str
    key: str
    post: bool
    current: bool


@dataclass(frozen=True)
class SwitchOption:
    """One duty or place the user may change to; `value` is posted as `duty`."""

    label: Text
    value: str
    current: bool = False


@dataclass(frozen=True)
class Switch:
    """Where the user works now, and the other places there are; posted to `url_name`."""

    label: Text
    url_name: str
    options: Sequence[SwitchOption] = ()


@dataclass
class Registry:
    """Everything the apps have registered; one for the process."""

    items: list[NavItem] = field(default_factory=list)
    user_items: list[NavItem] = field(default_factory=list)
    search: NavItem | None = None
    switch: Callable[[HttpRequest], Switch | None] = lambda request: None


registry = Registry()


def register(item: NavItem) -> None:
    """Add an entry to the side navigation."""
    registry.items.append(item)


def register_user_item(item: NavItem) -> None:
    """Add an entry to the user's menu (own sessions, sign out)."""
    registry.user_items.append(item)


def register_search(item: NavItem) -> None:
    """Name the page that answers the search box; it is sent `q` by GET."""
    registry.search = item


def register_switch(switch: Callable[[HttpRequest], Switch | None]) -> None:
    """Name the function that tells where the user works and may change to."""
    registry.switch = switch


def links(items: Sequence[NavItem], request: HttpRequest) -> list[Link]:
    """The entries this request may see, in order, with the one that holds the current page marked."""
    shown = [
        (item, url)
        for item in sorted(items, key=lambda item: item.order)
        if item.may(request) and (url := _url(item.url_name))
    ]
    current = _current([url for _, url in shown], request.path)
    return [Link(item.label, url, item.icon, item.key, item.post, url == current) for item, url in shown]


def _current(urls: Sequence[str], path: str) -> str | None:
    """The entry whose address the path begins with, the longest if there are several; the root only for itself."""
    holders = [url for url in urls if path == url or (url.strip("/") and path.startswith(url))]
    return max(holders, key=len, default=None)


def _url(name: str) -> str:
    # A page that is not mounted (a small installation, a test's own urls) has no entry; a test proves each is mounted.
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
