"""Three counties full of sentinels: every text of a county carries a word that stands nowhere else.

What is sealed carries a word of its own besides, so that a page can be asked two questions: does it show another
county's data, and does it show plainly what must be masked.
"""

from __future__ import annotations

import re
import tempfile
from dataclasses import dataclass, field
from datetime import date, timedelta
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import unquote_plus
from uuid import UUID

from django.db import models
from django.utils import timezone

from hamafza.accounts.models import SignIn, User
from hamafza.accounts.queries.actors import system_actor
from hamafza.audit.commands.record_read import record_read
from hamafza.commitments.models.follow_up import PAPERS as REPORT_PAPERS
from hamafza.commitments.tests.factories import commitments_of_each
from hamafza.commitments.tests.factories_programme import programmes_of_each
from hamafza.core.identity import is_identity_number
from hamafza.core.persian import latin_digits
from hamafza.core.scope import counties
from hamafza.core.session import acting_as
from hamafza.councils.tests.factories import councils_of_each
from hamafza.desk.tests.factories import desk_of_each
from hamafza.distribution.models import Delivery, Round, RoundEntry
from hamafza.distribution.tests.factories import stock_of_each
from hamafza.distribution.tests.factories_round import rounds_of_each
from hamafza.documents.commands.attach import attach_file
from hamafza.documents.models import Attachment
from hamafza.documents.owners import Record
from hamafza.giving.choices import Moderation
from hamafza.giving.commands.donations import confirm_donation, write_donation
from hamafza.giving.tests.factories_benefactor import a_benefactor, a_capacity, a_job_offer, a_match
from hamafza.giving.tests.factories_donation import a_gift, one_of_each
from hamafza.giving.tests.factories_item import an_item
from hamafza.giving.tests.factories_pledge import a_pledge, weekly
from hamafza.giving.tests.factories_spending import spending_of_each
from hamafza.intake.commands.import_file import import_file
from hamafza.intake.models import ImportBatch
from hamafza.ledger.tests.factories import books_of_each
from hamafza.needs.choices import Domain, NeedState
from hamafza.needs.models import Assessment, Finding, Need, SavedList
from hamafza.needs.tests.factories import a_need
from hamafza.notices.commands.message import Recipient, send_message
from hamafza.notices.commands.notify import notify
from hamafza.places.commands.load_places import load_occasions
from hamafza.places.models import Place
from hamafza.places.tests.factories import COUNTY, FAR_COUNTY, SISTER_COUNTY, make_places
from hamafza.registry.choices import Cause, DisabilitySeverity, DisabilityType, PersonLeft, Relation, TargetGroup
from hamafza.registry.models import (
    DuplicateCandidate,
    FileEvent,
    HardshipCause,
    Household,
    Person,
    TargetGroupMembership,
)
from hamafza.registry.tests.factories import a_cause, a_disability, a_household, a_membership, a_person

#: The word of each county, and how many families it has: each number another, so that a foreign count shows too.
WORDS = {COUNTY: "رازپاکدشت", SISTER_COUNTY: "رازورامین", FAR_COUNTY: "رازاصفهان"}
FAMILIES = {COUNTY: 2, SISTER_COUNTY: 3, FAR_COUNTY: 4}
COUNTIES = tuple(WORDS)
DISTRICTS = {COUNTY: "231301", SISTER_COUNTY: "230601", FAR_COUNTY: "100203"}
#: Ends words of the working together: were it not made harmless, a page would hold a tag.
HOSTILE = "<i id=راز>\"'"
#: Begins what is sealed.
SEALED = "نهان"
#: All mobiles of all counties end in these, so that a search by them finds everybody it may.
TAIL = "4242"
MOBILE_DIGITS = {COUNTY: 1, SISTER_COUNTY: 2, FAR_COUNTY: 3}
SPECIAL = TargetGroup.ADDICTION_RECOVERY


def fold(text: str) -> str:
    """A text as sentinels are searched in it: no entities, no escapes, plain digits, Persian letters, no half-spaces."""
    return latin_digits(unescape(unquote_plus(text))).replace("\u200c", "")


@dataclass
class SeededCounty:
    """One county's rows, and what must not be seen of them."""

    code: str
    word: str
    #: Sealed values: never plainly in a page.
    sealed: set[str] = field(default_factory=set)
    #: By kind: what stands in an address (`tests/url_table.py`).
    rows: dict[str, models.Model] = field(default_factory=dict)
    #: Every key of a row of the county.
    keys: set[str] = field(default_factory=set)
    #: Of them, those of papers that show what a body did; who looks on opens them.
    report_papers: set[str] = field(default_factory=set)

    @property
    def gift(self) -> str:
        """Stands in the place of `word` in what is said of benefactors, gifts, goods and money."""
        return self.word.replace("راز", "رازگنج")

    @property
    def stranger(self) -> str:
        """The same in what is said of the one benefactor of the county who never signs in."""
        return self.word.replace("راز", "رازدگر")

    @property
    def of_clients(self) -> set[str]:
        """What tells of a client of this county at all."""
        return {self.word, *self.sealed}

    @property
    def plain(self) -> set[str]:
        """What tells of anybody of this county."""
        return {*self.of_clients, self.gift, self.stranger}

    def __getitem__(self, kind: str) -> Any:
        return self.rows[kind]


def numbers_of(code: str, index: int) -> dict[str, str]:
    """Identity number, mobile, Sheba and postal code that occur nowhere else; valid ones."""
    stem = f"{code}{index:05}"
    identity = next(number for last in range(10) if is_identity_number(number := f"{stem}{last}"))
    return {
        "identity_number": identity,
        "mobile": f"0912{MOBILE_DIGITS[code]}{index:02}{TAIL}",
        "iban": f"IR{code}{index:04}{code}77777{index:07}",
        "postal_code": f"{code}{index:04}17",
    }


def seed_counties(users: dict[str, User]) -> dict[str, SeededCounty]:
    """All three; ``users`` are the staff, by county, who own the lists, notices and batches."""
    places = make_places()
    load_occasions()
    return {code: _seed(places[code], users[code]) for code in COUNTIES}


def _seed(place: Place, user: User) -> SeededCounty:
    seeded = SeededCounty(place.code, WORDS[place.code])
    with acting_as(f"user:{user.pk}"), counties([place.code]):
        families = [_family(seeded, place, number) for number in range(1, FAMILIES[place.code] + 1)]
        home, head = families[0]
        _circumstances(seeded, home, head)
        _needs(seeded, home, head, user)
        _papers(seeded, home, head, user)
        _imports(seeded, user)
        _benefactors(seeded, place)
        _rounds(seeded)
        seeded.rows |= one_of_each(seeded["benefactor"], word=seeded.gift)
        seeded.rows |= spending_of_each(seeded["benefactor"], home, word=seeded.word, goods=seeded.gift)
        _pledges(seeded)
        seeded.rows |= commitments_of_each(county=place.code, word=f"{seeded.gift}{HOSTILE}")
        seeded.rows |= programmes_of_each(county=place.code, word=f"{seeded.gift}{HOSTILE}")
        seeded.rows |= books_of_each(county=place.code, word=seeded.gift)
        seeded.rows |= councils_of_each(county=place.code, word=f"{seeded.gift}{HOSTILE}")
        seeded.rows |= desk_of_each(seeded["home_need"])
        other = _twin(seeded, families[-1][0], head)
        first, second = sorted((head, other), key=lambda person: person.pk.int)
        pair = DuplicateCandidate.objects.create(
            county=place, a=first, b=second, score=930, parts={"version": 1, "name": 400, "born": 530}
        )
        seeded.rows |= {"household": home, "person": head, "other_person": other, "duplicate": pair}
        seeded.rows["other_household"] = families[-1][0]
        FileEvent.objects.create(
            county=place, household=home, person=head, kind="moved", reason=f"{SEALED}نه {seeded.word} کوچ", by=user
        )
        record_read(head, fields=["mobile"], reason="برای تماس")
        seeded.rows["notice"] = notify(
            user, code="intake.batch.done",
            params={"file": f"{seeded.word}.csv", "created": 1, "matched": 0, "refused": 1},
        )  # fmt: skip
        seeded.keys |= _all_keys()
        papers = Attachment.objects.filter(source_type=REPORT_PAPERS).values_list("pk", flat=True)
        seeded.report_papers = {str(pk) for pk in papers}
    return seeded


def _family(seeded: SeededCounty, place: Place, number: int) -> tuple[Household, Person]:
    numbers, word = numbers_of(place.code, number), seeded.word
    home = a_household(
        county=place,
        file_number=f"{word}/{number}",
        district_id=DISTRICTS[place.code],
        address=f"{SEALED}{word} کوچه {number}",
        postal_code=numbers.pop("postal_code"),
        decile=number,
        decile_source=f"{word} منبع",
        income_rial=10_000_000 * number,
    )
    head = _person(seeded, home, number, relation=Relation.HEAD)
    _person(seeded, home, number + 50, relation=Relation.CHILD)
    seeded.sealed |= {home.address, home.postal_code}
    return home, head


def _person(seeded: SeededCounty, home: Household, number: int, **fields: Any) -> Person:
    word = seeded.word
    numbers = numbers_of(seeded.code, number)
    del numbers["postal_code"]
    seeded.sealed |= set(numbers.values())
    given = {
        "first_name": f"نام {word}",
        "last_name": f"{word} {number}",
        "father_name": f"پدر {word}",
        "skills": f"{word} خیاطی",
        **numbers,
        **fields,
    }
    return a_person(household=home, **given)


def _twin(seeded: SeededCounty, home: Household, of: Person) -> Person:
    return _person(
        seeded, home, 90, first_name=of.first_name, last_name=of.last_name, born_on=of.born_on,
        relation=Relation.OTHER, left_reason=PersonLeft.OTHER, left_on=date(2025, 3, 1),
    )  # fmt: skip


def _circumstances(seeded: SeededCounty, home: Household, head: Person) -> None:
    word, hidden = seeded.word, f"{SEALED}{seeded.word}"
    a_membership(head, group=TargetGroup.WOMAN_HEAD, basis=f"{word} دلیل")
    special = a_membership(head, group=SPECIAL, basis=f"{hidden} ترخیص")
    a_disability(
        head, type=DisabilityType.PSYCHIATRIC, severity=DisabilitySeverity.SEVERE,
        decision_number=f"{hidden} رأی", note=f"{hidden} بالینی",
    )  # fmt: skip
    seeded.rows |= {
        "membership": special,
        "cause": a_cause(home, cause=Cause.SOCIAL, note=f"{hidden} علت"),
        "person_cause": a_cause(home, person=head, cause=Cause.HEREDITARY, note=f"{hidden} علت"),
    }
    seeded.sealed.add(hidden)
    assert TargetGroupMembership.objects.count() == 2
    assert HardshipCause.objects.count() == 2


def _needs(seeded: SeededCounty, home: Household, head: Person, user: User) -> None:
    word, hidden, today = seeded.word, f"{SEALED}{seeded.word}", timezone.localdate()
    details: dict[str, Any] = {"item": f"{word} کالا", "note": f"{hidden} یادداشت"}
    seeded.rows |= {
        "need": a_need(head, domain=Domain.JOB, waiting_days=400, severity=5, **details),
        "home_need": a_need(home, domain=Domain.HOUSING, severity=4, **details),
        "draft": a_need(head, domain=Domain.HEALTH, state=NeedState.DRAFT, created_by=user, **details),
        "late": a_need(head, domain=Domain.EDUCATION, valid_to=today - timedelta(days=1), **details),
    }
    assessment = Assessment.objects.create(
        county_id=seeded.code, household=home, assessor=user, note=f"{hidden} مشاهده", next_due_on=today
    )
    Finding.objects.create(
        county_id=seeded.code, assessment=assessment, domain=Domain.JOB, person=head, severity=5, note=f"{hidden} یافته"
    )
    saved = SavedList.objects.create(county_id=seeded.code, owner=user, name=f"{word} فهرست", filters={"domain": "job"})
    seeded.rows |= {"assessment": assessment, "list": saved}


def _pledges(seeded: SeededCounty) -> None:
    """A promise of every week, a vow that waits; and a stranger's promise and gift."""
    hidden, today = f"{SEALED}{seeded.gift}", timezone.localdate()
    pledge = a_pledge(seeded["benefactor"], schedule=weekly(today), own_words=f"{hidden} گفته")
    vow = a_pledge(seeded["benefactor"], schedule=weekly(today), intention="vow", condition=f"{hidden} شرط")
    seeded.rows |= {"pledge": pledge, "vow": vow, "instalment": pledge.instalments.order_by("due_on")[0]}
    seeded.sealed |= {f"{hidden} گفته", f"{hidden} شرط"}
    stranger = a_benefactor(f"خیر {seeded.stranger}", county=seeded.code)
    promised = a_pledge(stranger, schedule=weekly(today), own_words=f"{seeded.stranger} گفته")
    wish, system = {"purpose": "livelihood", "own_words": f"{seeded.stranger} نذر"}, system_actor("seed")
    given = write_donation(seeded.code, gift=a_gift(benefactor=stranger, wish=wish), by=system)
    confirm_donation(given, by=system)
    seeded.keys |= {str(row.pk) for row in (stranger, promised, given, given.receipts.get())}


def _rounds(seeded: SeededCounty) -> None:
    """A round that waits, one that is out, one that is closed."""
    hidden = f"{SEALED}{seeded.word}"
    seeded.rows |= rounds_of_each(county=seeded.code, word=seeded.word, hidden=hidden, goods=seeded.gift)
    seeded.rows |= stock_of_each(county=seeded.code, word=seeded.gift)


def _benefactors(seeded: SeededCounty, place: Place) -> None:
    """Who gives, what she can do, whom it is proposed for, what stands in the catalogue, what was sent."""
    word, numbers = seeded.gift, numbers_of(seeded.code, 95)
    sealed = {"identity_number": numbers["identity_number"], "mobile": numbers["mobile"]}
    giver = a_benefactor(f"خیر {word}", county=place, note=f"{SEALED}{word} یادداشت", **sealed)
    seeded.sealed |= set(sealed.values())
    lessons = a_capacity(giver, description=f"تدریس {word}")
    said = {"county": word, "username": word}
    message = send_message(Recipient(mobile=numbers["mobile"]), "giving.sign_in.given", said)
    assert message is not None
    seeded.rows |= {
        "benefactor": giver,
        "capacity": lessons,
        "new_capacity": a_capacity(giver, description=f"سالن {word}", moderation=Moderation.NEW, own_entry=True),
        "match": a_match(a_job_offer(benefactor=giver, description=f"کار {word}"), seeded["need"]),
        "item": an_item(f"برنج {word}", county=place),
        "message": message,
    }


def _papers(seeded: SeededCounty, home: Household, head: Person, user: User) -> None:
    for kind, record in (("person", head), ("household", home)):
        paper = attach_file(
            Record(county=seeded.code, title="", url=""),
            BytesIO(f"%PDF-1.4 {seeded.word} {SEALED}".encode()),
            name="paper.pdf",
            title=f"{seeded.word} مدرک",
            source_type=kind,
            source_id=record.pk,
            by=system_actor("seed"),
        )
        seeded.rows[f"{kind}_paper"] = paper
    assert Attachment.objects.count() == 2
    assert user.pk


HEADINGS = "شماره پرونده,کد ملی,نام,نام خانوادگی,نام پدر,تاریخ تولد,نسبت با سرپرست,موبایل,آدرس,نیازها"


def _imports(seeded: SeededCounty, user: User) -> None:
    """One import that is done and one that waits for the word, each with a refused row and a warning."""
    for kind, number in (("batch", 60), ("waiting_batch", 70)):
        good, bad = numbers_of(seeded.code, number), numbers_of(seeded.code, number + 1)
        wrong = bad["identity_number"][:-1] + str((int(bad["identity_number"][-1]) + 1) % 10)
        word, hidden = seeded.word, f"{SEALED}{seeded.word}"
        start, names = f"{word}/{number}", f"نام {word},{word} {number},پدر {word}"
        lines = [
            HEADINGS,
            f"{start},{good['identity_number']},{names},1361/08/06,سرپرست,{good['mobile']},{hidden} خیابان,شغل",
            f"{start},{wrong},{names},1365/02/10,همسر,0912,{hidden},درمان",
        ]
        seeded.sealed |= {good["identity_number"], good["mobile"]}
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f"{word}-{number}.csv"
            path.write_text("\n".join(lines) + "\n", "utf-8")
            batch = import_file(seeded.code, path=path, by=system_actor("seed"), dry_run=kind == "waiting_batch")
        ImportBatch.objects.filter(pk=batch.pk).update(created_by=user)
        batch.refresh_from_db()
        seeded.rows[kind] = batch


def _all_keys() -> set[str]:
    """Every key of every row of the open county."""
    found: set[str] = set()
    clients = (Household, Person, Need, Assessment, SavedList, ImportBatch, Attachment, DuplicateCandidate)
    for model in (*clients, Round, RoundEntry, Delivery):
        found |= {str(pk) for pk in model._default_manager.values_list("pk", flat=True)}
    return found


def sign_in_of(user: User) -> SignIn:
    """Another session of the user, as on another device."""
    return SignIn.objects.create(user=user, session_key=f"elsewhere{user.pk.hex[:20]}", ip="192.0.2.1")


UUID_IN_TEXT = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
NOBODY = UUID("01890000-0000-7000-8000-000000000000")
