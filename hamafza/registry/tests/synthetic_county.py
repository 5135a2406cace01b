"""A county of invented people for tests of duplicate search: families, twins, brothers, namesakes, and people entered twice.

Everything comes from the seed. `noise` says how many slips a second entry has: 1 gentle, 2 as in real offices, 3 harsh.
"""

from __future__ import annotations

import datetime
import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from hamafza.registry.similarity import Contacts, Frequencies, Identified

MEN = (
    "علی حسین حسن محمد رضا مهدی امیر احمد محمود اکبر اصغر عباس کاظم جواد هادی نادر ناصر بهروز بهرام کوروش داریوش فرهاد سعید مسعود حمید مجید "
    "وحید یوسف یعقوب ایوب موسی عیسی داود قاسم هاشم سلمان جمشید پرویز ایرج منصور محمدرضا محمدحسن محمدحسین علیرضا امیرعلی امیرحسین غلامرضا ذبیح‌الله رضاقلی اسماعیل"
).split()
WOMEN = (
    "فاطمه زهرا زهره مریم زینب سمیه معصومه صدیقه طاهره نرگس لیلا لیلی سارا ساره شیرین پروین پریسا مهناز شهناز گلناز رقیه سکینه خدیجه آمنه اعظم اکرم "
    "اشرف الهام الهه مهری مینا منیژه فرشته فریبا فریده حمیده سعیده نسرین نسترن ثریا ژاله فاطمه‌زهرا صغری کبری طیبه طوبی ملوک عذرا"
).split()
SURNAMES = (
    "محمدی احمدی حسینی کریمی رحیمی رضایی موسوی جعفری صادقی قاسمی هاشمی مرادی نظری اکبری اصغری عباسی کاظمی کاظمی‌نژاد باقری طاهری ظاهری زارع زارعی فلاح "
    "فلاحی نوری نوروزی قره‌داغی علی‌زاده حسن‌پور رستم‌پور یزدانی شریفی سلیمانی سلطانی ذوالفقاری غفاری گودرزی بختیاری خسروی قنبری عظیمی ترابی طالبی ملکی مالکی"
).split()
STREETS = "بهار شهید‌رجایی مطهری گلستان امام انقلاب بهشتی ولیعصر لاله معلم آزادی دانش سعدی حافظ فردوسی".split()
VILLAGES = "حصارامیر خاتون‌آباد یبر قلعه‌نو فرون‌آباد گلزار".split()
_ALIKE = {
    "ذ": "ز",
    "ض": "ز",
    "ظ": "ز",
    "ز": "ذ",
    "ص": "س",
    "س": "ص",
    "ث": "س",
    "ط": "ت",
    "ت": "ط",
    "ق": "غ",
    "غ": "ق",
    "ح": "ه",
    "ه": "ح",
}


@dataclass
class County:
    """People by id, their contacts, and the pairs that are one person."""

    people: list[Identified] = field(default_factory=list)
    contacts: dict[UUID, Contacts] = field(default_factory=dict)
    same: set[frozenset[UUID]] = field(default_factory=set)

    def frequencies(self) -> Frequencies:
        found = Frequencies()
        for one in self.people:
            found.count(one)
        return found


def make_county(*, persons: int, seed: int, noise: int, twice: float = 0.014) -> County:
    """About ``persons`` people in families, ``twice`` of them entered a second time."""
    maker = _Maker(random.Random(seed), noise)
    while len(maker.county.people) < persons:
        maker.family()
    originals = list(maker.county.people)
    for one in maker.chance.sample(originals, max(int(persons * twice), 1)):
        maker.second_entry(one)
    for one in maker.chance.sample(originals, persons // 100):
        maker.namesake(one)
    return maker.county


class _Maker:
    def __init__(self, chance: random.Random, noise: int) -> None:
        self.chance = chance
        self.noise = noise
        self.county = County()

    def family(self) -> None:
        chance = self.chance
        household, surname, father = self.uuid(), chance.choice(SURNAMES), chance.choice(MEN)
        home, mobile = self.home(), self.mobile()
        self.add(
            father,
            surname,
            chance.choice(MEN),
            self.day(1325, 1375),
            "male",
            household,
            Contacts(self.number(), mobile, *home),
        )
        self.add(
            chance.choice(WOMEN),
            chance.choice(SURNAMES),
            chance.choice(MEN),
            self.day(1328, 1380),
            "female",
            household,
            Contacts(self.number(), "", *home),
        )
        children = chance.choice([0, 1, 1, 2, 2, 3, 4])
        for name, sex in self.distinct_children(children):
            self.add(
                name,
                surname,
                father,
                self.day(1350, 1403),
                sex,
                household,
                Contacts(self.number(), chance.choice(["", "", mobile]), *home),
            )
        if chance.random() < 0.03:
            day = self.day(1350, 1403)
            for name in self.twins():
                self.add(name, surname, father, day, "male", household, Contacts(self.number(), "", *home))

    def distinct_children(self, count: int) -> list[tuple[str, str]]:
        everybody = [(name, "male") for name in MEN] + [(name, "female") for name in WOMEN]
        return self.chance.sample(everybody, count)

    def twins(self) -> list[str]:
        return self.chance.choice(
            [["حسن", "حسین"], ["محمدحسن", "محمدحسین"], ["امیرعلی", "امیرحسین"], self.chance.sample(MEN, 2)]
        )

    def namesake(self, one: Identified) -> None:
        """Somebody else of the same first and last name; half have the same father's name too."""
        father = one.father_name if self.chance.random() < 0.5 else self.chance.choice(MEN)
        self.add(
            one.first_name,
            one.last_name,
            father,
            self.day(1325, 1403),
            one.sex,
            self.uuid(),
            Contacts(self.number(), self.mobile(), *self.home()),
        )

    def second_entry(self, one: Identified) -> None:
        again = replace(one, id=self.uuid(), household=self.uuid())
        was = self.county.contacts[one.id]
        contacts = Contacts(
            self.chance.choice(["", "", self.number()]),
            self.chance.choice([was.mobile, self.mobile(), ""]),
            *(self.home() if self.chance.random() < 0.4 else (was.address, was.postal_code)),
        )
        slips: list[Callable[[Identified], Identified]] = [
            self.titled,
            self.titled,
            self.misspelt,
            self.misspelt,
            self.sounding,
            self.dated,
            self.dated,
            self.crossed,
            self.fatherless,
            self.halved,
        ]
        for slip in self.chance.sample(slips, self.chance.randint(0, self.noise)):
            again = slip(again)
        self.county.people.append(again)
        self.county.contacts[again.id] = contacts
        self.county.same.add(frozenset((one.id, again.id)))

    def titled(self, one: Identified) -> Identified:
        name = self.chance.choice(["first_name", "last_name", "father_name"])
        title = "سیده" if one.sex == "female" and name == "first_name" else "سید"
        return renamed(one, name, f"{title} {getattr(one, name)}")

    def misspelt(self, one: Identified) -> Identified:
        name = self.chance.choice(["first_name", "last_name", "father_name"])
        return renamed(one, name, self.slip(getattr(one, name)))

    def slip(self, word: str) -> str:
        if len(word) < 4:
            return word
        place = self.chance.randrange(1, len(word) - 1)
        kind = self.chance.choice(["lost", "doubled", "exchanged"])
        if kind == "lost":
            return word[:place] + word[place + 1 :]
        if kind == "doubled":
            return word[:place] + word[place] + word[place:]
        return word[:place] + word[place + 1] + word[place] + word[place + 2 :]

    def sounding(self, one: Identified) -> Identified:
        name = self.chance.choice(["first_name", "last_name", "father_name"])
        return renamed(one, name, "".join(_ALIKE.get(letter, letter) for letter in getattr(one, name)))

    def dated(self, one: Identified) -> Identified:
        if one.born_on is None:
            return one
        kind = self.chance.choice(["next", "next", "ten", "swapped", "missing"] if self.noise > 1 else ["next", "ten"])
        day = one.born_on
        moved = {"next": day + datetime.timedelta(self.chance.choice([1, -1])), "ten": day + datetime.timedelta(10)}
        if kind == "missing":
            return replace(one, born_on=None)
        if kind == "swapped" and day.day <= 12:
            return replace(one, born_on=datetime.date(day.year, day.day, day.month))
        return replace(one, born_on=moved.get(kind, moved["next"]))

    def crossed(self, one: Identified) -> Identified:
        return replace(one, first_name=one.last_name, last_name=one.first_name)

    def fatherless(self, one: Identified) -> Identified:
        return replace(one, father_name="")

    def halved(self, one: Identified) -> Identified:
        return replace(one, first_name=f"{one.first_name} {'زهرا' if one.sex == 'female' else 'محمد'}")

    def add(
        self, first: str, last: str, father: str, day: datetime.date, sex: str, household: UUID, contacts: Contacts
    ) -> None:
        one = Identified(self.uuid(), first, last, father, day, sex, household)
        self.county.people.append(one)
        self.county.contacts[one.id] = contacts

    def day(self, first_year: int, last_year: int) -> datetime.date:
        return datetime.date(first_year + 621, 3, 21) + datetime.timedelta(
            self.chance.randrange((last_year - first_year) * 365)
        )

    def home(self) -> tuple[str, str]:
        if self.chance.random() < 0.2:
            return f"روستای {self.chance.choice(VILLAGES)}", ""
        address = f"خیابان {self.chance.choice(STREETS)}، کوچه {self.chance.randint(1, 40)}، پلاک {self.chance.randint(1, 200)}"
        return address, str(self.chance.randint(31_1111_1111, 39_9999_9999))

    def mobile(self) -> str:
        return f"091{self.chance.randrange(10**8):08d}"

    def number(self) -> str:
        """Ten digits with a right check digit."""
        body = f"{self.chance.randrange(1, 10**9):09d}"
        rest = sum(int(digit) * weight for digit, weight in zip(body, range(10, 1, -1), strict=True)) % 11
        return f"{body}{rest if rest < 2 else 11 - rest}"

    def uuid(self) -> UUID:
        return UUID(int=self.chance.getrandbits(128), version=4)


def renamed(one: Identified, name: str, value: str) -> Identified:
    """The person with another value of one of her names."""
    changed: dict[str, Any] = {name: value}
    return replace(one, **changed)
