"""Lists of allocations, payments and cards as files: by who sees the list, of her county alone, no family in them."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from hamafza.accounts.choices import Role
from hamafza.accounts.tests.factories import SignedIn
from hamafza.core.scope import counties
from hamafza.giving.tests.factories_allocation import a_payment, an_approved
from hamafza.giving.tests.factories_card import a_card, alike_needs
from hamafza.places.models import Place
from hamafza.places.tests.factories import COUNTY, FAR_COUNTY
from hamafza.registry.models import Person
from hamafza.registry.tests.factories import a_county

pytestmark = pytest.mark.django_db

FILES = ["giving:allocation-list-export", "giving:payment-list-export", "giving:card-list-export"]


def lines_of(client: Client, name: str, **asked: str) -> list[str]:
    """Of the text file, as they stand."""
    answer = client.get(reverse(name, args=["csv"]), asked)
    assert answer.status_code == 200
    return answer.content.decode("utf-8-sig").splitlines()


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("name", FILES)
def test_file_is_attached_for_who_sees_the_list(worker: Client, name: str, kind: str) -> None:
    assert worker.get(reverse(name, args=[kind]))["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("role", [Role.STOREKEEPER, Role.DELIVERER, Role.GOVERNOR_OFFICE])
def test_file_of_a_role_without_part_in_it_is_not_found(signed_in: SignedIn, role: Role, name: str) -> None:
    assert signed_in(role).get(reverse(name, args=["csv"])).status_code == 404


@pytest.mark.parametrize("name", FILES)
def test_file_of_another_county_is_not_found(worker: Client, name: str) -> None:
    a_county(FAR_COUNTY)
    assert worker.get(reverse(name, args=["csv"]), {"county": FAR_COUNTY}).status_code == 404


def test_allocations_and_payments_say_their_sums_and_hands(worker: Client) -> None:
    with counties([COUNTY]):
        payment = a_payment(an_approved(what="خرید بخاری"))
    amount = str(payment.amount)
    [allocation] = [line for line in lines_of(worker, FILES[0]) if "خرید بخاری" in line]
    [paid] = [line for line in lines_of(worker, FILES[1]) if "خرید بخاری" in line]
    assert amount in allocation
    assert amount in paid


def test_filter_of_the_list_rules_the_file(worker: Client) -> None:
    with counties([COUNTY]):
        an_approved(what="خرید بخاری")
    assert any("خرید بخاری" in line for line in lines_of(worker, FILES[0], state="approved"))
    assert not any("خرید بخاری" in line for line in lines_of(worker, FILES[0], state="proposed"))


def test_cards_name_nobody(county: Place, worker: Client) -> None:
    card = a_card(alike_needs(8)[0])
    with counties([COUNTY]):
        Person.objects.filter(household__needs__cards=card).update(last_name="طاووسی‌نیا")
    text = "\n".join(lines_of(worker, FILES[2]))
    assert card.title in text
    assert "طاووسی‌نیا" not in text


@pytest.mark.parametrize(
    ("page", "name"),
    [("allocation-list", "allocations"), ("payment-queue", "paying"), ("card-list", "cards")],
)
def test_list_offers_its_file_with_its_filter(worker: Client, page: str, name: str) -> None:
    answer = worker.get(reverse(f"giving:{page}"), {"state": "published", "all": "1"})
    assert f"{name}/export.xlsx?state=published" in answer.content.decode()
