"""Pairs of files that may be one person, side by side, for a clerk to decide."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_POST, require_safe

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import actor_of, admit, load
from hamafza.audit.commands.record_read import record_reads
from hamafza.core import wording
from hamafza.core.identity import mask
from hamafza.core.persian import key
from hamafza.registry.commands.decide_duplicate import decide_duplicate, reopen_duplicate
from hamafza.registry.models import DuplicateCandidate, Person
from hamafza.registry.queries.duplicates import candidates
from hamafza.registry.rules import may_reveal
from hamafza.registry.similarity import FLOOR, REVIEW_THRESHOLD
from hamafza.registry.similarity.contacts import Match
from hamafza.registry.similarity.dates import Gap
from hamafza.registry.similarity.names import Likeness

Decision = DuplicateCandidate.Decision

#: From which score: what the filter offers.
MINIMA = (
    (REVIEW_THRESHOLD, gettext_lazy("Likely: to be reviewed")),
    (650, gettext_lazy("Very likely only")),
    (FLOOR, gettext_lazy("Also the unlikely")),
)
PARTS: dict[str, str | Promise] = {
    "prior": gettext_lazy("Before comparing"),
    "first_name": gettext_lazy("First name"),
    "last_name": gettext_lazy("Last name"),
    "order": gettext_lazy("Order of the names"),
    "father_name": gettext_lazy("Father's name"),
    "born_on": gettext_lazy("Date of birth"),
    "sex": gettext_lazy("Sex"),
    "identity_number": gettext_lazy("Identity number"),
    "mobile": gettext_lazy("Mobile"),
    "home": gettext_lazy("Address"),
    "household": gettext_lazy("Household"),
}
FOUND: dict[str, str | Promise] = {
    Likeness.EQUAL: pgettext_lazy("comparison", "the same"),
    Likeness.SOUND: pgettext_lazy("comparison", "sounds the same"),
    Likeness.SLIP: pgettext_lazy("comparison", "a slip of one letter"),
    Likeness.PART: pgettext_lazy("comparison", "one is part of the other"),
    Likeness.ALIKE: pgettext_lazy("comparison", "alike"),
    Likeness.NEIGHBOUR: pgettext_lazy("comparison", "two names that look alike"),
    Likeness.MISSING: pgettext_lazy("comparison", "missing on one side"),
    Likeness.DIFFERENT: pgettext_lazy("comparison", "different"),
    Gap.NEXT_DAY: pgettext_lazy("comparison", "one day apart"),
    Gap.SWAPPED: pgettext_lazy("comparison", "exchanged"),
    Gap.DIGIT: pgettext_lazy("comparison", "one figure apart"),
    Gap.WEEKS: pgettext_lazy("comparison", "a few weeks apart"),
    Gap.YEAR_OFF: pgettext_lazy("comparison", "another year, same day"),
    Gap.YEAR: pgettext_lazy("comparison", "only the year is the same"),
    Match.CLOSE: pgettext_lazy("comparison", "nearly the same"),
}


@dataclass(frozen=True)
class Compared:
    """One line of the comparison: what stands in either file. ``differs`` marks what to look at."""

    label: str | Promise
    a: str
    b: str
    differs: bool
    ltr: bool = False


@dataclass(frozen=True)
class Part:
    """One part of a score."""

    label: str | Promise
    found: str | Promise
    points: int


@dataclass(frozen=True)
class PairCard:
    """A pair as the page shows it."""

    id: UUID
    score: int
    a_url: str
    b_url: str
    lines: Sequence[Compared]
    parts: Sequence[Part]
    against_relative: bool
    rule: object
    decision: str
    decision_label: str
    decided_by: str


@require_safe
def duplicate_list(request: HttpRequest) -> HttpResponse:
    actor = admit(request, Permission.REVIEW_DUPLICATES)
    minimum, decision = _minimum(request.GET.get("minimum", "")), _decision(request.GET.get("decision", ""))
    page = candidates(minimum=minimum, decision=decision, after=request.GET.get("after", ""))
    record_reads(
        {person for row in page.rows for person in (row.a, row.b)},
        fields=sorted(_SEALED),
        reason=_("Compared as a possible duplicate"),
    )
    return render(
        request,
        "registry/duplicate_list.html",
        {
            "pairs": [_card(row, actor) for row in page.rows],
            "count": page.count,
            "capped": page.capped,
            "minima": [(value, label, value == minimum) for value, label in MINIMA],
            "decisions": [(value, label, value == decision) for value, label in Decision.choices],
            "next_url": f"?minimum={minimum}&decision={decision}&after={page.after}" if page.after else "",
            "query": f"?minimum={minimum}&decision={decision}",
        },
    )


@require_POST
def duplicate_decide(request: HttpRequest, pk: UUID) -> HttpResponse:
    candidate = load(request, DuplicateCandidate, pk, may=Permission.REVIEW_DUPLICATES)
    decided = decide_duplicate(candidate, decision=request.POST.get("decision", ""), by=actor_of(request))
    said = _("Noted: the same person.") if decided.decision == Decision.SAME else _("Noted: different persons.")
    messages.success(request, said, extra_tags=f"undo:{reverse('registry:duplicate-reopen', args=[pk])}")
    return redirect(_back(request))


@require_POST
def duplicate_reopen(request: HttpRequest, pk: UUID) -> HttpResponse:
    reopen_duplicate(load(request, DuplicateCandidate, pk, may=Permission.REVIEW_DUPLICATES), by=actor_of(request))
    messages.success(request, _("The decision is taken back; the pair waits again."))
    return redirect(_back(request))


_SEALED = frozenset({"identity_number", "mobile", "address"})


def _back(request: HttpRequest) -> str:
    """The list as it was filtered."""
    minimum, decision = _minimum(request.POST.get("minimum", "")), _decision(request.POST.get("list", ""))
    return f"{reverse('registry:duplicate-list')}?minimum={minimum}&decision={decision}"


def _minimum(text: str) -> int:
    return min(max(int(text), FLOOR), 1000) if text.isascii() and text.isdigit() and len(text) < 5 else REVIEW_THRESHOLD


def _decision(text: str) -> str:
    return text if text in Decision.values else str(Decision.OPEN)


def _card(row: DuplicateCandidate, actor: Actor) -> PairCard:
    stored = cast("Mapping[str, Any]", row.parts)
    return PairCard(
        id=row.pk,
        score=row.score,
        a_url=reverse("registry:person-record", args=[row.a_id]),
        b_url=reverse("registry:person-record", args=[row.b_id]),
        lines=_lines(row.a, row.b, stored.get("parts", {}), actor),
        parts=[
            Part(PARTS.get(name, name), FOUND.get(part["found"], ""), part["points"])
            for name, part in stored.get("parts", {}).items()
        ],
        against_relative=stored.get("against") == "relative",
        rule=stored.get("rule"),
        decision=row.decision,
        decision_label=row.get_decision_display(),
        decided_by=row.decided_by.full_name if row.decided_by else "",
    )


def _lines(a: Person, b: Person, found: Mapping[str, Mapping[str, Any]], actor: Actor) -> list[Compared]:
    """Sealed fields only for those who may reveal them: numbers as their masks, the address whole, since it is compared
    by reading. That a sealed field differs is the score's finding.
    """

    def differs(name: str) -> bool:
        return found.get(name, {}).get("found") not in ("equal", "missing", None)

    plain = [
        ("first_name", a.first_name, b.first_name),
        ("last_name", a.last_name, b.last_name),
        ("father_name", a.father_name, b.father_name),
        ("born_on", _day(a), _day(b)),
        ("sex", a.get_sex_display(), b.get_sex_display()),
    ]
    lines = [Compared(PARTS[name], one, other, key(one) != key(other)) for name, one, other in plain]
    if may_reveal(actor, kind="person", field="identity_number", county=a.county_id):
        lines += [
            _compared(
                "identity_number", _masked(a.identity_number), _masked(b.identity_number), differs("identity_number")
            ),
            _compared("mobile", _masked(a.mobile), _masked(b.mobile), differs("mobile")),
            Compared(PARTS["home"], _address(a), _address(b), differs("home")),
        ]
    files = wording.code(a.household.file_number), wording.code(b.household.file_number)
    heads = _head(a), _head(b)
    return [
        *lines,
        Compared(gettext_lazy("File number"), files[0], files[1], differs=files[0] != files[1], ltr=True),
        Compared(gettext_lazy("Head of household"), heads[0], heads[1], differs=key(heads[0]) != key(heads[1])),
    ]


def _compared(name: str, a: str, b: str, differs: bool) -> Compared:  # noqa: FBT001 - a value, not an option
    return Compared(PARTS[name], a, b, differs, ltr=True)


def _masked(value: str) -> str:
    return wording.digits(mask(value))


def _address(person: Person) -> str:
    return wording.digits(person.household.address)


def _day(person: Person) -> str:
    return wording.short_date(person.born_on) if person.born_on else ""


def _head(person: Person) -> str:
    return person.household.head.full_name if person.household.head else ""
