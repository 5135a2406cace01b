"""Digits, amounts, dates and icons in templates: `{% load hamafza %}`.

Everything a user reads as a number or a date goes through one of these, so that no page mixes digits.
"""

import datetime
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms, template
from django.http import HttpRequest
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _, ngettext

from hamafza.core import wording

register = template.Library()

POINTING = frozenset(
    {"arrow-left", "arrow-right", "arrow-back-up", "chevron-left", "chevron-right", "login", "logout", "send"}
    | {"external-link", "list", "list-details", "list-check"}
)
RECENT_DAYS = 14
SECONDS_IN_A_MINUTE = 60


@register.filter
def digits(value: object) -> str:
    """The text with the digits of the page's language: ۱۴۰۴ on a Persian page, 1404 on an English one."""
    return wording.digits("" if value is None else str(value))


@register.filter
def number(value: int | float | Decimal | None, places: int = 0) -> str:
    """A number in groups of three: ۱۲٬۵۰۰ or 12,500. None is an empty text."""
    return "" if value is None else wording.number(value, places=places)


@register.filter
def rial(value: int | None) -> str:
    """An amount of rials with its unit: ۱۲٬۵۰۰٬۰۰۰ ریال."""
    return "" if value is None else _("%(amount)s rials") % {"amount": wording.number(value)}


@register.filter
def toman(value: int | None) -> str:
    """An amount kept in rials, said in tomans: ۱٬۲۵۰٬۰۰۰ تومان."""
    if value is None:
        return ""
    tomans = Decimal(value) / 10
    return _("%(amount)s tomans") % {"amount": wording.number(tomans, places=0 if value % 10 == 0 else 1)}


@register.filter
def percent(value: float | Decimal | None, places: int = 0) -> str:
    """A share between 0 and 1 as a percentage: 0.42 is ۴۲٪."""
    return "" if value is None else wording.percent(value, places=places)


@register.filter
def jalali(value: datetime.date | datetime.datetime | None) -> SafeString | str:
    """A date as day-month-year in digits, with the weekday and the month's name on hover; a moment also has its time."""
    if value is None:
        return ""
    return _time_element(value, text=wording.short_date(value))


@register.filter
def jalali_long(value: datetime.date | datetime.datetime | None) -> SafeString | str:
    """A date in words: ۳ آبان ۱۴۰۴, with the weekday on hover."""
    if value is None:
        return ""
    return _time_element(value, text=wording.long_date(value))


@register.filter
def since(value: datetime.date | datetime.datetime | None) -> str:
    """Near dates in words, such as "three days ago": two weeks back and ahead, else nothing; stands beside a date."""
    if value is None:
        return ""
    days = (timezone.localdate() - wording.day_of(value)).days
    if days == 0:
        return _("today")
    if days == 1:
        return _("yesterday")
    if days == -1:
        return _("tomorrow")
    if abs(days) > RECENT_DAYS:
        return ""
    if days > 0:
        return ngettext("%(count)s day ago", "%(count)s days ago", days) % {"count": wording.number(days)}
    return ngettext("in %(count)s day", "in %(count)s days", -days) % {"count": wording.number(-days)}


@register.filter
def days(value: int | None) -> str:
    """A number of days with its unit: ۴۲ روز."""
    if value is None:
        return ""
    return ngettext("%(count)s day", "%(count)s days", value) % {"count": wording.number(value)}


@register.filter
def time_left(seconds: float | None) -> str:
    """How long something still takes, roughly: "about 2 minutes left"."""
    if seconds is None:
        return ""
    if seconds < SECONDS_IN_A_MINUTE:
        return _("less than a minute left")
    minutes = round(seconds / SECONDS_IN_A_MINUTE)
    return ngettext("about %(count)s minute left", "about %(count)s minutes left", minutes) % {
        "count": wording.number(minutes)
    }


@register.filter
def ltr(value: object) -> SafeString | str:
    """A code, phone or account number that reads left to right inside Persian text; digits are of the language.

    A code with Latin letters keeps its Latin digits: one kind of writing in one code.
    """
    if value is None or value == "":
        return ""
    return format_html('<bdi dir="ltr" class="code">{}</bdi>', wording.code(str(value)))


@register.filter
def masked(value: object, shown: int = 3) -> SafeString | str:
    """A secret with only its last characters left: •••••••۴۱۲."""
    if value is None or value == "":
        return ""
    text = str(value)
    kept = text[-shown:] if shown and len(text) > shown else ""
    return format_html(
        '<bdi dir="ltr" class="code"><span aria-hidden="true">{}</span><span class="visually-hidden">{}</span>{}</bdi>',
        "•" * (len(text) - len(kept)),
        _("hidden, ends in") if kept else _("hidden"),
        wording.digits(kept),
    )


@register.simple_tag
def icon(name: str, extra_class: str = "") -> SafeString:
    """An outline icon from the built sprite; an ornament beside a word, never instead of one. Pointing icons mirror."""
    classes = " ".join(part for part in ("icon", "icon-mirror" if name in POINTING else "", extra_class) if part)
    return format_html(
        '<svg class="{}" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        classes,
        static("vendor/icons.svg"),
        name,
    )


@register.simple_tag(takes_context=True)
def url_with(context: Mapping[str, Any], **changes: object) -> str:
    """The query of this page with some parameters set; an empty value or None takes a parameter out.

    `{% url_with sort="-score" after=None %}` gives `?domain=job&sort=-score`.
    """
    request: HttpRequest = context["request"]
    query = request.GET.copy()
    for name, value in changes.items():
        if value is None or value == "":
            query.pop(name, None)
        else:
            query[name] = str(value)
    return f"?{query.urlencode()}" if query else "?"


@register.simple_tag(takes_context=True)
def besides(context: Mapping[str, Any], form: forms.Form) -> list[tuple[str, str]]:
    """What the address says besides the filters of ``form`` (the place, the order): it goes along when the form is sent.

    Left out is how far the list was read on: other filters begin at its head.
    """
    request: HttpRequest = context["request"]
    asked = {form.add_prefix(name) for name in form.fields} | {"after"}
    return [(name, value) for name, values in request.GET.lists() if name not in asked for value in values]


@register.simple_tag(takes_context=True)
def sort_link(context: Mapping[str, Any], key: str, label: str) -> SafeString:
    """The head of a sortable column: a link that sorts by `key`, and the other way when it already does."""
    request: HttpRequest = context["request"]
    now = request.GET.get("sort") or str(context.get("sort") or "")
    rising, falling = now == key, now == f"-{key}"
    arrow = icon("chevron-up") if rising else icon("chevron-down") if falling else icon("arrows-sort")
    said = _("sorted, lowest first") if rising else _("sorted, highest first") if falling else ""
    return format_html(
        '<a class="sort{}" href="{}">{}{}{}</a>',
        " is-sorted" if said else "",
        url_with(context, sort=f"-{key}" if rising else key, after=None),
        label,
        arrow,
        format_html('<span class="visually-hidden">({})</span>', said) if said else "",
    )


def _time_element(value: datetime.date | datetime.datetime, *, text: str) -> SafeString:
    return format_html(
        '<time datetime="{}" title="{}" class="date">{}</time>', value.isoformat(), wording.weekday_date(value), text
    )
