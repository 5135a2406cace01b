"""One person of the plan: made from her first row, or brought up to date."""

from __future__ import annotations

from uuid import UUID

from hamafza.intake.planning.agreement import settle, settle_new
from hamafza.intake.planning.clusters import Cluster
from hamafza.intake.planning.plan import Desk
from hamafza.intake.sheets.phrases import Meaning
from hamafza.registry.choices import Relation
from hamafza.registry.models import Person

#: Field of the person -> meaning of its column.
PERSON_FIELDS = {
    "first_name": Meaning.FIRST_NAME,
    "last_name": Meaning.LAST_NAME,
    "father_name": Meaning.FATHER_NAME,
    "born_on": Meaning.BORN_ON,
    "sex": Meaning.SEX,
    "mobile": Meaning.MOBILE,
    "iban": Meaning.IBAN,
    "education": Meaning.EDUCATION,
    "job_status": Meaning.JOB_STATUS,
}


def make_person(one: Cluster, head: UUID | None, desk: Desk) -> UUID | None:
    """Put a new person on the plan; gives the head of the household as it is then."""
    row, setting = one.first, desk.setting
    person = Person(
        county_id=setting.county,
        household=one.household,
        identity_number=row.identity_number,
        relation=row.relation or Relation.OTHER,
        origin_batch=setting.batch,
        origin_row=row.row,
        created_by_id=setting.created_by,
    )
    for name, meaning in PERSON_FIELDS.items():
        settled = settle_new([getattr(other, name) for other in one.rows])
        setattr(person, name, settled.value)
        desk.warn_dissent(one.rows, settled, meaning)
    if person.relation == Relation.HEAD and head is not None:
        person.relation = Relation.OTHER
        desk.warn(row, "second_head", Meaning.RELATION)
    one.person = person
    desk.plan.persons.append(person)
    return person.pk if person.relation == Relation.HEAD else head


def match_person(one: Cluster, person: Person, head: UUID | None, desk: Desk) -> UUID | None:
    """Bring a person on file up to date; gives the head of the household as it is then."""
    for name, meaning in PERSON_FIELDS.items():
        settled = settle(getattr(person, name), [getattr(row, name) for row in one.rows])
        desk.warn_dissent(one.rows, settled, meaning)
        if settled.changed:
            _put(person, name, settled.value, one, desk)
    stated = [row.relation for row in one.rows]
    if head not in (None, person.pk):
        stated = ["" if relation == Relation.HEAD else relation for relation in stated]
    settled = settle("" if person.relation == Relation.OTHER else person.relation, stated)
    if settled.changed:
        _put(person, "relation", settled.value, one, desk)
    return person.pk if person.relation == Relation.HEAD else head


def _put(person: Person, name: str, value: object, one: Cluster, desk: Desk) -> None:
    setattr(person, name, value)
    desk.change(person, name)
    desk.mark_changed(one.rows)
