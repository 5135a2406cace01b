"""A county that has something on its governor's desk: commitments, notes of a meeting, families, a report, a question."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import OrganizationKind, Role
from hamafza.accounts.queries.actors import actor_for
from hamafza.accounts.tests.factories import make_organization, make_worker
from hamafza.commitments.choices import Obstacle
from hamafza.commitments.commands.answer import accept, report
from hamafza.commitments.commands.decide import verify
from hamafza.commitments.commands.give import assign, write_commitment
from hamafza.commitments.models import Commitment
from hamafza.commitments.order import Order, Report
from hamafza.core import clock
from hamafza.core.ids import uuid7
from hamafza.core.jalali import to_jalali
from hamafza.core.persian import persian_digits
from hamafza.core.scope import counties
from hamafza.councils.choices import NoteKind
from hamafza.councils.models import Council, CouncilNote, Meeting
from hamafza.desk.commands.questions import answer, ask
from hamafza.desk.commands.snapshots import take_snapshot
from hamafza.desk.cover import Cover
from hamafza.desk.models import Question, QuestionNeed, Snapshot
from hamafza.desk.periods import period_at
from hamafza.desk.row import Row, written
from hamafza.documents.commands.number import next_number
from hamafza.needs.choices import Domain
from hamafza.needs.models import Need
from hamafza.needs.queries.anonymous import Cell, anonymous_lines
from hamafza.needs.tests.factories import a_need
from hamafza.places.models import Place
from hamafza.places.tests.factories import COUNTY
from hamafza.registry.choices import Relation
from hamafza.registry.models import Household, Person
from hamafza.registry.tests.factories import a_household, a_person

#: Of one kind and severity, so that they make a row of the list without names.
ALIKE = 6
#: What is asked about a row that is of no single district.
ELSEWHERE = "رازهمه‌بخش‌ها"


def an_officer(role: Role, place: str = COUNTY, **fields: Any) -> Actor:
    return actor_for(make_worker(role, place, **fields))


def a_cover(**changes: Any) -> Cover:
    said = {"organisation": "فرمانداری شهرستان پاکدشت", "to": "رؤسای محترم دستگاه‌ها", "post": "فرماندار پاکدشت"}
    return Cover(**{**said, **changes})


def a_commitment(place: str = COUNTY, *, done: bool = False, word: str = "", **order: Any) -> Commitment:
    """Handed out and taken on, at an agency of the place; or done and verified."""
    office = make_organization(
        f"فرمانداری {word}{persian_digits(place)}", place=place, kind=OrganizationKind.GOVERNOR_OFFICE
    )
    agency = make_organization(f"اداره کار {word}{persian_digits(place)}", place=place, kind=OrganizationKind.AGENCY)
    secretary = an_officer(Role.COUNCIL_SECRETARY, place, organization=office)
    owner = an_officer(Role.AGENCY_OFFICER, place, organization=agency)
    asked = {"title": f"ده فرصت شغلی {word}".strip(), "due_on": clock.today() + timedelta(days=10), **order}
    with counties([place]):
        draft = write_commitment(place, Order(**{"issuer": office, "owner": agency, **asked}), by=secretary)
        held = accept(assign(draft, by=secretary), by=owner)
        if done:
            report(held, Report(text="انجام شد", is_claim=True), by=owner)
            held = verify(held, adequate=True, note="", by=an_officer(Role.GOVERNOR_OFFICE, place, organization=office))
        else:
            said = f"اعتبار نرسیده {word}".strip()
            report(held, Report(percent=20, obstacle=Obstacle.MONEY, obstacle_text=said), by=owner)
        held.refresh_from_db()
    return held


def a_note(text: str, *, kind: NoteKind = NoteKind.STRENGTH, place: str = COUNTY, **council: Any) -> CouncilNote:
    """Of a meeting of today."""
    office = make_organization(f"فرمانداری {persian_digits(place)}", place=place, kind=OrganizationKind.GOVERNOR_OFFICE)
    made = Council(
        **{"place_id": place, "name": f"شورای {persian_digits(str(uuid7().int))}", "secretariat": office, **council}
    )
    with counties([place]):
        made.save(force_insert=True)
        meeting = Meeting(
            place_id=place, council=made, on=clock.today(), starts_at=time(9), venue="سالن", created_at=clock.now()
        )
        meeting.save(force_insert=True)
        note = CouncilNote(place_id=place, meeting=meeting, kind=kind, text=text, at=clock.now())
        note.save(force_insert=True)
    return note


def a_snapshot(place: str = COUNTY, *, by: Actor | None = None, **cover: Any) -> Snapshot:
    """Of the running month."""
    with counties([place]):
        return take_snapshot(
            Place.objects.get(code=place), [place], period=period_at("month", clock.today()), cover=a_cover(**cover),
            by=by or an_officer(Role.GOVERNOR_OFFICE, place), key=uuid7(),
        )  # fmt: skip


def families_alike(
    place: str = COUNTY, *, domain: str = Domain.HOUSING, district: str | None = None, count: int = ALIKE, **head: Any
) -> list[tuple[Household, Person]]:
    """So many that they make a row of the list without names."""
    county = Place.objects.get(code=place)
    made = []
    for number in range(count):
        home = a_household(county=county, district_id=district, address=f"کوچه پنهان {number}", decile=1)
        names: dict[str, Any] = {name: f"{value}{number}" for name, value in head.items()}
        person = a_person(household=home, relation=Relation.HEAD, **names)
        a_need(home if domain == Domain.HOUSING else person, domain=domain, severity=4, waiting_days=100)
        made.append((home, person))
    return made


def a_row(place: str = COUNTY, *, domain: str = Domain.HOUSING, district: str | None = None) -> str:
    """The short text of the first row of the list without names: of all, or of one district."""
    only = frozenset({district}) if district else None
    with counties([place]):
        return written(anonymous_lines(place, on=clock.today(), domain=domain, districts=only)[0].cell)


def a_question(
    place: str = COUNTY, *, by: Actor | None = None, text: str = "چرا هنوز برطرف نشده است؟", district: str | None = None
) -> Question:
    """About the first row of those in need of a home."""
    asker = by or an_officer(Role.GOVERNOR_OFFICE, place)
    with counties([place]):
        return ask(place, row=a_row(place, district=district), text=text, by=asker, key=uuid7())


def a_written_question(
    county: str, need: Need, *, district: str | None = None, text: str = "چرا هنوز برطرف نشده است؟"
) -> Question:
    """Written straight into the table, about one need: a county of few families has no row to ask about."""
    number = next_number(county, "question", on=clock.today()).number
    asker = an_officer(Role.GOVERNOR_OFFICE, county)
    question = Question(
        county_id=county, number=number, jalali_year=to_jalali(clock.today()).year, domain=need.domain,
        district_id=district, row=Row(Cell(need.domain, district, need.severity), 7, 6).as_json(),
        text=text, asked_by_id=asker.user_id,
    )  # fmt: skip
    question.save(force_insert=True)
    QuestionNeed(county_id=county, question=question, need=need).save(force_insert=True)
    return question


def desk_of_each(need: Need) -> dict[str, Any]:
    """A row of each kind that an address of the desk names, in the need's county: a report, questions without and with answer.

    They are about the need's district, and one is about the whole county.
    """
    county = need.county_id
    a_commitment(county)
    a_note("همکاری خوب دستگاه‌ها و خیریه‌ها", place=county)
    with counties([county]):
        asked, answered = (a_written_question(county, need, district=need.district_id) for _each in range(2))
        elsewhere = a_written_question(county, need, text=ELSEWHERE)
        answered = answer(answered, text="زمین آماده است", by=an_officer(Role.COUNTY_HEAD, county))
    rows = {"question": asked, "answered_question": answered, "question_elsewhere": elsewhere}
    return {**rows, "snapshot": a_snapshot(county)}
