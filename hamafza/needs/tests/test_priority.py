"""Priority: parts, sums, and an order that is right on every day."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID, uuid4

from hypothesis import given, strategies as st

from hamafza.needs.choices import Domain
from hamafza.needs.priority import (
    CHILDREN_AT_MOST,
    DECILE_POINTS,
    DISABILITY_POINTS,
    INCOME_POINTS,
    JOB_POINTS,
    NO_EARNER,
    OLDER,
    PARTS,
    SEVERAL_DISABLED,
    SEVERITY_POINTS,
    TENURE_POINTS,
    WOMAN_HEAD,
    Member,
    Situation,
    rank_of,
    score_of,
    score_on,
)
from hamafza.needs.severity import default_severity
from hamafza.registry.choices import DisabilitySeverity, JobStatus, Tenure

TODAY = date(2025, 10, 25)


def family(*members: Member, **fields: object) -> Situation:
    return Situation(members={member.id: member for member in members}, **fields)  # type: ignore[arg-type]


def member(**fields: object) -> Member:
    return Member(id=uuid4(), **fields)  # type: ignore[arg-type]


def test_weights_of_all_parts_make_a_hundred() -> None:
    assert sum(PARTS.values()) == 100 + PARTS["job_status"]
    assert {
        "severity": max(SEVERITY_POINTS.values()),
        "decile": max(DECILE_POINTS.values()),
        "income": INCOME_POINTS[0][1],
        "no_earner": NO_EARNER,
        "disability": max(DISABILITY_POINTS.values()),
        "several_disabled": SEVERAL_DISABLED,
        "woman_head": WOMAN_HEAD,
        "children": CHILDREN_AT_MOST,
        "older": OLDER,
        "tenure": max(TENURE_POINTS.values()),
        "job_status": max(JOB_POINTS.values()),
    } == PARTS


def test_score_worst_situation_is_a_hundred() -> None:
    children = [member(born_on=date(2015, 1, 1), disability="") for _ in range(4)]
    grandmother = member(born_on=date(1940, 1, 1), disability=DisabilitySeverity.VERY_SEVERE)
    mother = member(is_head=True, is_woman=True, job_status=JobStatus.UNEMPLOYED)
    home = family(mother, grandmother, *children, decile=1, income_rial=0, tenure=Tenure.HOMELESS)
    score = score_of(home, domain=Domain.HOUSING, severity=5, person=None, on=TODAY)
    assert score.base == 100
    assert sum(part["points"] for part in score.parts.values()) == 100


def test_score_unknown_decile_and_income_get_points_of_the_middle() -> None:
    score = score_of(Situation(), domain=Domain.LIVELIHOOD, severity=3, person=None, on=TODAY)
    assert score.parts == {
        "severity": {"points": 18, "value": 3},
        "decile": {"points": 9, "value": None},
        "income": {"points": 5, "value": None},
    }


def test_score_of_job_counts_the_persons_own_occupation() -> None:
    idle, busy = member(job_status=JobStatus.UNEMPLOYED), member(job_status=JobStatus.EMPLOYED)
    home = family(idle, busy)
    scores = [score_of(home, domain=Domain.JOB, severity=3, person=one.id, on=TODAY) for one in (idle, busy)]
    assert [score.parts["job_status"]["points"] for score in scores] == [10, 1]


def test_income_is_shared_among_the_members_on_file() -> None:
    home = family(member(), member(), income_rial=50_000_000)
    assert score_of(home, domain=Domain.JOB, severity=3, person=None, on=TODAY).parts["income"]["value"] == 25_000_000


def test_default_severity_homeless_household_needs_housing_critically() -> None:
    assert default_severity(Domain.HOUSING, situation=Situation(tenure=Tenure.HOMELESS), person=None) == 5


def test_default_severity_unemployed_person_needs_job_severely() -> None:
    idle = member(job_status=JobStatus.UNEMPLOYED)
    assert default_severity(Domain.JOB, situation=family(idle), person=idle.id) == 4


def test_default_severity_nothing_known_is_considerable() -> None:
    assert [default_severity(domain, situation=Situation(), person=None) for domain in Domain.values] == [3] * 8


days = st.dates(min_value=date(2010, 1, 1), max_value=TODAY)
stated = st.tuples(st.integers(0, 100), days)


@given(one=stated, other=stated, later=st.integers(0, 4000))
def test_rank_orders_as_the_score_does_on_any_day(one: tuple[int, date], other: tuple[int, date], later: int) -> None:
    on = TODAY + timedelta(days=later)
    higher, lower = sorted([one, other], key=lambda need: rank_of(*need), reverse=True)
    assert score_on(*higher, on) >= score_on(*lower, on)


@given(
    st.builds(
        Member,
        id=st.uuids(),
        is_head=st.booleans(),
        is_woman=st.booleans(),
        born_on=st.none() | days,
        job_status=st.sampled_from(["", *JobStatus.values]),
        disability=st.sampled_from([None, "", *DisabilitySeverity.values]),
    ),
    st.none() | st.integers(1, 10),
    st.none() | st.integers(0, 10**9),
    st.sampled_from(["", *Tenure.values]),
    st.sampled_from(Domain.values),
    st.integers(1, 5),
)
def test_score_is_the_sum_of_its_parts_and_none_exceeds_its_weight(
    one: Member, decile: int | None, income: int | None, tenure: str, domain: str, severity: int
) -> None:
    home = family(one, decile=decile, income_rial=income, tenure=tenure)
    person: UUID = one.id
    score = score_of(home, domain=domain, severity=severity, person=person, on=TODAY)
    points = {name: part["points"] for name, part in score.parts.items()}
    assert score.base == sum(points.values()) <= 100
    assert {name for name, given_points in points.items() if given_points > PARTS[name]} == set()
