"""People for the demonstration: one for each role, with passwords that everybody may know."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.functional import Promise

from hamafza.accounts.choices import OrganizationKind, Role
from hamafza.accounts.models import Duty, Organization, User
from hamafza.places.models import COUNTRY_CODE, Place
from hamafza.places.queries.places import districts_of

PASSWORD = "hamafza-namayesh"  # noqa: S105 - meant to be known
SINCE = date(2025, 3, 21)

#: User name, full name, role: invented people.
PEOPLE: tuple[tuple[str, str, Role], ...] = (
    ("madadkar", "مریم رستگار", Role.SOCIAL_WORKER),
    ("rais", "حمیدرضا یوسفی", Role.COUNTY_HEAD),
    ("ostan", "فرشته سلطانی", Role.PROVINCE_DIRECTOR),
    ("farmandari", "علی‌اکبر نوری", Role.GOVERNOR_OFFICE),
    ("bazras", "نرگس میرزایی", Role.AUDITOR),
    ("khayyerin", "زهرا احمدی", Role.GIVING_OFFICER),
    ("hesabdar", "محسن رضایی", Role.ACCOUNTANT),
    ("pardakht", "لیلا صادقی", Role.PAYER),
    ("anbardar", "رضا کریمی", Role.STOREKEEPER),
    ("tahvil", "امیر قاسمی", Role.DELIVERER),
    ("khayyer", "حسن نیکوکار", Role.BENEFACTOR),
    ("dabir", "الهام شریفی", Role.COUNCIL_SECRETARY),
    ("helal", "کاوه مرادی", Role.AGENCY_OFFICER),
    ("bakhshdar", "ابراهیم صفری", Role.DISTRICT_GOVERNOR),
    ("modir", "سعید کاویانی", Role.NATIONAL_ADMIN),
)


RED_CRESCENT = (OrganizationKind.AGENCY, "هلال احمر شهرستان")
#: Who else gives to families of the county.
OTHER_BODIES = ((OrganizationKind.CHARITY, "خیریه یاس سپید"), RED_CRESCENT)


@dataclass(frozen=True, slots=True)
class DemoUser:
    """What ``hamafza init --demo`` prints of one person."""

    username: str
    password: str
    full_name: str
    role: str | Promise
    place: str


def make_demo_users(county_code: str) -> list[DemoUser]:
    """One user for each role around a county; made once, listed every time."""
    county = Place.objects.select_related("parent").get(code=county_code)
    province = county.parent
    if province is None:
        raise ValueError(f"{county_code} has no province")
    country = Place.objects.get(code=COUNTRY_CODE)
    district = districts_of(county_code).order_by("code")[0]
    places = {Role.PROVINCE_DIRECTOR: province, Role.NATIONAL_ADMIN: country, Role.DISTRICT_GOVERNOR: district}
    governor = (OrganizationKind.GOVERNOR_OFFICE, f"فرمانداری شهرستان {county.name_fa}")
    others = {
        Role.GOVERNOR_OFFICE: governor,
        Role.COUNCIL_SECRETARY: governor,
        Role.DISTRICT_GOVERNOR: governor,
        Role.AGENCY_OFFICER: RED_CRESCENT,
    }
    bodies = {
        country: (OrganizationKind.WELFARE_OFFICE, "سازمان بهزیستی کشور"),
        province: (OrganizationKind.WELFARE_OFFICE, f"اداره کل بهزیستی استان {province.name_fa}"),
        county: (OrganizationKind.WELFARE_OFFICE, f"اداره بهزیستی شهرستان {county.name_fa}"),
    }
    made = []
    with transaction.atomic():
        for username, full_name, role in PEOPLE:
            place = places.get(role, county)
            at = county if place == district else place
            kind, name = others.get(role, bodies[at])
            _make(username, full_name, role, place, _organization(kind, name, at))
            made.append(DemoUser(username, PASSWORD, full_name, role.label, place.name_fa))
        for kind, name in OTHER_BODIES:
            _organization(kind, name, county)
    return made


def _organization(kind: OrganizationKind, name: str, place: Place) -> Organization:
    return Organization.objects.get_or_create(name_fa=name, place=place, defaults={"kind": kind})[0]


def _make(username: str, full_name: str, role: Role, place: Place, organization: Organization) -> None:
    if User.objects.filter(username=username).exists():
        return
    user = User.objects.create_user(username, PASSWORD, full_name=full_name, organization=organization)
    Duty.objects.create(user=user, role=role, place=place, valid_from=SINCE)
