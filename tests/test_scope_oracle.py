"""No query leaves the open counties (S-A3): random questions, each held against the rows that may be seen.

On PostgreSQL the same questions are asked a second time through managers that filter nothing, so that row-level
security alone must keep the counties apart.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache, reduce
from typing import Any

import pytest
from django.db import connection, models
from django.db.models import Count, Exists, Max, Min, OuterRef, Q, QuerySet
from hypothesis import HealthCheck, given, settings, strategies as st

from hamafza.core.errors import NoScope
from hamafza.core.scope import counties
from hamafza.distribution.choices import EntryState
from hamafza.distribution.models import RoundEntry
from hamafza.distribution.tests.factories import a_round
from hamafza.giving.choices import AllocationState, Channel, DonationState, GiftKind, Intention
from hamafza.giving.models import Allocation, Benefactor, Donation, Item, Pledge
from hamafza.giving.tests.factories_benefactor import a_benefactor
from hamafza.giving.tests.factories_item import an_item
from hamafza.ledger.tests.factories import a_fund
from hamafza.needs.choices import Domain
from hamafza.needs.models import Need
from hamafza.needs.tests.factories import a_need
from hamafza.places.models import Place
from hamafza.places.tests.factories import COUNTY, FAR_COUNTY, FAR_SISTER_COUNTY, PROVINCE, SISTER_COUNTY
from hamafza.registry.choices import Cause, DisabilityType, HouseholdState, Relation, TargetGroup
from hamafza.registry.models import Disability, HardshipCause, Household, Person, TargetGroupMembership
from hamafza.registry.tests.factories import (
    a_cause,
    a_disability,
    a_household,
    a_membership,
    a_person,
)

COUNTIES = (COUNTY, SISTER_COUNTY, FAR_COUNTY, FAR_SISTER_COUNTY)
EXAMPLES, QUERIES = 200, 10
Model = type[models.Model]
Ask = Callable[[Model], QuerySet[Any]]

small = st.integers(0, 10)
codes = st.sampled_from([*COUNTIES, "9999"])
letters = st.sampled_from(["", "T", "ا", "ر", "1", "%", "_", "'"])
groups = st.sampled_from(TargetGroup.values)
days = st.dates(date(1960, 1, 1), date(2026, 1, 1))
null = st.booleans()

#: What may be asked of each model: fields of its own, and of rows it is joined with.
LOOKUPS: dict[Model, dict[str, st.SearchStrategy[Any]]] = {
    Household: {
        "decile": small,
        "decile__gte": small,
        "decile__isnull": null,
        "income_rial__lt": st.integers(0, 10**9),
        "file_number__contains": letters,
        "state": st.sampled_from(HouseholdState.values),
        "county_id": codes,
        "county__parent_id": st.sampled_from([PROVINCE, "10"]),
        "county_id__in": st.lists(codes, max_size=3),
        "persons__last_name__contains": letters,
        "persons__county_id": codes,
        "persons__memberships__group": groups,
        "needs__severity__gte": small,
        "causes__cause": st.sampled_from(Cause.values),
    },
    Person: {
        "first_name__contains": letters,
        "last_name__startswith": letters,
        "born_on__lt": days,
        "sex": st.sampled_from(["", "male", "female"]),
        "relation": st.sampled_from(Relation.values),
        "identity_index": letters,
        "household__decile__lte": small,
        "household__county_id": codes,
        "household__persons__first_name": letters,
        "memberships__group__in": st.lists(groups, max_size=3),
        "disabilities__type": st.sampled_from(DisabilityType.values),
        "needs__domain": st.sampled_from(Domain.values),
        "county__name_fa__contains": letters,
    },
    Need: {
        "domain": st.sampled_from(Domain.values),
        "severity__gt": small,
        "since__lt": days,
        "household__decile": small,
        "person__last_name__contains": letters,
        "person__household__county_id": codes,
        "county_id": codes,
    },
    TargetGroupMembership: {"group": groups, "person__household__decile__gte": small, "valid_to__isnull": null},
    Disability: {"type": st.sampled_from(DisabilityType.values), "person__county_id": codes},
    HardshipCause: {"cause": st.sampled_from(Cause.values), "household__county_id": codes, "person__isnull": null},
    Benefactor: {
        "name__contains": letters,
        "active": null,
        "pledges__intention": st.sampled_from(Intention.values),
        "donations__county_id": codes,
        "donations__received_on__lt": days,
    },
    Pledge: {
        "number__gte": small,
        "kind": st.sampled_from(GiftKind.values),
        "benefactor__name__contains": letters,
        "benefactor__county_id": codes,
        "item__isnull": null,
    },
    Donation: {
        "state": st.sampled_from(DonationState.values),
        "trace_code__contains": letters,
        "benefactor__pledges__number": small,
        "benefactor__county_id": codes,
        "county_id": codes,
    },
    Allocation: {
        "amount__gte": small,
        "state": st.sampled_from(AllocationState.values),
        "fund__county_id": codes,
        "need__household__decile__lte": small,
        "need__domain": st.sampled_from(Domain.values),
    },
    RoundEntry: {
        "rank__lt": small,
        "state": st.sampled_from(EntryState.values),
        "token__contains": letters,
        "household__persons__last_name__contains": letters,
        "need__county_id": codes,
        "round__item__name__contains": letters,
    },
}
#: Ways from a model to another county-owned one, for counts and prefetching.
BRANCHES: dict[Model, list[str]] = {
    Household: ["persons", "needs", "causes"],
    Person: ["memberships", "disabilities", "needs"],
    Need: ["steps", "allocations"],
    Benefactor: ["pledges", "donations"],
}
#: Keys by which a model's rows are found among another's.
KEYS: list[tuple[Model, str, Model]] = [
    (Household, "persons__in", Person),
    (Household, "pk__in", Household),
    (Person, "household__in", Household),
    (Person, "pk__in", Person),
    (Need, "household__in", Household),
    (Need, "person__in", Person),
    (Disability, "person__in", Person),
    (Donation, "benefactor__in", Benefactor),
    (Allocation, "need__in", Need),
    (RoundEntry, "household__in", Household),
]


@dataclass(frozen=True)
class Question:
    """A model and the steps of a query over it; ``ask`` gives the manager of each model."""

    model: Model
    steps: tuple[Callable[[QuerySet[Any], Ask], QuerySet[Any]], ...]
    order: str
    cut: tuple[int, int]
    way: Callable[..., None]

    def of(self, ask: Ask) -> QuerySet[Any]:
        asked = reduce(lambda rows, step: step(rows, ask), self.steps, ask(self.model))
        return asked.order_by(self.order, "pk")


def condition(name: str, values: st.SearchStrategy[Any]) -> st.SearchStrategy[Q]:
    return values.map(lambda value: Q(**{name: value}))


@cache
def conditions(model: Model) -> st.SearchStrategy[Q]:
    leaf = st.one_of(*(condition(name, values) for name, values in LOOKUPS[model].items()))
    return st.recursive(
        leaf,
        lambda inner: st.one_of(
            st.tuples(inner, inner).map(lambda pair: pair[0] | pair[1]),
            st.tuples(inner, inner).map(lambda pair: pair[0] & pair[1]),
            inner.map(lambda condition: ~condition),
        ),
        max_leaves=4,
    )


@cache
def steps(model: Model) -> st.SearchStrategy[Any]:
    def among(key: tuple[Model, str, Model]) -> st.SearchStrategy[Any]:
        return conditions(key[2]).map(
            lambda condition: lambda rows, ask: rows.filter(**{key[1]: ask(key[2]).filter(condition).values("pk")})
        )

    plain = [
        conditions(model).map(lambda condition: lambda rows, ask: rows.filter(condition)),
        conditions(model).map(lambda condition: lambda rows, ask: rows.exclude(condition)),
        conditions(model).map(lambda condition: lambda rows, ask: rows | ask(model).filter(condition)),
        st.just(lambda rows, ask: rows.filter(Exists(ask(Household).filter(county=OuterRef("county"))))),
    ]
    counted = [
        st.sampled_from(BRANCHES[model]).map(
            lambda branch: lambda rows, ask: rows.filter(pk__in=ask(model).annotate(n=Count(branch)).filter(n__gte=1))
        )
        for _ in [0]
        if model in BRANCHES
    ]
    keyed = [among(key) for key in KEYS if key[0] is model]
    return st.one_of(*plain, *counted, *keyed)


def questions_about(model: Model) -> st.SearchStrategy[Question]:
    orders = ["pk", "-pk", "county", "-county_id", *[name for name in sorted(LOOKUPS[model]) if "__" not in name]]
    return st.builds(
        Question,
        model=st.just(model),
        steps=st.lists(steps(model), max_size=3).map(tuple),
        order=st.sampled_from(orders),
        cut=st.tuples(st.integers(0, 5), st.integers(1, 10)).map(lambda cut: (cut[0], sum(cut))),
        way=st.sampled_from(WAYS),
    )


scopes = st.sets(st.sampled_from(COUNTIES), min_size=1)


@dataclass(frozen=True)
class World:
    """The keys of all rows by model and county."""

    rows: dict[Model, dict[str, frozenset[Any]]]

    def visible(self, model: Model, open_counties: set[str]) -> frozenset[Any]:
        return frozenset().union(*(self.rows[model][code] for code in open_counties))


@pytest.fixture
def world(places: dict[str, Place]) -> World:
    """In each county three families with two persons each, and something of everything."""
    for code in COUNTIES:
        package = an_item(f"بسته {code}", county=code)
        for number in range(3):
            household = a_household(county=places[code], decile=number * 3 + 1, income_rial=number * 10**7)
            head = a_person(household=household, relation=Relation.HEAD, sex="female")
            child = a_person(household=household, relation=Relation.CHILD, born_on=date(2010 + number, 5, 1))
            a_membership(head, group=TargetGroup.WOMAN_HEAD)
            a_disability(child, type=list(DisabilityType)[number])
            a_cause(household, cause=list(Cause)[number])
            _giving(a_need(head, domain=Domain.JOB, severity=number + 1), package, number)
            a_need(household, domain=Domain.HOUSING)
    rows: dict[Model, dict[str, frozenset[Any]]] = {}
    for model in LOOKUPS:
        for code in COUNTIES:
            with counties([code]):
                rows.setdefault(model, {})[code] = frozenset(model._default_manager.values_list("pk", flat=True))
    assert {len(keys) for by_county in rows.values() for keys in by_county.values()} == {3, 6}
    return World(rows)


def _giving(need: Need, package: Item, number: int) -> None:
    """A benefactor with a promise and a gift, what is decided for a need, and the household's place in a round."""
    code = need.county_id
    giver, fund, going = a_benefactor(f"خیر T{number}", county=code), a_fund(code), a_round(package, county=code)
    numbered: dict[str, Any] = {"county_id": code, "jalali_year": 1390, "number": number + 1, "benefactor": giver}
    with counties([code]):
        Pledge.objects.create(kind=list(GiftKind)[2 * (number % 2)], intention=list(Intention)[number], **numbered)
        Donation.objects.create(channel=Channel.CASH, trace_code=f"T{number}{code}", **numbered)
        Allocation.objects.create(county_id=code, fund=fund, need=need, what="خرید", amount=number + 1)
        RoundEntry.objects.create(
            county_id=code, round=going, household=need.household, need=need, item=package, period="1405-08",
            rank=number + 1, token=f"T{number}",
        )  # fmt: skip


def through_scope(model: Model) -> QuerySet[Any]:
    return model._default_manager.all()


def unfiltered(model: Model) -> QuerySet[Any]:
    return model._base_manager.all()


def check(question: Question, world: World, open_counties: set[str], ask: Ask) -> None:
    """The rows stay inside what is visible, and so does one other way of evaluating the same question."""
    asked = question.of(ask)
    keys = list(asked.values_list("pk", flat=True))
    assert set(keys) <= world.visible(question.model, open_counties)
    question.way(question, asked, keys, open_counties)


def by_counting(question: Question, asked: QuerySet[Any], keys: list[Any], open_counties: set[str]) -> None:
    assert asked.count() == len(keys)
    assert asked.exists() == bool(keys)


def by_aggregates(question: Question, asked: QuerySet[Any], keys: list[Any], open_counties: set[str]) -> None:
    ends = asked.order_by().aggregate(low=Min("county_id"), high=Max("county_id"), n=Count("pk", distinct=True))
    assert {ends["low"], ends["high"]} - {None} <= open_counties
    assert ends["n"] == len(set(keys))


def by_groups(question: Question, asked: QuerySet[Any], keys: list[Any], open_counties: set[str]) -> None:
    groups = asked.order_by().values_list("county_id").annotate(n=Count("pk"))
    assert {code for code, _ in groups} <= open_counties
    assert sum(n for _, n in groups) == len(keys)


def by_page(question: Question, asked: QuerySet[Any], keys: list[Any], open_counties: set[str]) -> None:
    start, stop = question.cut
    branches = BRANCHES.get(question.model, [])
    page = list(asked[start:stop].prefetch_related(*branches))
    assert {row.pk for row in page} <= set(keys)
    below = [child for row in page for branch in branches for child in getattr(row, branch).all()]
    assert {row.county_id for row in [*page, *below]} <= open_counties


WAYS = [by_counting, by_aggregates, by_groups, by_page]


asked_often = settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
questions = st.one_of(*map(questions_about, LOOKUPS))
several = st.lists(questions, min_size=QUERIES, max_size=QUERIES)


@asked_often
@given(open_counties=scopes, asked=several)
def test_two_thousand_random_questions_stay_inside_the_open_counties(
    world: World, open_counties: set[str], asked: list[Question]
) -> None:
    with counties(open_counties):
        for question in asked:
            check(question, world, open_counties, through_scope)


@asked_often
@given(open_counties=scopes, asked=several)
def test_row_level_security_alone_keeps_random_questions_inside(
    world: World, open_counties: set[str], asked: list[Question]
) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("row-level security is PostgreSQL's")
    with counties(open_counties):
        for question in asked:
            check(question, world, open_counties, unfiltered)


@settings(
    max_examples=100, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(question=questions)
def test_random_questions_without_an_open_county_raise(world: World, question: Question) -> None:
    with pytest.raises(NoScope):
        list(question.of(through_scope))


def test_unfiltered_managers_see_everything_without_the_second_wall_and_nothing_behind_it(world: World) -> None:
    found = {model: unfiltered(model).count() for model in LOOKUPS}
    everything = {model: sum(map(len, by_county.values())) for model, by_county in world.rows.items()}
    assert found == (dict.fromkeys(LOOKUPS, 0) if connection.vendor == "postgresql" else everything)


#: By the second wall, or by a guard of the table that comes before it.
REFUSED = "row-level security|what is given in a county is spent there"


@pytest.mark.parametrize("model", LOOKUPS, ids=lambda model: model.__name__)
def test_second_wall_refuses_rows_for_a_county_that_is_not_open(world: World, model: Model) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("row-level security is PostgreSQL's")
    with counties([COUNTY]):
        assert unfiltered(model).filter(county_id=FAR_COUNTY).update(county_id=COUNTY) == 0
        table = model._meta.db_table
        with pytest.raises(Exception, match=REFUSED), connection.cursor() as cursor:
            cursor.execute(f"UPDATE {table} SET county_id = %s", [FAR_COUNTY])
