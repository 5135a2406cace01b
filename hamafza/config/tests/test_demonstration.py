"""The demonstration shows giving as it goes on at an office, and holds what the program promises."""

from collections import Counter

import pytest

from hamafza.accounts.commands.demo import make_demo_users
from hamafza.accounts.models import User
from hamafza.commitments.commands.division_fields import load_fields
from hamafza.config.demonstration_giving import make_gifts
from hamafza.config.demonstration_spending import spend_gifts
from hamafza.config.verification import Check, verify
from hamafza.core.scope import counties
from hamafza.core.session import acting_as
from hamafza.distribution.models import Delivery, Round
from hamafza.giving.commands.demo import make_demo_giving
from hamafza.giving.models import Donation, NeedCard, Pledge
from hamafza.needs.choices import Domain
from hamafza.needs.tests.factories import a_need
from hamafza.places.commands.load_places import load_occasions
from hamafza.places.tests.factories import COUNTY, make_places
from hamafza.registry.tests.factories import a_head, a_household
from hamafza.trace.models import Letter

FAMILIES = 60
#: Each of these families needs something of each.
DOMAINS = (Domain.LIVELIHOOD, Domain.HOUSEHOLD_GOODS, Domain.HEALTH, Domain.EDUCATION)


@pytest.fixture
def told(db: None) -> None:
    """A county with families in need, and what happened there."""
    place = make_places()[COUNTY]
    load_occasions()
    load_fields()
    make_demo_users(COUNTY)
    with counties([COUNTY]):
        heads = [a_head(household=a_household(county=place)) for _family in range(FAMILIES)]
        for domain in DOMAINS:
            for head in heads:
                a_need(head, domain=domain)
    tell()


def tell() -> None:
    make_demo_giving(COUNTY)
    with acting_as("system:demonstration"), counties([COUNTY]):
        make_gifts(COUNTY)
        spend_gifts(COUNTY)


def counted() -> dict[str, Counter[str]]:
    with counties([COUNTY]):
        return {
            model.__name__: Counter(model._default_manager.values_list("state", flat=True))
            for model in (Pledge, Donation, Round, NeedCard)
        }


def test_demonstration_shows_every_stage_of_giving(told: None) -> None:
    found = counted()
    assert set(found["Pledge"]) == {"active", "draft", "paused"}
    assert found["Donation"] == {"confirmed": 14, "pending": 1, "rejected": 1}
    assert found["Round"] == {"planned": 1, "out": 1, "reported": 1}
    assert found["NeedCard"] == {"published": 2}
    with counties([COUNTY]):
        assert Letter.objects.count() == 3


def test_demonstration_has_separate_hands(told: None) -> None:
    with counties([COUNTY]):
        gift = Donation.objects.filter(state="confirmed").first()
        delivery = Delivery.objects.select_related("entry__round").first()
    assert gift is not None
    assert delivery is not None
    going = delivery.entry.round
    steps = [gift.received_by_id, gift.confirmed_by_id, going.planned_by_id, going.approved_by_id, going.packed_by_id]
    names = dict(User.objects.values_list("pk", "username"))
    assert [names[step] for step in [*steps, delivery.by_id] if step] == [
        "khayyerin", "hesabdar", "madadkar", "rais", "anbardar", "tahvil",
    ]  # fmt: skip


def test_demonstration_told_twice_happens_once(told: None) -> None:
    before = counted()
    tell()
    assert counted() == before


def test_demonstration_holds_what_is_promised(told: None) -> None:
    checks: list[Check] = verify()
    # The bare county of a test has no summaries; nothing of them is promised before the first refresh.
    assert [check.faults for check in checks if check.name != "summaries"] == [[]] * (len(checks) - 1)
