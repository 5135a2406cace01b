"""What the program knows of open needs for their cards, in bands (`anonymity`); a few queries for a whole county."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import Q

from hamafza.core import clock
from hamafza.core.persian import key
from hamafza.giving.anonymity import ADULT_AT, NeedFacts, age_band, amount_band, size_band
from hamafza.needs.choices import STANDING_STATES, Domain
from hamafza.needs.models import Need
from hamafza.registry.choices import SPECIAL_GROUPS, Relation, TargetGroup
from hamafza.registry.models import Disability, Person, TargetGroupMembership

#: Fields of help that tell of the special class by themselves.
SPECIAL_DOMAINS = frozenset({Domain.SOCIAL})
#: Groups that a card may name, the most telling last.
NAMED_GROUPS = (TargetGroup.WOMAN_HEAD, TargetGroup.OLDER, TargetGroup.DEPRIVED)


@dataclass(slots=True)
class _Member:
    born_on: date | None
    sex: str
    is_head: bool
    groups: set[str] = field(default_factory=set)


def need_facts(county: str, *, domain: str = "") -> list[NeedFacts]:
    """Every standing need of a county (which must be open), of one domain when it is named."""
    needs = Need.objects.filter(county_id=county, state__in=sorted(STANDING_STATES))
    if domain:
        needs = needs.filter(domain=domain)
    rows = list(needs.order_by("id").values_list("pk", "household_id", "person_id", "domain", "item", "estimated_rial"))
    members = _members(county, {household for _pk, household, *_rest in rows})
    on = clock.today()
    return [
        _facts(pk, household, person, (of, key(item), rial), members[household], on)
        for pk, household, person, of, item, rial in rows
    ]


def _facts(
    pk: UUID,
    household: UUID,
    person: UUID | None,
    what: tuple[str, str, int | None],
    members: dict[UUID, _Member],
    on: date,
) -> NeedFacts:
    domain, item, rial = what
    head = next((member for member in members.values() if member.is_head), None)
    owner = members.get(person) if person else head
    age = _age(owner.born_on, on) if owner and owner.born_on else None
    return NeedFacts(
        need=pk,
        household=household,
        domain=domain,
        item=item,
        amount=amount_band(rial),
        group=next((group for group in NAMED_GROUPS if owner and group in owner.groups), ""),
        size=size_band(len(members)),
        age=age_band(age),
        sex=owner.sex if owner else "",
        special=_is_special(domain, owner, head, members.values() if person is None else (), age),
    )


def _is_special(
    domain: str, owner: _Member | None, head: _Member | None, others: Iterable[_Member], age: int | None
) -> bool:
    """Of a person's need she and her head of household count, of a household's need everybody in it."""
    concerned = [one for one in (owner, head, *others) if one]
    is_minor = age is not None and age < ADULT_AT
    return (
        domain in SPECIAL_DOMAINS or is_minor or owner is None or any(one.groups & SPECIAL_GROUPS for one in concerned)
    )


def _members(county: str, households: Collection[UUID]) -> defaultdict[UUID, dict[UUID, _Member]]:
    found: defaultdict[UUID, dict[UUID, _Member]] = defaultdict(dict)
    by_person: dict[UUID, _Member] = {}
    present = Person.objects.filter(county_id=county, left_on=None, merged_into=None)
    rows = present.values_list("pk", "household_id", "born_on", "sex", "relation")
    for pk, household, born_on, sex, relation in rows:
        if household in households:
            by_person[pk] = found[household][pk] = _Member(born_on, sex, relation == Relation.HEAD)
    in_force = Q(valid_to=None) | Q(valid_to__gte=clock.today())
    groups = TargetGroupMembership.objects.filter(in_force, county_id=county).values_list("person_id", "group")
    for person, group in groups:
        if person in by_person:
            by_person[person].groups.add(group)
    for person in Disability.objects.filter(county_id=county).values_list("person_id", flat=True):
        if person in by_person:
            by_person[person].groups.add(TargetGroup.DISABLED)
    return found


def _age(born_on: date, on: date) -> int:
    return on.year - born_on.year - ((on.month, on.day) < (born_on.month, born_on.day))
