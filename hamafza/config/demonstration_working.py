"""How the bodies of the demonstration county work together: a council, its resolutions, who owes what, what is late."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time, timedelta

from django.db import transaction

from hamafza.accounts.choices import OrganizationKind
from hamafza.accounts.models import Organization, User
from hamafza.commitments.choices import Obstacle, Priority
from hamafza.commitments.commands.answer import accept, ask_for_date, give_back, report
from hamafza.commitments.commands.climb import escalate
from hamafza.commitments.commands.decide import verify
from hamafza.commitments.models import Commitment
from hamafza.commitments.order import Order, Report, Supports
from hamafza.config.demonstration_giving import let
from hamafza.core import clock
from hamafza.councils.choices import CouncilKind, ItemKind, NoteKind, Presence, SeatOffice
from hamafza.councils.commands.meetings import add_item, invite, plan_meeting
from hamafza.councils.commands.minutes import draft_minutes, finish_minutes, send_for_review, sign
from hamafza.councils.commands.resolutions import communicate, make_commitments
from hamafza.councils.commands.seats import CouncilDetails, Holder, add_seat, found_council, sit_down
from hamafza.councils.commands.session import (
    adjourn,
    note,
    open_session,
    propose,
    record_presence,
    vote,
    write_outcome,
)
from hamafza.councils.models import AgendaItem, Council, Meeting, Resolution, Seat
from hamafza.councils.quorum import Votes

SECRETARY, OFFICER, GOVERNOR = "dabir", "helal", "farmandari"
#: The meeting that was, and the next one, in days from today.
WAS, NEXT = -45, 6
AGENCIES = (
    "اداره تعاون، کار و رفاه اجتماعی شهرستان",
    "شبکه بهداشت و درمان شهرستان",
    "اداره آموزش و پرورش شهرستان",
    "شهرداری",
)
LABOUR, HEALTH, SCHOOLS, CITY = AGENCIES
RED_CRESCENT, CHARITY = "هلال احمر شهرستان", "خیریه یاس سپید"

#: Seat, office, body (nothing: the governor's office), who holds it, has a vote.
SEATS: tuple[tuple[str, SeatOffice, str, str, bool], ...] = (
    ("فرماندار", SeatOffice.CHAIR, "", "حسین کاظمی", True),
    ("رئیس اداره بهزیستی", SeatOffice.DEPUTY_CHAIR, "بهزیستی", "حمیدرضا یوسفی", True),
    ("دبیر شورا", SeatOffice.SECRETARY, "", "الهام شریفی", False),
    ("رئیس اداره کار", SeatOffice.MEMBER, LABOUR, "مهدی صالحی", True),
    ("رئیس شبکه بهداشت", SeatOffice.MEMBER, HEALTH, "دکتر سارا نیک‌پور", True),
    ("رئیس آموزش و پرورش", SeatOffice.MEMBER, SCHOOLS, "علی محمدی", True),
    ("شهردار", SeatOffice.MEMBER, CITY, "رضا فلاحی", True),
    ("رئیس جمعیت هلال احمر", SeatOffice.MEMBER, RED_CRESCENT, "کاوه مرادی", True),
    ("نماینده خیریه‌ها", SeatOffice.MEMBER, CHARITY, "زهره یاسینی", True),
)
#: Title, text, and what follows: (owner, title, quantity, unit, days from the meeting, weight).
RESOLUTIONS: tuple[tuple[str, str, tuple[tuple[str, str, int | None, str, int, int], ...]], ...] = (
    (
        "ده فرصت شغلی برای زنان سرپرست خانوار",
        "اداره کار با همکاری خیریه‌ها ده فرصت شغلی پایدار برای زنان سرپرست خانوار فراهم کند.",
        (
            (LABOUR, "معرفی ده کارفرما و عقد قرارداد", 10, "فرصت شغلی", 60, 70),
            (CHARITY, "دوره آماده‌سازی برای ده نفر", 10, "نفر", 25, 30),
        ),
    ),
    (
        "بسته‌های معیشتی زمستان",
        "جمعیت هلال احمر صد بسته معیشتی تهیه و میان خانوارهای اولویت‌دار توزیع کند.",
        ((RED_CRESCENT, "تهیه و توزیع صد بسته معیشتی", 100, "بسته", 50, 100),),
    ),
    (
        "غربالگری سلامت سالمندان",
        "شبکه بهداشت سالمندان دهک یک تا سه را غربالگری کند و شهرداری رفت‌وآمدشان را بر عهده گیرد.",
        (
            (HEALTH, "غربالگری دویست سالمند", 200, "نفر", 40, 60),
            (CITY, "رفت‌وآمد سالمندان به مرکز بهداشت", None, "", 40, 40),
        ),
    ),
    (
        "بازگشت کودکان بازمانده از تحصیل",
        "آموزش و پرورش کودکان بازمانده از تحصیل را شناسایی و ثبت‌نام کند.",
        (
            (SCHOOLS, "شناسایی و ثبت‌نام کودکان بازمانده", 30, "کودک", 20, 50),
            (RED_CRESCENT, "تهیه لوازم تحصیل سی کودک", 30, "کودک", 30, 50),
        ),
    ),
    (
        "مناسب‌سازی ورودی اداره‌ها",
        "شهرداری ورودی پنج اداره را برای معلولان مناسب‌سازی کند.",
        ((CITY, "مناسب‌سازی ورودی پنج اداره", 5, "ورودی", 90, 100),),
    ),
    (
        "نیازسنجی دوباره خانوارهای روستایی",
        "خیریه‌ها در نیازسنجی دوباره خانوارهای روستایی همکاری کنند.",
        ((CHARITY, "همراهی در نیازسنجی صد خانوار", 100, "خانوار", 70, 100),),
    ),
)


def work_together(county: str) -> None:
    """A council with one meeting behind it and one before it, and what follows. Once; the county is open."""
    if Council.objects.filter(place_id=county).exists():
        return
    today = clock.today()
    bodies = _bodies(county)
    with clock.telling(today + timedelta(days=WAS)):
        council = _council(county, bodies)
        meeting = _session(council)
        made = _resolutions(meeting, bodies)
        _minutes(meeting)
    _follow(county, made, today=today)
    _next_meeting(council, on=today + timedelta(days=NEXT))
    escalate(county, on=today)


def _bodies(county: str) -> dict[str, Organization]:
    """By name; that of the office by its first word, the governor's by nothing."""
    for name in AGENCIES:
        Organization.objects.get_or_create(
            name_fa=name, place_id=county, defaults={"kind": OrganizationKind.AGENCY}
        )  # fmt: skip
    found = Organization.objects.filter(place_id=county)
    named = {body.name_fa: body for body in found}
    named["بهزیستی"] = found.get(kind=OrganizationKind.WELFARE_OFFICE)
    named[""] = found.get(kind=OrganizationKind.GOVERNOR_OFFICE)
    return named


def _council(county: str, bodies: dict[str, Organization]) -> Council:
    council = let(
        SECRETARY,
        lambda by: found_council(
            county,
            CouncilDetails(
                name="شورای مشارکت‌های مردمی شهرستان",
                secretariat=bodies[""],
                legal_basis="دستورالعمل شوراهای مشارکت‌های مردمی بهزیستی",
            ),
            by=by,
        ),
    )
    since = clock.today() - timedelta(days=200)
    for title, office, body, holder, votes in SEATS:
        seat = _seat(council, title, office, bodies[body], votes=votes, since=since)
        user = User.objects.filter(full_name=holder).first()
        let(SECRETARY, lambda by, s=seat, h=holder, u=user: sit_down(s, Holder(name=h, since=since, user=u), by=by))
    let(
        SECRETARY,
        lambda by: found_council(
            county,
            CouncilDetails(name="مجمع خیریه‌های شهرستان", secretariat=bodies["بهزیستی"], kind=CouncilKind.ASSEMBLY),
            by=by,
        ),
    )
    return council


def _seat(council: Council, title: str, office: SeatOffice, body: Organization, *, votes: bool, since: date) -> Seat:
    return let(
        SECRETARY,
        lambda by: add_seat(council, title=title, office=office, organization=body, votes=votes, since=since, by=by),
    )


def _session(council: Council) -> Meeting:
    """Everybody is there but the mayor, whose deputy came."""
    meeting = let(
        SECRETARY,
        lambda by: plan_meeting(
            council, on=clock.today(), starts_at=time(10), ends_at=time(12), venue="فرمانداری، سالن شهدا",
            subject="برنامه زمستان", by=by,
        ),
    )  # fmt: skip
    for title, _text, _orders in RESOLUTIONS:
        let(SECRETARY, lambda by, t=title: add_item(council, title=t, kind=ItemKind.DECISION, meeting=meeting, by=by))
    let(SECRETARY, lambda by: invite(meeting, by=by))
    for one in meeting.attendances.select_related("seat"):
        deputy = "معاون شهردار، مینا رستمی" if one.seat.title == "شهردار" else ""
        presence = Presence.DEPUTY if deputy else Presence.PRESENT
        let(SECRETARY, lambda by, o=one, p=presence, d=deputy: record_presence(o, p, deputy=d, by=by))
    return let(SECRETARY, lambda by: open_session(meeting, by=by))


def _resolutions(meeting: Meeting, bodies: dict[str, Organization]) -> list[Commitment]:
    made: list[Commitment] = []
    items = meeting.items.order_by("position")
    for item, (title, text, asked) in zip(items, RESOLUTIONS, strict=True):
        resolution = let(SECRETARY, lambda by, i=item, t=title, x=text: propose(i, title=t, text=x, by=by))
        let(SECRETARY, lambda by, r=resolution: vote(r, Votes(by_consensus=True), by=by))
        _write_outcome(item)
        made += _orders(resolution, asked, bodies)
        let(SECRETARY, lambda by, r=resolution: communicate(r, by=by))
    strong = "همکاری خوب خیریه‌ها در شناسایی خانوارها"
    let(SECRETARY, lambda by: note(meeting, NoteKind.STRENGTH, text=strong, by=by))
    let(
        SECRETARY,
        lambda by: note(
            meeting, NoteKind.OBSTACLE, text="نبود اعتبار برای رفت‌وآمد روستاها", obstacle=Obstacle.MONEY,
            remedy="پیش‌بینی در بودجه شهرداری", by=by,
        ),
    )  # fmt: skip
    return made


def _write_outcome(item: AgendaItem) -> None:
    let(SECRETARY, lambda by: write_outcome(item, outcome="بررسی و تصویب شد.", is_done=True, by=by))


def _orders(
    resolution: Resolution, asked: Sequence[tuple[str, str, int | None, str, int, int]], bodies: dict[str, Organization]
) -> list[Commitment]:
    helping = {LABOUR: (Supports(bodies["بهزیستی"], "معرفی متقاضیان"),)}
    orders = [
        Order(
            title=title, issuer=bodies[""], owner=bodies[owner], due_on=clock.today() + timedelta(days=days),
            quantity=quantity, unit=unit, weight=weight, supporters=helping.get(owner, ()), priority=Priority.NORMAL,
        )
        for owner, title, quantity, unit, days, weight in asked
    ]  # fmt: skip
    return let(SECRETARY, lambda by: make_commitments(resolution, orders, by=by))


def _minutes(meeting: Meeting) -> None:
    until = clock.today() + timedelta(days=7)
    let(SECRETARY, lambda by: adjourn(meeting, by=by))
    let(SECRETARY, lambda by: draft_minutes(meeting, by=by))
    let(SECRETARY, lambda by: send_for_review(meeting, until=until, by=by))
    final = let(SECRETARY, lambda by: finish_minutes(meeting, by=by))
    for one in list(meeting.attendances.order_by("seat__position"))[:4]:
        let(SECRETARY, lambda by, o=one: sign(final, o, by=by))


def _follow(county: str, made: Sequence[Commitment], *, today: date) -> None:
    """One is done and verified, one returned, one waits for a date, some are under way, two are late."""
    jobs, course, packs, screening, rides, pupils, supplies, ramps, _survey = made
    with clock.telling(today + timedelta(days=WAS + 5)):
        for one in (jobs, course, screening, pupils, ramps):
            _take(one, SECRETARY)
        for one in (packs, supplies):
            _take(one, OFFICER)
        let(SECRETARY, lambda by: give_back(rides, reason="این کار در وظیفه‌های شهرداری نیست.", by=by))
    with clock.telling(today + timedelta(days=WAS + 18)):
        _report(jobs, SECRETARY, Report(text="چهار کارفرما معرفی شدند.", done_quantity=4))
        _report(packs, OFFICER, Report(text="شصت بسته تهیه شد.", done_quantity=60))
        _report(pupils, SECRETARY, Report(text="دوازده کودک ثبت‌نام شدند.", done_quantity=12))
    with clock.telling(today + timedelta(days=WAS + 24)):
        _report(course, SECRETARY, Report(text="دوره برای ده نفر برگزار شد.", is_claim=True))
        waits = Report(text="چادر و نوشت‌افزار نرسیده است.", obstacle=Obstacle.CONTRACTOR, done_quantity=10)
        _report(supplies, OFFICER, waits)
    let(GOVERNOR, lambda by: verify(course, adequate=True, note="گواهی‌ها دیده شد.", by=by))
    _report(ramps, SECRETARY, Report(text="اعتبار نیامده است.", obstacle=Obstacle.MONEY, percent=10))
    let(OFFICER, lambda by: ask_for_date(packs, new=today + timedelta(days=20), reason="دیرکرد تأمین برنج", by=by))
    escalate(county, on=today)


def _take(held: Commitment, username: str) -> None:
    let(username, lambda by: accept(held, by=by))


def _report(held: Commitment, username: str, said: Report) -> None:
    let(username, lambda by: report(held, said, by=by))


def _next_meeting(council: Council, *, on: date) -> None:
    with transaction.atomic():
        meeting = let(
            SECRETARY,
            lambda by: plan_meeting(
                council, on=on, starts_at=time(10), venue="فرمانداری، سالن شهدا", subject="گزارش برنامه زمستان", by=by
            ),
        )
        let(SECRETARY, lambda by: add_item(council, title="برنامه نوروز", meeting=meeting, by=by))
        let(SECRETARY, lambda by: invite(meeting, by=by))
    let(SECRETARY, lambda by: add_item(council, title="سامانه حمل‌ونقل معلولان", by=by))
