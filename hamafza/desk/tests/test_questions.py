"""Questions about rows without names: asked, answered, closed; and nobody's name on either page of the asker."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.test import Client

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Role
from hamafza.accounts.queries.actors import actor_for
from hamafza.accounts.tests.fixtures import SignedIn
from hamafza.core.errors import Refusal
from hamafza.core.ids import uuid7
from hamafza.desk.choices import QuestionState
from hamafza.desk.commands.questions import answer, ask, close
from hamafza.desk.guards import Refused
from hamafza.desk.models import Question
from hamafza.desk.queries.questions import needs_of
from hamafza.desk.tests.factories import a_question, a_row, an_officer, families_alike
from hamafza.needs.choices import Domain
from hamafza.needs.models import Need
from hamafza.needs.tests.factories import a_need
from hamafza.notices.models import Notice
from hamafza.places.models import Place
from hamafza.places.tests.factories import COUNTY, SISTER_COUNTY

HEAD: dict[str, Any] = {"first_name": "رازنام", "last_name": "رازفامیل"}


def refusal(act: Any, *args: Any, **named: Any) -> str:
    with pytest.raises(Refusal) as said:
        act(*args, **named)
    return said.value.code


@pytest.fixture
def head_of_office() -> Actor:
    return an_officer(Role.COUNTY_HEAD)


def test_question_goes_from_asked_to_answered_to_closed(county: Place, head_of_office: Actor) -> None:
    families_alike()
    asker = an_officer(Role.GOVERNOR_OFFICE)
    question = a_question(by=asker)
    assert (question.state, question.number, question.row["needs"]) == (QuestionState.ASKED, 1, 6)
    assert set(needs_of(question)) == set(Need.objects.all())
    assert refusal(close, question, by=asker) == "no_such_step"
    answered = answer(question, text="زمین از سوی شهرداری واگذار شده است", by=head_of_office)
    assert refusal(answer, question, text="دوباره", by=head_of_office) == "no_such_step"
    assert close(answered, by=asker).state == QuestionState.CLOSED
    told = set(Notice.objects.values_list("code", "user", "url"))
    assert told == {
        ("desk.asked", head_of_office.user_id, f"/desk/asked/{question.pk}/"),
        ("desk.answered", asker.user_id, f"/desk/questions/{question.pk}/"),
    }


def test_question_is_asked_once_for_a_form(county: Place) -> None:
    families_alike()
    asker, key, row = an_officer(Role.GOVERNOR_OFFICE), uuid7(), a_row()
    first = ask(COUNTY, row=row, text="چرا؟", by=asker, key=key)
    assert ask(COUNTY, row=row, text="چرا؟", by=asker, key=key).pk == first.pk
    assert Question.objects.count() == 1


@pytest.mark.parametrize("row", ["", "housing", "housing.-.4.-.-.-", "job.-.4.-.1_2.90", "no.such.row"])
def test_row_that_the_list_does_not_show_refused(county: Place, row: str) -> None:
    families_alike()
    asker = an_officer(Role.GOVERNOR_OFFICE)
    assert refusal(ask, COUNTY, row=row, text="چرا؟", by=asker, key=uuid7()) == "no_such_row"


def test_row_of_fewer_than_five_households_cannot_be_asked_about(county: Place) -> None:
    families_alike()
    row = a_row()
    for need in Need.objects.order_by("pk")[:2]:
        Need.objects.filter(pk=need.pk).update(state="met")
    asker = an_officer(Role.GOVERNOR_OFFICE)
    assert refusal(ask, COUNTY, row=row, text="چرا؟", by=asker, key=uuid7()) == "no_such_row"


@pytest.mark.parametrize(
    "text",
    [
        "با 0912 345 6789 تماس بگیرید",
        "کد ملی ۰۴۹۹۳۷۰۸۹۹",
        "خانواده رازفامیل۳ چشم به راه است",
        "رازنام۲ منتظر است",
        "زهرا کاظمی نژاد منتظر است",
        "IR 062960000000100324200001",
        "در خیابان امام زندگی می‌کند",
        "پرونده 1234567",
    ],
)
def test_answer_that_tells_who_it_is_refused(county: Place, head_of_office: Actor, text: str) -> None:
    families_alike(**HEAD)
    # On file in the county, and not behind the row.
    a_need(families_alike(domain=Domain.JOB, first_name="زهرا", last_name="کاظمی‌نژاد")[0][1], domain=Domain.HEALTH)
    question = a_question()
    named = text.replace("زهرا کاظمی نژاد", "زهرا0 کاظمی نژاد0")
    assert refusal(answer, question, text=named, by=head_of_office) == "identity"
    question.refresh_from_db()
    assert (question.state, question.answer) == (QuestionState.ASKED, "")


@pytest.mark.parametrize("text", ["برای ۱۲ خانوار زمین آماده است", "تا پایان آذر وام ۲۰۰٬۰۰۰٬۰۰۰ ریالی پرداخت می‌شود"])
def test_answer_in_plain_words_is_taken(county: Place, head_of_office: Actor, text: str) -> None:
    families_alike(**HEAD)
    assert answer(a_question(), text=text, by=head_of_office).answer == text


def test_question_that_tells_who_it_is_refused(county: Place) -> None:
    families_alike()
    asker = an_officer(Role.GOVERNOR_OFFICE)
    assert refusal(ask, COUNTY, row=a_row(), text="صاحب 09121112233 کیست؟", by=asker, key=uuid7()) == "identity"
    assert refusal(ask, COUNTY, row=a_row(), text="  ", by=asker, key=uuid7()) == "no_text"


def test_asking_does_not_tell_who_is_on_file(county: Place) -> None:
    families_alike(first_name="زهرا", last_name="کاظمی‌نژاد")
    asker = an_officer(Role.GOVERNOR_OFFICE)
    for name in ("زهرا0 کاظمی‌نژاد0", "کسی که نیست"):
        assert ask(COUNTY, row=a_row(), text=f"آیا {name} کمک گرفته است؟", by=asker, key=uuid7()).pk


@pytest.mark.parametrize("role", [Role.COUNTY_HEAD, Role.SOCIAL_WORKER, Role.COUNCIL_SECRETARY, Role.PROVINCE_DIRECTOR])
def test_who_may_not_ask_or_close(county: Place, role: Role) -> None:
    families_alike()
    question, other = a_question(), an_officer(role)
    with pytest.raises(PermissionDenied):
        ask(COUNTY, row=a_row(), text="چرا؟", by=other, key=uuid7())
    with pytest.raises(PermissionDenied):
        close(question, by=other)


@pytest.mark.parametrize("role", [Role.GOVERNOR_OFFICE, Role.COUNCIL_SECRETARY, Role.PROVINCE_DIRECTOR])
def test_who_may_not_answer(county: Place, role: Role) -> None:
    families_alike()
    with pytest.raises(PermissionDenied):
        answer(a_question(), text="آماده است", by=an_officer(role))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("text = 'x'", Refused.SAID),
        ("state = 'closed', answer = 'x', answered_at = asked_at, closed_at = asked_at", Refused.STEP),
        ("number = 9", Refused.SAID),
        ("district_id = '231302'", Refused.SAID),
        ("row = '{}'", Refused.SAID),
        ("asked_for_id = asked_by_id", Refused.SAID),
    ],
)
def test_question_is_not_rewritten_past_the_commands(county: Place, change: str, said: str) -> None:
    families_alike()
    a_question()
    with pytest.raises(DatabaseError, match=said), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE desk_question SET {change}")


def test_answer_and_the_needs_behind_stay(county: Place, head_of_office: Actor) -> None:
    families_alike()
    answer(a_question(), text="آماده است", by=head_of_office)
    for sql in (
        "UPDATE desk_question SET answer = 'x'",
        "UPDATE desk_question SET answered_by_id = asked_by_id",
        "DELETE FROM desk_question",
        "DELETE FROM desk_questionneed",
    ):
        with pytest.raises(DatabaseError, match=Refused.SAID), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)


# --- pages ---


def ask_by_page(client: Client, **data: Any) -> Any:
    return client.post("/desk/questions/new/", {"county": COUNTY, "row": a_row(), "key": uuid7(), **data})


def test_story_of_a_question_shows_nobody_to_the_asker(county: Place, signed_in: SignedIn) -> None:
    families = families_alike(**HEAD)
    governor, head = signed_in(Role.GOVERNOR_OFFICE), signed_in(Role.COUNTY_HEAD)
    pages = [governor.get("/needs/anonymous/")]
    assert f"/desk/questions/new/?county={COUNTY}&amp;row={a_row()}" in pages[0].text
    pages.append(governor.get(f"/desk/questions/new/?county={COUNTY}&row={a_row()}"))
    sent = ask_by_page(governor, text="چرا مسکن آنان آماده نیست؟")
    question = Question.objects.get()
    assert sent["Location"] == f"/desk/questions/{question.pk}/"
    office = head.get(f"/desk/asked/{question.pk}/")
    assert families[0][1].full_name in office.text
    assert f"/needs/{question.needs.first().need_id}/" in office.text
    wrong = head.post(f"/desk/asked/{question.pk}/", {"text": "خانم رازفامیل۱ در راه است"})
    assert (wrong.status_code, "در راه است" in wrong.text) == (422, True)
    assert head.post(f"/desk/asked/{question.pk}/", {"text": "زمین آماده است"}).status_code == 302
    pages += [
        governor.get(url) for url in (f"/desk/questions/{question.pk}/", "/desk/questions/", "/desk/", "/notices/")
    ]
    assert [page.status_code for page in pages] == [200] * len(pages)
    assert "زمین آماده است" in pages[2].text
    secrets = ["رازنام", "رازفامیل", "پنهان", *(person.identity_number for _home, person in families)]
    secrets += [str(need.pk) for need in Need.objects.all()] + [home.file_number for home, _person in families]
    assert [(page.request["PATH_INFO"], one) for page in pages for one in secrets if one in page.text] == []
    assert governor.post(f"/desk/questions/{question.pk}/close/").status_code == 302
    question.refresh_from_db()
    assert question.state == QuestionState.CLOSED


def test_asker_has_no_way_to_the_offices_page(county: Place, signed_in: SignedIn) -> None:
    families_alike()
    question = a_question()
    governor = signed_in(Role.GOVERNOR_OFFICE)
    assert governor.get(f"/desk/asked/{question.pk}/").status_code == 404
    assert governor.get("/desk/asked/").status_code == 404
    elsewhere = signed_in(Role.COUNTY_HEAD, SISTER_COUNTY)
    assert elsewhere.get(f"/desk/asked/{question.pk}/").status_code == 404
    assert signed_in(Role.GOVERNOR_OFFICE, SISTER_COUNTY).get(f"/desk/questions/{question.pk}/").status_code == 404
    assert governor.get(f"/desk/questions/{question.pk}/close/").status_code == 405


def test_row_that_went_away_is_said_and_nothing_typed_is_lost(county: Place, signed_in: SignedIn) -> None:
    families_alike()
    row = a_row()
    Need.objects.update(state="met")
    sent = signed_in(Role.GOVERNOR_OFFICE).post(
        "/desk/questions/new/", {"county": COUNTY, "row": row, "key": uuid7(), "text": "پرسش من"}
    )
    assert (sent.status_code, "پرسش من" in sent.text) == (422, True)


def test_lists_have_as_many_queries_at_three_questions_as_at_one(
    county: Place, signed_in: SignedIn, django_assert_max_num_queries: Any
) -> None:
    families_alike()
    asker = signed_in(Role.GOVERNOR_OFFICE)
    by = actor_for(asker.user)
    a_question(by=by)
    for client, url in ((asker, "/desk/questions/"), (signed_in(Role.COUNTY_HEAD), "/desk/asked/")):
        client.get(url)
        with django_assert_max_num_queries(15) as one:
            client.get(url)
        a_question(by=by, text="پرسش دیگر")
        a_question(by=by, text="پرسش سوم")
        with django_assert_max_num_queries(len(one)):
            assert "پرسش سوم" in client.get(url).text
