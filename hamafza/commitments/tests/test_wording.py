"""What bodies write to each other names no client; nobody learns by a refusal who is on file."""

from __future__ import annotations

import pytest

from hamafza.accounts.choices import Permission, Role
from hamafza.accounts.queries.actors import actor_for
from hamafza.accounts.tests.factories import make_worker
from hamafza.commitments.commands.answer import report
from hamafza.commitments.commands.give import change_draft, write_commitment
from hamafza.commitments.commands.wording import require_no_client
from hamafza.commitments.models import Commitment
from hamafza.commitments.order import Report
from hamafza.commitments.tests.factories import Table
from hamafza.core.errors import Refusal
from hamafza.registry.tests.factories import a_household, a_person

NUMBERS = ["کد ملی ۰۴۹۹۳۷۰۸۹۹", "تماس با 0912 345 6789", "IR062960000000100324200001"]


@pytest.mark.parametrize("said", NUMBERS)
def test_numbers_of_a_person_refused_and_nothing_is_written(table: Table, said: str) -> None:
    with pytest.raises(Refusal) as refused:
        write_commitment(table.county, table.order(title=f"کمک به {said}"), by=table.secretary)
    assert (refused.value.code, refused.value.field) == ("identity", "title")
    draft = write_commitment(table.county, table.order(), by=table.secretary)
    with pytest.raises(Refusal) as refused:
        change_draft(draft, table.order(description=said), by=table.secretary)
    assert refused.value.field == "description"
    held = table.taken()
    with pytest.raises(Refusal) as refused:
        report(held, Report(percent=10, text=said), by=table.officer)
    assert refused.value.field == "text"
    assert not Commitment.objects.exclude(pk__in=[draft.pk, held.pk]).exists()


@pytest.mark.parametrize("said", ["صد میلیون ریال: ۱۰۰٬۰۰۰٬۰۰۰", "آسفالت خیابان امام", "۲۵۰۰۰ بسته"])
def test_sums_and_streets_are_words_of_work(table: Table, said: str) -> None:
    assert write_commitment(table.county, table.order(title=said), by=table.secretary).pk


def test_name_on_file_is_told_to_who_may_see_the_files_alone(table: Table) -> None:
    a_person(household=a_household(county=table.secretariat.place), first_name="زهرا", last_name="کاظمی‌نژاد")
    head = actor_for(make_worker(Role.COUNTY_HEAD, table.county))
    assert head.may(Permission.SEE_CLIENTS, table.county)
    with pytest.raises(Refusal) as refused:
        require_no_client(head, table.county, text="شغل برای زهرا کاظمی نژاد")
    assert refused.value.code == "identity"
    require_no_client(head, table.county, text="شغل برای کسی که نیست")
    for blind in (table.secretary, table.governor, table.officer):
        require_no_client(blind, table.county, text="شغل برای زهرا کاظمی نژاد")
