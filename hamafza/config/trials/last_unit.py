"""Inside the process of a trial of `givers`: every giver is a thread with a connection of its own."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from threading import Barrier
from uuid import UUID

from django.db import connection
from django.utils import timezone

from hamafza.accounts.queries.actors import system_actor
from hamafza.core.errors import Refusal
from hamafza.core.ids import uuid7
from hamafza.core.scope import counties
from hamafza.core.session import acting_as
from hamafza.giving.choices import CardState, GivingMode, ReservationState
from hamafza.giving.commands.reservations import reserve_card
from hamafza.giving.models import Benefactor, NeedCard, Reservation
from hamafza.needs.choices import Domain, NeedState
from hamafza.needs.models import Need
from hamafza.registry.models import Household

COUNTY = "2313"
GIVERS = 50
#: How often each form is sent at once.
TIMES = 5
BY = system_actor("trial")


def run_rounds(rounds: int) -> str:
    """In each round fifty givers ask at the same moment for the one unit of a need; as JSON (`givers.Race`)."""
    answers: Counter[str] = Counter()
    good = 0
    givers = _givers(GIVERS)
    start = Barrier(GIVERS)
    with ThreadPoolExecutor(GIVERS) as pool:
        for number in range(rounds):
            card = _card(number, required=1)
            said = Counter(pool.map(partial(_ask, card, start=start), givers))
            answers += said
            good += said["made"] == 1 and _reserved(card) == (1, 1)
        list(pool.map(lambda _giver: connection.close(), givers))
    return json.dumps({"rounds": rounds, "good_rounds": good, "answers": dict(answers)})


def run_submissions(forms: int) -> str:
    """Each form is sent `TIMES` times at once, then with another content; as JSON (`givers.Submissions`)."""
    one = other = 0
    [giver] = _givers(1)
    start = Barrier(TIMES)
    with ThreadPoolExecutor(TIMES) as pool:
        for number in range(forms):
            card, key = _card(number, required=TIMES), uuid7()
            send = partial(_ask, card, giver, key=key)
            said = Counter(pool.map(lambda _time, send=send: send(start=start), range(TIMES)))
            other += send(units=2) == "other_request"
            one += said["made"] == TIMES and _reserved(card) == (1, 1)
    return json.dumps({"forms": forms, "sent": forms * (TIMES + 1), "one_effect": one, "refused_other_content": other})


def _ask(
    card: NeedCard, giver: Benefactor, *, key: UUID | None = None, units: int = 1, start: Barrier | None = None
) -> str:
    if start:
        start.wait()
    reserve: Callable[[], Reservation] = partial(
        reserve_card, card, benefactor=giver, units=units, mode=GivingMode.DELIVERED, by=BY, key=key or uuid7()
    )
    try:
        with _opened():
            reserve()
    except Refusal as refusal:
        return refusal.code
    except Exception as fault:  # noqa: BLE001 - whatever it is, it is counted and shown
        sys.stderr.write(f"{fault!r}\n")
        return "error"
    return "made"


def _reserved(card: NeedCard) -> tuple[int, int]:
    """Holds of the card, and units the need says are promised; the holds are then over, so that all may hold again."""
    with _opened():
        made = Reservation.objects.filter(card=card)
        found = made.count(), Need.objects.get(cards=card).reserved
        made.update(state=ReservationState.RELEASED)
    return found


def _givers(count: int) -> list[Benefactor]:
    with _opened():
        return [Benefactor.objects.create(county_id=COUNTY, name=f"خیر {number}") for number in range(count)]


def _card(number: int, *, required: int) -> NeedCard:
    """A need with a published card, straight into the tables: the trial is about its units."""
    with _opened():
        home = Household.objects.create(county_id=COUNTY, file_number=f"R-{required}-{number}")
        need = Need.objects.create(
            county_id=COUNTY, household=home, domain=Domain.LIVELIHOOD, required=required, state=NeedState.OPEN
        )
        now = timezone.now()
        return NeedCard.objects.create(
            county_id=COUNTY, need=need, code=f"R{required}N{number}", domain=need.domain, title="بسته", story="بسته",
            state=CardState.PUBLISHED, reviewed_at=now, published_at=now,
        )  # fmt: skip


@contextmanager
def _opened() -> Iterator[None]:
    with acting_as("system:trial"), counties([COUNTY]):
        yield
