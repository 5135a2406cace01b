"""Run in a demonstration home: rows of every kind that an address of `tests/url_table.py` names; prints their keys.

The import leaves no draft, no assessment and no message behind; these are made here, in the words an office uses.
"""

from __future__ import annotations

import json
import os
import tempfile
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hamafza.config.settings")
django.setup()

from django.utils import timezone  # noqa: E402 - after Django is ready

from hamafza.accounts.models import Organization, User  # noqa: E402
from hamafza.accounts.queries.actors import actor_for, system_actor  # noqa: E402
from hamafza.audit.commands.record_read import record_read  # noqa: E402
from hamafza.commitments.tests.factories import commitments_of_each  # noqa: E402
from hamafza.commitments.tests.factories_programme import programmes_of_each  # noqa: E402
from hamafza.core.ids import uuid7  # noqa: E402
from hamafza.core.scope import counties  # noqa: E402
from hamafza.core.session import acting_as  # noqa: E402
from hamafza.councils.tests.factories import councils_of_each  # noqa: E402
from hamafza.desk.tests.factories import desk_of_each  # noqa: E402
from hamafza.distribution.tests.factories import stock_of_each  # noqa: E402
from hamafza.distribution.tests.factories_round import rounds_of_each  # noqa: E402
from hamafza.documents.commands.attach import attach_file  # noqa: E402
from hamafza.documents.owners import Record  # noqa: E402
from hamafza.giving.choices import CapacityKind, Moderation  # noqa: E402
from hamafza.giving.models import Benefactor  # noqa: E402
from hamafza.giving.tests.factories_benefactor import a_benefactor, a_capacity, a_job_offer, a_match  # noqa: E402
from hamafza.giving.tests.factories_donation import one_of_each  # noqa: E402
from hamafza.giving.tests.factories_item import an_item  # noqa: E402
from hamafza.giving.tests.factories_pledge import a_gift_for, a_pledge, weekly  # noqa: E402
from hamafza.giving.tests.factories_spending import spending_of_each  # noqa: E402
from hamafza.intake.commands.import_file import import_file  # noqa: E402
from hamafza.intake.models import ImportBatch  # noqa: E402
from hamafza.intake.specimen import Style, population, write_sheet  # noqa: E402
from hamafza.ledger.tests.factories import books_of_each  # noqa: E402
from hamafza.needs.choices import Domain, NeedState  # noqa: E402
from hamafza.needs.commands.assess import AssessmentDetails, DomainFinding, assess  # noqa: E402
from hamafza.needs.models import Assessment, Need, SavedList  # noqa: E402
from hamafza.needs.tests.factories import a_need  # noqa: E402
from hamafza.notices.commands.message import Recipient, send_message  # noqa: E402
from hamafza.notices.commands.notify import notify  # noqa: E402
from hamafza.registry.choices import (  # noqa: E402
    Cause,
    DisabilitySeverity,
    DisabilityType,
    PersonLeft,
    Relation,
    TargetGroup,
)
from hamafza.registry.models import DuplicateCandidate, Household, Person, TargetGroupMembership  # noqa: E402
from hamafza.registry.tests.factories import a_cause, a_disability, a_person  # noqa: E402
from hamafza.trace.choices import LetterKind  # noqa: E402
from hamafza.trace.commands.letters import LetterWish, write_letter  # noqa: E402
from hamafza.trace.models import Letter  # noqa: E402
from hamafza.trace.queries.thanks import thankable_benefactors  # noqa: E402

COUNTY = "2313"


def main() -> dict[str, str]:
    worker = User.objects.get(username="madadkar")
    with acting_as(f"user:{worker.pk}"), counties([COUNTY]):
        home = _household()
        head = home.head
        assert head is not None
        rows: dict[str, Any] = {"household": home, "person": head, "user": worker}
        rows |= _circumstances(home, head) | _needs(home, head, worker) | _batches(worker)
        rows |= _benefactors(rows["need"])
        rows |= _pledges(rows["benefactor"])
        rows["duplicate"] = DuplicateCandidate.objects.order_by("pk").first()
        rows["organization"] = Organization.objects.order_by("pk").first()
        rows["person_paper"] = attach_file(
            Record(county=COUNTY, title="", url=""), BytesIO(b"%PDF-1.4 paper"), name="کارت معلولیت.pdf",
            title="کارت معلولیت", source_type="person", source_id=head.pk, by=actor_for(worker),
        )  # fmt: skip
        record_read(head, fields=["mobile"], reason="برای تماس درباره آموزش خیاطی")
        rows["notice"] = notify(worker, code="needs.due", params={"count": 3}, url="/needs/due/")
        rows |= one_of_each(rows["benefactor"])
        rows |= spending_of_each(rows["benefactor"], home)
        rows |= rounds_of_each(county=COUNTY, goods="نمونه")
        rows |= stock_of_each(county=COUNTY)
        rows |= programmes_of_each(county=COUNTY)
        rows |= books_of_each(county=COUNTY)
        office, agency = (User.objects.get(username=name).organization for name in ("dabir", "helal"))
        rows |= commitments_of_each(county=COUNTY, office=office, agency=agency)
        rows |= councils_of_each(county=COUNTY)
        rows["letter"] = _letter()
        rows |= desk_of_each(rows["need"])
    return {kind: str(row.pk) for kind, row in rows.items()}


def _letter() -> Letter:
    """Thanks to somebody who gave."""
    giver = thankable_benefactors(COUNTY).first()
    assert giver is not None
    wish = LetterWish(LetterKind.THANKS, giver, timezone.localdate() - timedelta(days=365), timezone.localdate())
    return write_letter(COUNTY, wish=wish, by=system_actor("demonstration"), key=uuid7())


def _household() -> Household:
    """A large one whose head wants a job, so that its pages have something to show."""
    job = Need.objects.filter(domain=Domain.JOB, person__relation=Relation.HEAD).order_by("rank", "id")
    found = job.select_related("household__head").first()
    assert found is not None
    return found.household


def _circumstances(home: Household, head: Person) -> dict[str, Any]:
    gone = a_person(
        household=home, first_name="شهربانو", last_name=head.last_name, relation=Relation.OTHER,
        left_reason=PersonLeft.OTHER, left_on=date(2025, 3, 1),
    )  # fmt: skip
    a_disability(head, type=DisabilityType.PHYSICAL, severity=DisabilitySeverity.SEVERE, note="پس از سانحه کار")
    return {
        "other_person": gone,
        "membership": TargetGroupMembership.objects.get_or_create(
            county_id=COUNTY, person=head, group=TargetGroup.OLDER, defaults={"basis": "کارت شناسایی"}
        )[0],
        "cause": a_cause(home, cause=Cause.HEREDITARY, note="گفته خانواده"),
    }


def _needs(home: Household, head: Person, worker: User) -> dict[str, Any]:
    need = Need.objects.filter(household=home, domain=Domain.JOB).order_by("rank", "id").first()
    assert need is not None
    draft = Need.objects.filter(household=home, domain=Domain.REHABILITATION, person=head).first()
    draft = draft or a_need(head, domain=Domain.REHABILITATION, state=NeedState.DRAFT, created_by=worker)
    Need.objects.filter(pk=draft.pk).update(state=NeedState.DRAFT)
    seen = AssessmentDetails(note="خانه گرم و تمیز، درآمد نامنظم", next_due_on=timezone.localdate() + timedelta(days=9))
    findings = [DomainFinding(Domain.HOUSING, 4, note="سقف نم دارد"), DomainFinding(Domain.JOB, 5, person=head)]
    assessment: Assessment = assess(home, details=seen, findings=findings, by=actor_for(worker))
    saved = SavedList.objects.create(county_id=COUNTY, owner=worker, name="جویندگان شغل", filters={"domain": "job"})
    return {"need": need, "draft": draft, "assessment": assessment, "list": saved}


def _pledges(giver: Benefactor) -> dict[str, Any]:
    """41 packages every Thursday for a month already, and a vow that waits for its condition."""
    today = timezone.localdate()
    pledge = a_pledge(giver, schedule=weekly(today - timedelta(days=25)), intention="vow", purpose=Domain.LIVELIHOOD)
    vow = a_pledge(giver, schedule=weekly(today), quantity=10, intention="vow", condition="شفای بیمار")
    a_gift_for(pledge.instalments.order_by("due_on")[0], 41)
    return {"pledge": pledge, "vow": vow, "instalment": pledge.instalments.order_by("due_on")[1]}


def _benefactors(need: Need) -> dict[str, Any]:
    """A mosque that teaches and lends its hall, a tailor who offers jobs, and what stands in the catalogue."""
    mosque = a_benefactor("هیئت امنای مسجد حضرت ابوالفضل", kind="group", mobile="09121110022", attribution="name")
    tailor = a_benefactor("کارگاه دوخت آفتاب", kind="company", may_message=True, mobile="09121110033")
    lessons = a_capacity(mosque, description="کلاس تقویتی ریاضی و علوم", domain=Domain.EDUCATION, when="پنجشنبه‌ها عصر")
    hall = {"kind": CapacityKind.PREMISES, "description": "سالن اجتماعات برای مراسم", "moderation": Moderation.NEW}
    jobs = a_job_offer(benefactor=tailor, description="خیاط چرخ‌کار با بیمه", quantity=3, unit="نفر")
    sent = {"county": "پاکدشت", "username": "aftab"}
    return {
        "benefactor": mosque,
        "capacity": lessons,
        "new_capacity": a_capacity(mosque, **hall),
        "match": a_match(jobs, need),
        "item": an_item("برنج ایرانی ۱۰ کیلویی", unit="کیسه", perishable=True, unit_value_rial=18_500_000),
        "message": send_message(Recipient(mobile="09121110033"), "giving.sign_in.given", sent),
    }


def _batches(worker: User) -> dict[str, Any]:
    """The demonstration's own, as if the worker had brought it in, and one that waits for a word."""
    done = ImportBatch.objects.order_by("created_at").first()
    assert done is not None
    people = population(30, seed=77, faults=1, repeated=2)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "فهرست شریف‌آباد.xlsx"
        write_sheet(path, people, Style(titles=2, totals=True))
        waiting = import_file(COUNTY, path=path, by=system_actor("demonstration"), dry_run=True)
    ImportBatch.objects.filter(pk__in=[done.pk, waiting.pk]).update(created_by=worker)
    return {"batch": done, "waiting_batch": waiting}


if __name__ == "__main__":
    print(json.dumps(main()))
