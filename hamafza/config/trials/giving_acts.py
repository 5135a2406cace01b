"""How a trial of giving acts: with whose hands, on what day, and what a refusal may leave behind (nothing).

Every run happens in one transaction that is given up at its end, so that runs do not meet and nothing stays.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, ClassVar, TypeVar

from django.db import connection, transaction
from django.db.models import Max, Model, QuerySet
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant

from hamafza.accounts.actor import Actor
from hamafza.audit.models import Change
from hamafza.config.trials.giving_book import Book, differences, faults
from hamafza.config.trials.giving_stage import Office, Stage
from hamafza.core.errors import Refusal
from hamafza.core.ids import uuid7
from hamafza.core.scope import counties
from hamafza.core.session import acting_as

M = TypeVar("M", bound=Model)
T = TypeVar("T")

WHICH = st.integers(0, 40)
WHERE = st.integers(0, 1)
#: Now and then somebody who holds every duty tries to do two steps of one movement.
#: Steps that wrote something between two times of making every check of verify; the last one of a run is always made.
VERIFY_EVERY = 6
HANDS = st.sampled_from(["right", "right", "right", "jack"])


@dataclass
class Seen:
    """What all runs together have done."""

    runs: int = 0
    steps: int = 0
    done: Counter[str] = field(default_factory=Counter)
    refusals: Counter[str] = field(default_factory=Counter)
    #: How often every check of verify was made.
    verified: int = 0


class Acts(RuleBasedStateMachine):
    """The hands and eyes of the machine; the rules stand in the classes below it."""

    stage: ClassVar[Stage]
    seen: ClassVar[Seen] = Seen()

    def __init__(self) -> None:
        super().__init__()
        self.book = Book()
        self.allowed_until: date | None = None
        self.first = self.today = date.today()  # noqa: DTZ011 - the trial's own day, told to the test clock
        self.tell_day(0)
        self.open = ExitStack()
        self.open.enter_context(counties(self.stage.counties))
        self.open.enter_context(_given_up())
        for office in self.stage.offices:
            self.book.receipts[office.county] = 0
        self.looked_at, self.unverified = 0, 0
        self.seen.runs += 1

    def teardown(self) -> None:
        try:
            if self.unverified:
                self.verify()
            # Foreign keys that are looked at when a transaction ends are looked at now: this one never does.
            connection.check_constraints()
        finally:
            self.open.close()

    # --- who, where, when ---

    def office(self, where: int | Model) -> Office:
        """By its place, or the one that a row belongs to."""
        if isinstance(where, int):
            return self.stage.offices[where]
        return next(one for one in self.stage.offices if one.county == where.county_id)  # type: ignore[attr-defined]

    def tell_day(self, days: int) -> None:
        self.today += timedelta(days=days)
        self.stage.day.write_text(self.today.isoformat(), encoding="ascii")

    def pick(self, rows: Callable[[], QuerySet[M]], which: int) -> M | None:
        """One of some rows in the order they were made, in whichever of the counties."""
        found = list(rows().order_by("pk"))
        return found[which % len(found)] if found else None

    # --- acts ---

    def act(
        self, name: str, office: Office, by: Actor | str, act: Callable[[Actor], T], *, may: bool = True
    ) -> T | None:
        """Do it in the office's county. A refusal is no fault, but it leaves no trace; ``may`` False: it must be refused."""
        actor = office.hands[by] if isinstance(by, str) else by
        before = _last_change()
        try:
            with acting_as(actor.label), counties([office.county]):
                made = act(actor)
        except Refusal as refusal:
            self.seen.refusals[refusal.code] += 1
            expect(_last_change(), before, f"{name} was refused ({refusal.code}) and left something behind")
            return None
        expect(may, True, f"{name} had to be refused")
        self.seen.done[name] += 1
        return made

    def once(self, name: str, office: Office, by: Actor | str, act: Callable[..., M], *, may: bool = True) -> M | None:
        """The same with a form's key; what is sent again answers the same row and changes nothing (S-C6)."""
        key = uuid7()
        made = self.act(name, office, by, lambda actor: act(by=actor, key=key), may=may)
        if made is not None:
            before = _last_change()
            again = self.act(f"{name} again", office, by, lambda actor: act(by=actor, key=key))
            expect(again, made, f"{name}: the same form gave another row")
            expect(_last_change(), before, f"{name}: the same form had a second effect")
        return made

    # --- what holds after every step ---

    @invariant()
    def everything_agrees(self) -> None:
        """The model after every step that wrote something; the checks of verify after each `VERIFY_EVERY` of them."""
        self.seen.steps += 1
        newest = _last_change()
        if newest == self.looked_at:
            return
        self.looked_at, self.unverified = newest, self.unverified + 1
        expect(list(differences(self.book, self.stage.counties)), [], "rows that are not what the model says")
        if self.unverified >= VERIFY_EVERY:
            self.verify()

    def verify(self) -> None:
        self.unverified = 0
        self.seen.verified += 1
        expect(list(faults(self.stage.counties)), [], "faults that verify finds")


class Violation(AssertionError):
    """Something that must never be, with what it is."""


def expect(found: object, wanted: object, what: str) -> None:
    """Raise `Violation` when it is something else."""
    if found != wanted:
        raise Violation(f"{what}: {found}")


def duty(role: str, hands: str) -> str:
    """The right person's name in an office, or jack's."""
    return "jack" if hands == "jack" else role


def _last_change() -> int:
    """The newest row of the audit trail: whatever is written leaves one there."""
    newest: Any = Change._base_manager.aggregate(newest=Max("pk"))["newest"]
    return int(newest or 0)


@contextmanager
def _given_up() -> Iterator[None]:
    """A transaction of which nothing stays."""
    with transaction.atomic():
        try:
            yield
        finally:
            transaction.set_rollback(True)
