"""From a resolution to what is owed: the whole of a row, sent again, and bodies of the counties of a province."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from hamafza.accounts.models import Organization
from hamafza.commitments.choices import CommitmentState as S, Part
from hamafza.commitments.commands.division import set_part
from hamafza.commitments.models import Commitment, SupportField
from hamafza.commitments.queries.commitments import of_body
from hamafza.commitments.tests.factories import Table, a_table, client_of
from hamafza.core.ids import uuid7
from hamafza.core.session import Scope, narrow_to
from hamafza.councils.implementation import Share, implementation_of
from hamafza.councils.models import Resolution
from hamafza.councils.queries.resolutions import commitments_of
from hamafza.councils.tests.factories import Chamber, a_chamber
from hamafza.councils.tests.test_council_pages import owed_rows, url
from hamafza.places.tests.factories import COUNTY, PROVINCE

DAY = "۱۴۰۵/۱۲/۱"


@pytest.fixture
def secretary(chamber: Chamber) -> Client:
    return client_of(chamber.by)


@pytest.fixture
def resolution(chamber: Chamber) -> Resolution:
    return chamber.adopted(chamber.in_session())


def row(owner: Organization, title: str = "صد شغل", **more: Any) -> dict[str, str]:
    return {"owner": str(owner.pk), "title": title, "due_on": DAY} | more


def job(chamber: Chamber) -> SupportField:
    return SupportField.objects.get_or_create(code="job", defaults={"name_fa": "اشتغال", "position": 1})[0]


def test_row_says_field_helpers_priority_and_review(
    chamber: Chamber, secretary: Client, resolution: Resolution
) -> None:
    said = row(
        chamber.table.agency, field=str(job(chamber).pk), helper_1=str(chamber.table.silent.pk), share_1="زمین",
        priority="high", review_on=DAY,
    )  # fmt: skip
    page = url("resolution-commitments", resolution.pk)
    assert "More about it" in secretary.get(page, headers={"accept-language": "en"}).content.decode()
    assert secretary.post(page, owed_rows(chamber, row1=said)).status_code == 302
    made = commitments_of(resolution).get()
    helping = [(one.organization, one.share) for one in made.supporters.all()]
    assert (made.field, made.priority, helping) == (job(chamber), "high", [(chamber.table.silent, "زمین")])
    assert made.review_on == made.due_on


@pytest.mark.parametrize("wrong", ["share_alone", "twice"])
def test_helpers_that_do_not_fit_are_said_in_their_row(
    chamber: Chamber, secretary: Client, resolution: Resolution, wrong: str
) -> None:
    more = {"share_alone": {"share_1": "زمین"}, "twice": {"helper_1": str(chamber.table.agency.pk)}}[wrong]
    page = url("resolution-commitments", resolution.pk)
    answer = secretary.post(page, owed_rows(chamber, row0=row(chamber.table.agency, **more)))
    assert answer.status_code == 422
    assert list(answer.context["rows"].forms[0].errors) == ["helper_1"]
    assert answer.context["rows"].forms[0].has_more
    assert not commitments_of(resolution).exists()


def test_field_of_another_body_is_asked_about_once(chamber: Chamber, secretary: Client, resolution: Resolution) -> None:
    set_part(COUNTY, field=job(chamber), organization=chamber.table.silent, part=Part.OWNER, by=chamber.by)
    page, said = url("resolution-commitments", resolution.pk), row(chamber.table.agency, field=str(job(chamber).pk))
    sent = owed_rows(chamber, row0=said)
    asked = secretary.post(page, sent)
    assert asked.status_code == 422
    assert chamber.table.silent.name_fa in asked.content.decode()
    again = sent | {"form-0-warned": f"{job(chamber).pk}:{chamber.table.agency.pk}"}
    assert secretary.post(page, again).status_code == 302


def test_page_sent_again_with_more_rows_loses_nothing(
    chamber: Chamber, secretary: Client, resolution: Resolution
) -> None:
    page = url("resolution-commitments", resolution.pk)
    sent = owed_rows(chamber, row0=row(chamber.table.agency))
    assert [secretary.post(page, sent).status_code for _ in range(2)] == [302, 302]
    more = {f"form-2-{name}": value for name, value in row(chamber.table.silent, "ده وام").items()}
    refused = secretary.post(page, sent | more)
    assert refused.status_code == 409
    assert "ده وام" in refused.content.decode()
    changed = secretary.post(page, sent | {"form-0-title": "صد وام"})
    assert changed.status_code == 409
    assert [one.title for one in commitments_of(resolution)] == ["صد شغل"]
    anew = owed_rows(chamber, row0=row(chamber.table.silent, "ده وام"))
    assert secretary.post(page, anew | {"key": str(uuid7())}).status_code == 302
    assert commitments_of(resolution).count() == 2


def test_page_of_rows_asks_as_often_for_ten_rows_as_for_five(
    chamber: Chamber, secretary: Client, resolution: Resolution, django_assert_num_queries: Any
) -> None:
    from hamafza.councils.tests.test_council_pages import queries

    page = url("resolution-commitments", resolution.pk)
    queries(secretary, page)
    assert queries(secretary, page) == queries(secretary, f"{page}?rows=10")


def test_missing_weight_beside_given_ones_shares_the_rest() -> None:
    mixed = [Share(60, 0, S.ASSIGNED), Share(None, 100, S.VERIFIED), Share(None, 0, S.ASSIGNED)]
    assert implementation_of(mixed).percent == 20
    assert implementation_of([Share(100, 0, S.ASSIGNED), Share(None, 100, S.VERIFIED)]).percent == 50
    dropped = [Share(50, 0, S.CANCELLED), Share(25, 0, S.ASSIGNED), Share(None, 100, S.VERIFIED)]
    assert implementation_of(dropped).percent == 50


@pytest.fixture
def province(table: Table) -> Chamber:
    """A council of the province, the county open too."""
    narrow_to(Scope(frozenset({PROVINCE, COUNTY})))
    return a_chamber(a_table(PROVINCE), name="شورای استان")


def test_province_asks_a_body_of_its_county_and_it_answers(province: Chamber, table: Table, move_to: Any) -> None:
    resolution = province.adopted(province.in_session())
    page, client = url("resolution-commitments", resolution.pk), client_of(province.by)
    assert f"{table.agency.name_fa} — پاکدشت" in client.get(page).content.decode()
    assert client.post(page, owed_rows(province, row0=row(table.agency))).status_code == 302
    narrow_to(Scope(frozenset({PROVINCE, COUNTY})))
    made = Commitment.objects.get()
    assert (made.place_id, made.owner) == (PROVINCE, table.agency)
    officer = client_of(table.officer)
    assert made.title in officer.get("/commitments/mine/").content.decode()
    assert officer.get(f"/commitments/{made.pk}/").status_code == 200
    assert officer.post(f"/commitments/{made.pk}/accept/").status_code == 302
    sent = {"key": str(uuid7()), "text": "انجام شد", "is_claim": "on"}
    assert officer.post(f"/commitments/{made.pk}/report/", sent).status_code == 302
    narrow_to(Scope(frozenset({PROVINCE, COUNTY})))
    made.refresh_from_db()
    assert made.state == S.CLAIMED
    assert of_body(table.agency.pk).get() == made


def test_county_asks_no_body_of_another_county(chamber: Chamber, secretary: Client, resolution: Resolution) -> None:
    from hamafza.accounts.tests.factories import make_organization
    from hamafza.places.tests.factories import SISTER_COUNTY

    other = make_organization("اداره ورامین", place=SISTER_COUNTY)
    page = url("resolution-commitments", resolution.pk)
    assert secretary.post(page, owed_rows(chamber, row0=row(other))).status_code == 422
