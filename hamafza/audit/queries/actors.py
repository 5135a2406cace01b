"""Who an actor's label names."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db.models import Q
from django.utils.translation import gettext as _, gettext_noop

USER = "user:"
#: What the system does of itself, as a reader knows it.
SYSTEM = {
    "import": gettext_noop("import"),
    "demonstration": gettext_noop("demonstration data"),
    "installation": gettext_noop("installation"),
    "housekeeping": gettext_noop("hourly housekeeping"),
    "summaries": gettext_noop("summaries"),
}


def names_of(labels: Iterable[str]) -> dict[str, str]:
    """The names to show for labels such as ``user:<uuid>`` and ``system:import``; one query for all of them."""
    wanted = set(labels)
    users = {label: identifier for label in wanted if (identifier := _user_id(label))}
    known = get_user_model()._default_manager.in_bulk(list(users.values())) if users else {}
    people = {label: str(known[identifier]) for label, identifier in users.items() if identifier in known}
    return {label: people.get(label) or _unknown(label) for label in wanted}


def labels_like(text: str, *, limit: int = 50) -> list[str]:
    """Labels of users whose name holds ``text``, and the text itself as the name of the system's own work."""
    users = get_user_model()._default_manager.filter(Q(username__icontains=text) | Q(full_name__icontains=text))
    return [f"{USER}{pk}" for pk in users.values_list("pk", flat=True)[:limit]] + [f"system:{text}"]


def _user_id(label: str) -> UUID | None:
    try:
        return UUID(label.removeprefix(USER)) if label.startswith(USER) else None
    except ValueError:
        return None


def _unknown(label: str) -> str:
    kind, _colon, name = label.partition(":")
    if kind == "system":
        return _("The system (%(name)s)") % {"name": _(SYSTEM[name]) if name in SYSTEM else name}
    if kind == "database":
        return _("Directly in the database (%(name)s)") % {"name": name}
    return _("A removed user")
