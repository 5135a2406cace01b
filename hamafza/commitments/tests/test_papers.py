"""Papers that show what a report says: opened by who takes part, and by nobody else."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.urls import reverse

from hamafza.accounts.choices import OrganizationKind, Role
from hamafza.accounts.queries.actors import actor_for
from hamafza.accounts.tests.factories import SignedIn, make_organization, make_worker
from hamafza.commitments.commands.answer import report
from hamafza.commitments.models import Commitment
from hamafza.commitments.order import Evidence, Report, Supports
from hamafza.commitments.tests.factories import Table, a_table, client_of
from hamafza.core.scope import counties
from hamafza.documents.models import Attachment
from hamafza.places.tests.factories import COUNTY, FAR_COUNTY, PROVINCE

CONTENT = b"%PDF-1.4 list of names"


def shown(table: Table, held: Commitment) -> Attachment:
    evidence = (Evidence(BytesIO(CONTENT), "فهرست.pdf"),)
    update = report(held, Report(percent=50, evidence=evidence), by=table.officer)
    return Attachment.objects.get(source_type="progressupdate", source_id=update.pk)


def address(paper: Attachment) -> str:
    return reverse("documents:attachment-download", args=[paper.source_type, paper.source_id, paper.pk])


def test_paper_is_opened_by_who_follows_up_and_who_takes_part(table: Table) -> None:
    charity = make_organization("خیریه یاور", place=COUNTY, kind=OrganizationKind.CHARITY)
    helper = actor_for(make_worker(Role.AGENCY_OFFICER, COUNTY, organization=charity))
    paper = shown(table, table.taken(supporters=(Supports(charity),)))
    for one in (table.officer, table.secretary, table.governor, helper):
        answer = client_of(one).get(address(paper))
        assert (answer.status_code, b"".join(answer)) == (200, CONTENT)


def test_record_leads_to_its_papers(table: Table) -> None:
    held = table.taken()
    paper = shown(table, held)
    page = client_of(table.secretary).get(reverse("commitments:commitment-record", args=[held.pk]))
    assert address(paper) in page.content.decode()


@pytest.mark.parametrize("role", [Role.AGENCY_OFFICER, Role.SOCIAL_WORKER, Role.AUDITOR, Role.BENEFACTOR])
def test_paper_is_not_there_for_others(table: Table, signed_in: SignedIn, role: Role) -> None:
    assert signed_in(role).get(address(shown(table, table.taken()))).status_code == 404


def test_paper_of_another_county_is_not_there(table: Table) -> None:
    with counties([FAR_COUNTY]):
        far = a_table(FAR_COUNTY)
        paper = shown(far, far.taken())
    assert [client_of(one).get(address(paper)).status_code for one in (table.secretary, table.officer)] == [404, 404]


def test_paper_of_a_closed_one_is_for_who_takes_part(table: Table, signed_in: SignedIn) -> None:
    paper = shown(table, table.taken(confidentiality="closed"))
    assert signed_in(Role.COUNTY_HEAD).get(address(paper)).status_code == 404
    assert client_of(table.officer).get(address(paper)).status_code == 200


def test_paper_of_a_province_is_kept_there(table: Table) -> None:
    with counties([PROVINCE]):
        above = a_table(PROVINCE)
        paper = shown(above, above.taken())
    assert client_of(above.officer).get(address(paper)).status_code == 200
    assert client_of(table.officer).get(address(paper)).status_code == 404


def test_nobody_adds_or_removes_papers_of_what_was_told(table: Table) -> None:
    paper = shown(table, table.taken())
    where = [paper.source_type, paper.source_id]
    for one in (table.officer, table.secretary):
        client = client_of(one)
        assert client.get(reverse("documents:attachment-add", args=where)).status_code == 404
        assert client.post(reverse("documents:attachment-remove", args=[*where, paper.pk])).status_code == 404
    paper.refresh_from_db()
    assert paper.removed_at is None
