"""The way of a gift in words of the page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _, ngettext

from hamafza.core import jalali, wording
from hamafza.core.parts import Tone
from hamafza.needs.choices import Domain
from hamafza.trace.choices import Progress
from hamafza.trace.queries.promise import PromiseWay
from hamafza.trace.queries.share import StateShare
from hamafza.trace.queries.way import Part, StageLine, Way
from hamafza.trace.rules import SMALLEST_CELL

TONES: dict[Progress, Tone] = {Progress.DONE: "green", Progress.PARTLY: "blue", Progress.NEXT: "grey"}
ICONS = {Progress.DONE: "circle-check", Progress.PARTLY: "progress-check", Progress.NEXT: "clock"}


@dataclass(frozen=True)
class StageShown:
    """One step of the bar."""

    label: str
    amount: str
    when: str
    progress: str
    state: str
    tone: Tone
    icon: str


@dataclass(frozen=True)
class PartShown:
    """One thing that was given, with its bar and what is left of it."""

    title: str
    stages: list[StageShown]
    notes: list[str]


@dataclass(frozen=True)
class PromiseShown:
    """The promise that a gift keeps a part of, with the bar of all its gifts."""

    title: str
    said: str
    part: PartShown


@dataclass(frozen=True)
class WayShown:
    """What the trace page draws."""

    county: str
    purpose: str
    received_on: date
    parts: list[PartShown]
    families: str
    packages: str
    share: StateShare
    share_purpose: str
    year: str

    @property
    def share_most(self) -> int:
        """The longest bar, in rial."""
        share = self.share
        return max(share.received, share.spent, share.people_received, share.people_spent, 1)


def way_shown(way: Way, *, county: str) -> WayShown:
    purpose = str(Domain(way.purpose).label) if way.purpose else ""
    return WayShown(
        county=county,
        purpose=purpose,
        received_on=way.received_on,
        parts=[_part(part) for part in way.parts],
        families=families_in_words(way.families),
        packages=wording.number(way.packages) if way.packages and not way.few_families else "",
        share=way.share,
        share_purpose=purpose or _("all purposes"),
        year=wording.digits(str(way.share.year)),
    )


def promise_shown(promise: PromiseWay) -> PromiseShown:
    """In one sentence and a bar: 164 packages in four gifts so far, and whom they have reached."""
    sentence = ngettext(
        "With this gift the promise has brought %(what)s in %(count)s gift so far.",
        "With this gift the promise has brought %(what)s in %(count)s gifts so far.",
        promise.gifts,
    )
    title = _title(promise.part)
    said = sentence % {"what": title, "count": wording.number(promise.gifts)}
    if promise.families:
        said += " " + _("They have reached %(families)s.") % {"families": families_in_words(promise.families)}
    return PromiseShown(title=title, said=said, part=_part(promise.part))


def families_in_words(count: int) -> str:
    """How many families; a small number is said to be small (S-A11). Empty for none."""
    if not count:
        return ""
    if count < SMALLEST_CELL:
        return _("fewer than %(count)s families") % {"count": wording.number(SMALLEST_CELL)}
    return ngettext("%(count)s family", "%(count)s families", count) % {"count": wording.number(count)}


def _part(part: Part) -> PartShown:
    return PartShown(
        title=_title(part),
        stages=[_stage(part, line) for line in part.stages],
        notes=_notes(part),
    )


def _title(part: Part) -> str:
    """An item whose name begins with its unit (package, food package) says it once."""
    if part.is_money or not part.item.startswith(part.unit):
        return f"{_amount(part, part.total)} {part.item}".strip()
    return f"{wording.number(part.total)} {part.item}"


def _stage(part: Part, line: StageLine) -> StageShown:
    return StageShown(
        label=str(line.stage.label),
        amount=_amount(part, line.amount) if line.amount and part.tells(line.amount) else "",
        when=_when(line),
        progress=line.progress.value,
        state=str(line.progress.label),
        tone=TONES[line.progress],
        icon=ICONS[line.progress],
    )


def _amount(part: Part, amount: int) -> str:
    if part.is_money:
        return _("%(amount)s rials") % {"amount": wording.number(amount)}
    return f"{wording.number(amount)} {part.unit}".strip()


def _when(line: StageLine) -> str:
    if line.since is None or line.until is None or not line.amount:
        return ""
    write = _month if line.in_months else wording.short_date
    first, last = write(line.since), write(line.until)
    return first if first == last else _("%(first)s to %(last)s") % {"first": first, "last": last}


def _month(day: date) -> str:
    there = jalali.to_jalali(day)
    name = (jalali.MONTHS_FA if wording.is_persian() else jalali.MONTHS_EN)[there.month - 1]
    return f"{name} {wording.digits(str(there.year))}"


def _notes(part: Part) -> list[str]:
    notes = []
    if part.remaining and part.tells(part.total - part.remaining):
        notes.append(_("Not used yet: %(amount)s") % {"amount": _amount(part, part.remaining)})
    if part.refunded:
        notes.append(_("Paid back to the giver: %(amount)s") % {"amount": _amount(part, part.refunded)})
    if part.sent:
        notes.append(
            _("Gone to another county, as the giver agreed: %(amount)s") % {"amount": _amount(part, part.sent)}
        )
    if part.lost:
        notes.append(_("Spoilt or lost: %(amount)s") % {"amount": _amount(part, part.lost)})
    if part.packages and part.is_money and not part.few_families:
        notes.append(_("Packages handed out with it: %(count)s") % {"count": wording.number(part.packages)})
    return notes
