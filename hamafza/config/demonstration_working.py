"""How the bodies of the demonstration county work together: a council, its resolutions, who owes what, what is late."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, time, timedelta
from typing import Any, TypeVar

from django.db import transaction

from hamafza.accounts.choices import OrganizationKind
from hamafza.accounts.commands.demo import OTHER_BODIES
from hamafza.accounts.models import Organization, User
from hamafza.commitments.choices import Obstacle, Part, Priority
from hamafza.commitments.commands.answer import accept, ask_for_date, give_back, report
from hamafza.commitments.commands.climb import escalate
from hamafza.commitments.commands.decide import verify
from hamafza.commitments.commands.division import set_part
from hamafza.commitments.models import Commitment, SupportField
from hamafza.commitments.order import Order, Report, Supports
from hamafza.config.demonstration_giving import let
from hamafza.core import clock
from hamafza.councils.choices import CouncilKind, ItemKind, NoteKind, Presence, SeatOffice
from hamafza.councils.commands.agenda import add_item
from hamafza.councils.commands.meetings import Appointment, invite, plan_meeting
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

T = TypeVar("T")

SECRETARY, OFFICER, GOVERNOR = "dabir", "helal", "farmandari"
#: The meeting that was, and the next one, in days from today.
WAS, NEXT = -45, 6
#: So many days the minutes lie before those who were there.
READ = 7
VENUE = "فرمانداری، سالن شهدا"
AGENCIES = (
    "اداره تعاون، کار و رفاه اجتماعی شهرستان",
    "شبکه بهداشت و درمان شهرستان",
    "اداره آموزش و پرورش شهرستان",
    "شهرداری",
)
LABOUR, HEALTH, SCHOOLS, CITY = AGENCIES
CHARITY, RED_CRESCENT = (name for _kind, name in OTHER_BODIES)

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

#: Field of support: who owns it (one field has two by mistake, some have nobody) and who helps.
DIVISION: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "livelihood": (("بهزیستی",), (RED_CRESCENT, CHARITY)),
    "job": ((LABOUR,), ("بهزیستی", CHARITY)),
    "health": ((HEALTH,), ("بهزیستی",)),
    "rehabilitation": (("بهزیستی",), (HEALTH,)),
    "education": ((SCHOOLS,), ("بهزیستی", CHARITY)),
    "social": (("بهزیستی",), (HEALTH, SCHOOLS)),
    "food-clothing": ((CHARITY,), (RED_CRESCENT,)),
    "women-heads": (("بهزیستی",), (LABOUR, CHARITY)),
    "older": ((HEALTH, "بهزیستی"), (CITY,)),
    "transport": ((CITY,), ("بهزیستی",)),
    "emergency": ((RED_CRESCENT,), (CITY,)),
}


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
        _divide(county, bodies)
        _minutes(meeting)
    with clock.telling(today + timedelta(days=WAS + READ + 1)):
        _final(meeting)
    _follow(county, made, today=today)
    _next_meeting(council, on=today + timedelta(days=NEXT))
    escalate(county, on=today)


def act(username: str, command: Callable[..., T], *said: Any, **asked: Any) -> T:
    """One of the demonstration's people does something; the trail names her."""
    return let(username, lambda by: command(*said, **asked, by=by))


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
    council = act(
        SECRETARY,
        found_council,
        county,
        CouncilDetails(
            name="شورای مشارکت‌های مردمی شهرستان",
            secretariat=bodies[""],
            legal_basis="دستورالعمل شوراهای مشارکت‌های مردمی بهزیستی",
        ),
    )
    since = clock.today() - timedelta(days=200)
    for title, office, body, holder, votes in SEATS:
        seat = _seat(council, title, office, bodies[body], votes=votes, since=since)
        user = User.objects.filter(full_name=holder).first()
        act(SECRETARY, sit_down, seat, Holder(name=holder, since=since, user=user))
    act(
        SECRETARY,
        found_council,
        county,
        CouncilDetails(name="مجمع خیریه‌های شهرستان", secretariat=bodies["بهزیستی"], kind=CouncilKind.ASSEMBLY),
    )
    return council


def _divide(county: str, bodies: dict[str, Organization]) -> None:
    fields = {field.code: field for field in SupportField.objects.all()}
    for code, (owners, helpers) in DIVISION.items():
        for part, named in ((Part.OWNER, owners), (Part.HELPS, helpers)):
            for body in named:
                act(SECRETARY, set_part, county, field=fields[code], organization=bodies[body], part=part)


def _seat(council: Council, title: str, office: SeatOffice, body: Organization, *, votes: bool, since: date) -> Seat:
    return act(SECRETARY, add_seat, council, title=title, office=office, organization=body, votes=votes, since=since)


def _session(council: Council) -> Meeting:
    """Everybody is there but the mayor, whose deputy came."""
    appointment = Appointment(clock.today(), time(10), VENUE, "برنامه زمستان", time(12))
    meeting = act(SECRETARY, plan_meeting, council, appointment)
    for title, _text, _orders in RESOLUTIONS:
        act(SECRETARY, add_item, council, title=title, kind=ItemKind.DECISION, meeting=meeting)
    act(SECRETARY, invite, meeting)
    for one in meeting.attendances.select_related("seat"):
        deputy = "معاون شهردار، مینا رستمی" if one.seat.title == "شهردار" else ""
        presence = Presence.DEPUTY if deputy else Presence.PRESENT
        act(SECRETARY, record_presence, one, presence, deputy=deputy)
    return act(SECRETARY, open_session, meeting)


def _resolutions(meeting: Meeting, bodies: dict[str, Organization]) -> list[Commitment]:
    made: list[Commitment] = []
    items = meeting.items.order_by("position")
    for item, (title, text, asked) in zip(items, RESOLUTIONS, strict=True):
        resolution = act(SECRETARY, propose, item, title=title, text=text)
        act(SECRETARY, vote, resolution, Votes(by_consensus=True))
        _write_outcome(item)
        made += _orders(resolution, asked, bodies)
        act(SECRETARY, communicate, resolution)
    strong = "همکاری خوب خیریه‌ها در شناسایی خانوارها"
    act(SECRETARY, note, meeting, NoteKind.STRENGTH, text=strong)
    act(
        SECRETARY,
        note,
        meeting,
        NoteKind.OBSTACLE,
        text="نبود اعتبار برای رفت‌وآمد روستاها",
        obstacle=Obstacle.MONEY,
        remedy="پیش‌بینی در بودجه شهرداری",
    )
    return made


def _write_outcome(item: AgendaItem) -> None:
    act(SECRETARY, write_outcome, item, outcome="بررسی و تصویب شد.", is_done=True)


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
    return act(SECRETARY, make_commitments, resolution, orders)


def _minutes(meeting: Meeting) -> None:
    until = clock.today() + timedelta(days=READ)
    act(SECRETARY, adjourn, meeting)
    act(SECRETARY, draft_minutes, meeting)
    act(SECRETARY, send_for_review, meeting, until=until)


def _final(meeting: Meeting) -> None:
    """The day for remarks is over."""
    final = act(SECRETARY, finish_minutes, meeting)
    for one in list(meeting.attendances.order_by("seat__position"))[:4]:
        act(SECRETARY, sign, final, one)


def _follow(county: str, made: Sequence[Commitment], *, today: date) -> None:
    """One is done and verified, one waits for a date, some are under way; four are late, of them one was returned."""
    jobs, course, packs, screening, rides, pupils, supplies, ramps, _survey = made
    with clock.telling(today + timedelta(days=WAS + 5)):
        for one in (jobs, course, screening, pupils, ramps):
            act(SECRETARY, accept, one)
        for one in (packs, supplies):
            act(OFFICER, accept, one)
        act(SECRETARY, give_back, rides, reason="این کار در وظیفه‌های شهرداری نیست.")
    with clock.telling(today + timedelta(days=WAS + 18)):
        act(SECRETARY, report, jobs, Report(text="چهار کارفرما معرفی شدند.", done_quantity=4))
        act(OFFICER, report, packs, Report(text="شصت بسته تهیه شد.", done_quantity=60))
        act(SECRETARY, report, pupils, Report(text="دوازده کودک ثبت‌نام شدند.", done_quantity=12))
    with clock.telling(today + timedelta(days=WAS + 24)):
        act(SECRETARY, report, course, Report(text="دوره برای ده نفر برگزار شد.", is_claim=True))
        waits = Report(text="چادر و نوشت‌افزار نرسیده است.", obstacle=Obstacle.CONTRACTOR, done_quantity=10)
        act(OFFICER, report, supplies, waits)
    act(GOVERNOR, verify, course, adequate=True, note="گواهی‌ها دیده شد.")
    act(SECRETARY, report, ramps, Report(text="اعتبار نیامده است.", obstacle=Obstacle.MONEY, percent=10))
    act(OFFICER, ask_for_date, packs, new=today + timedelta(days=20), reason="دیرکرد تأمین برنج")
    escalate(county, on=today)


def _next_meeting(council: Council, *, on: date) -> None:
    with transaction.atomic():
        appointment = Appointment(on, time(10), VENUE, "گزارش برنامه زمستان")
        meeting = act(SECRETARY, plan_meeting, council, appointment)
        act(SECRETARY, add_item, council, title="برنامه نوروز", meeting=meeting)
        act(SECRETARY, invite, meeting)
    act(SECRETARY, add_item, council, title="سامانه حمل‌ونقل معلولان")
