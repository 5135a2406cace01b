"""At the door: a proof, one effect, and everything that is written with it, or nothing."""

from __future__ import annotations

import json
import struct
import zlib
from datetime import timedelta
from unittest.mock import patch

import pytest
from django.db.models import Sum
from django.utils import timezone

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Role
from hamafza.accounts.tests.factories import make_actor
from hamafza.core.errors import Refusal
from hamafza.core.ids import uuid7
from hamafza.distribution.choices import EntryState, MovementKind, Proof
from hamafza.distribution.commands import deliveries
from hamafza.distribution.commands.deliver_many import deliver_many
from hamafza.distribution.commands.deliveries import deliver, mark_absent, send_code, take_back
from hamafza.distribution.commands.delivery_code import MOST_SENDINGS, MOST_TRIES
from hamafza.distribution.commands.reconcile import reconcile_round
from hamafza.distribution.commands.rounds import pack_round, send_out
from hamafza.distribution.models import Delivery, DeliveryCode, Movement, RoundEntry
from hamafza.distribution.proofs import ProofGiven, has_ink
from hamafza.distribution.queries.integrity_rounds import faults_of_rounds
from hamafza.distribution.tests.factories import balance_of
from hamafza.distribution.tests.factories_round import WITNESSES, Setting, a_delivery, a_round, a_setting, listed
from hamafza.documents.models import Attachment
from hamafza.documents.store import open_sealed
from hamafza.ledger.choices import Account
from hamafza.ledger.models import JournalEntry, JournalLine
from hamafza.needs.choices import NeedState
from hamafza.needs.models import AidRecord, Need
from hamafza.notices.models import Message
from hamafza.places.models import Place
from hamafza.places.tests.factories import COUNTY
from hamafza.registry.models import Person

pytestmark = pytest.mark.django_db


def a_picture(*, ink: bool = True) -> bytes:
    """A small PNG: white, with a line across when there is ink."""

    def part(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\x00" + (b"\x14\x21\x3d" if ink and y == 5 else b"\xff\xff\xff") * 20 for y in range(10))
    head = struct.pack(">IIBBBBB", 20, 10, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", head) + part(b"IDAT", zlib.compress(rows)) + part(b"IEND", b"")


def out(families: int = 3, **fields: object) -> tuple[Setting, RoundEntry]:
    """A setting whose round is out, and its first entry."""
    setting = a_setting(families=families)
    return setting, listed(a_round(setting, until="out", **fields))[0]


def with_phone(entry: RoundEntry) -> RoundEntry:
    head = Person.objects.get(household=entry.household_id)
    head.mobile = "09121234242"
    head.save()
    return RoundEntry.objects.get(pk=entry.pk)


def code_sent() -> str:
    """What the household reads on its phone."""
    found = Message.objects.latest("at")
    return str(json.loads(found.params)["code"])


def booked() -> int:
    """What aid in goods sums to in the books, in rial."""
    total = JournalLine.objects.filter(account=Account.AID_GOODS).aggregate(total=Sum("amount"))["total"]
    return int(total or 0)


def test_deliver_moves_goods_books_need_and_aid_together(county: Place) -> None:
    setting, entry = out()
    delivery = a_delivery(entry, setting)
    need = Need.objects.get(pk=entry.need_id)
    aid = AidRecord.objects.get()
    assert balance_of(setting.lots[0], setting.store) == (9, 1)
    assert booked() == setting.lots[0].unit_value_rial
    assert (need.state, need.reserved, need.delivered) == (NeedState.MET, 0, 1)
    assert (aid.source_id, aid.value_rial, aid.item) == (delivery.pk, 1000, setting.item.name)
    assert RoundEntry.objects.get(pk=entry.pk).state == EntryState.DELIVERED


def test_deliver_pressed_twice_is_one_delivery(county: Place) -> None:
    setting, entry = out()
    key = uuid7()
    first = deliver(entry, proof=WITNESSES, by=setting.office.deliverer, key=key)
    assert deliver(entry, proof=WITNESSES, by=setting.office.deliverer, key=key) == first
    assert (Delivery.objects.count(), JournalEntry.objects.count(), AidRecord.objects.count()) == (1, 1, 1)


def test_deliver_by_two_deliverers_is_refused_to_the_second(county: Place) -> None:
    setting, entry = out()
    a_delivery(entry, setting)
    with pytest.raises(Refusal) as refused:
        deliver(entry, proof=WITNESSES, by=make_actor(Role.DELIVERER), key=uuid7())
    assert refused.value.code == "delivered_already"
    assert Delivery.objects.count() == 1


def test_deliver_when_a_late_step_fails_leaves_nothing(county: Place) -> None:
    setting, entry = out()
    with patch.object(deliveries, "take_entry_step", side_effect=KeyboardInterrupt), pytest.raises(KeyboardInterrupt):
        a_delivery(entry, setting)
    assert (Delivery.objects.count(), JournalEntry.objects.count(), AidRecord.objects.count()) == (0, 0, 0)
    assert balance_of(setting.lots[0], setting.store) == (10, 2)
    a_delivery(entry, setting)
    assert (Delivery.objects.count(), JournalEntry.objects.count()) == (1, 1)


def test_deliver_by_who_packed_is_refused(county: Place) -> None:
    setting, entry = out()
    keeper = setting.office.storekeeper
    both = Actor(name="both", user_id=keeper.user_id, duties=keeper.duties + setting.office.deliverer.duties)
    with pytest.raises(Refusal) as refused:
        deliver(entry, proof=WITNESSES, by=both, key=uuid7())
    assert refused.value.code == "same_hands"


def test_deliver_more_than_was_packed_is_refused(county: Place) -> None:
    setting = a_setting(families=3)
    made = a_round(setting, until="packing", planned=2)
    pack_round(made, packages=1, by=setting.office.storekeeper)
    going = send_out(made, by=setting.office.storekeeper)
    first, second = listed(going)
    a_delivery(first, setting)
    with pytest.raises(Refusal) as refused:
        deliver(second, proof=WITNESSES, by=setting.office.deliverer, key=uuid7())
    assert refused.value.code == "nothing_left"


@pytest.mark.parametrize("until", ["planned", "approved", "packing"])
def test_deliver_before_the_round_is_out_is_refused(county: Place, until: str) -> None:
    setting = a_setting(families=2)
    entry = listed(a_round(setting, until=until))[0]
    with pytest.raises(Refusal) as refused:
        a_delivery(entry, setting)
    assert refused.value.code == "round_not_out"


def test_deliver_after_the_round_is_closed_is_refused(county: Place) -> None:
    setting, entry = out(planned=1)
    reconcile_round(entry.round, wasted=0, came_back=1, by=setting.office.accountant)
    with pytest.raises(Refusal) as refused:
        a_delivery(entry, setting)
    assert refused.value.code == "round_not_out"


def test_deliver_after_absence_is_allowed(county: Place) -> None:
    setting, entry = out()
    mark_absent(entry, by=setting.office.deliverer)
    a_delivery(entry, setting)
    assert RoundEntry.objects.get(pk=entry.pk).state == EntryState.DELIVERED


@pytest.mark.parametrize(
    ("names", "code"),
    [(("رضا کریمی",), "two_witnesses"), (("رضا کریمی", "رضا  کريمي"), "two_witnesses"), (("ر", "م"), "two_witnesses")],
)
def test_deliver_with_weak_witnesses_is_refused(county: Place, names: tuple[str, ...], code: str) -> None:
    setting, entry = out()
    with pytest.raises(Refusal) as refused:
        deliver(entry, proof=ProofGiven(Proof.WITNESSES, witnesses=names), by=setting.office.deliverer, key=uuid7())
    assert refused.value.code == code


def test_deliver_with_signature_keeps_it_sealed(county: Place) -> None:
    setting, entry = out()
    drawn = a_picture()
    proof = ProofGiven(Proof.SIGNATURE, file=drawn)
    delivery = deliver(entry, proof=proof, by=setting.office.deliverer, key=uuid7())
    paper = Attachment.objects.get(source_type="delivery", source_id=delivery.pk)
    assert open_sealed(paper.file_key).read() == drawn


def test_deliver_with_empty_signature_is_refused(county: Place) -> None:
    setting, entry = out()
    proof = ProofGiven(Proof.SIGNATURE, file=a_picture(ink=False))
    with pytest.raises(Refusal) as refused:
        deliver(entry, proof=proof, by=setting.office.deliverer, key=uuid7())
    assert refused.value.code == "no_signature"


@pytest.mark.parametrize("bad", [b"", b"no picture", b"\x89PNG\r\n\x1a\n" + b"\x00" * 40])
def test_has_ink_of_no_picture_is_false(bad: bytes) -> None:
    assert not has_ink(bad)


def test_deliver_with_a_photo_that_is_none_leaves_nothing(county: Place) -> None:
    setting, entry = out()
    proof = ProofGiven(Proof.PHOTO, file=b"MZ this is a program", file_name="photo.jpg")
    with pytest.raises(Refusal) as refused:
        deliver(entry, proof=proof, by=setting.office.deliverer, key=uuid7())
    assert (refused.value.code, Delivery.objects.count()) == ("kind", 0)


def test_deliver_with_the_code_of_the_phone_works_once(county: Place) -> None:
    setting, entry = out()
    entry = with_phone(entry)
    send_code(entry, by=setting.office.deliverer)
    deliver(entry, proof=ProofGiven(Proof.CODE, code=code_sent()), by=setting.office.deliverer, key=uuid7())
    assert (Delivery.objects.get().proof, DeliveryCode.objects.count()) == (Proof.CODE, 0)


def test_code_is_kept_as_a_keyed_hash_alone(county: Place) -> None:
    setting, entry = out()
    send_code(with_phone(entry), by=setting.office.deliverer)
    code = code_sent()
    kept = DeliveryCode.objects.get()
    assert (len(code), code in kept.code_hash, len(kept.code_hash)) == (5, False, 32)


def test_code_that_is_wrong_five_times_is_void_though_each_was_refused(county: Place) -> None:
    setting, entry = out()
    entry = with_phone(entry)
    send_code(entry, by=setting.office.deliverer)
    right = code_sent()
    wrong = ProofGiven(Proof.CODE, code=f"{(int(right) + 1) % 100_000:05}")
    said = [_refusal(entry, wrong, setting) for _ in range(MOST_TRIES)]
    assert said == ["code_wrong"] * MOST_TRIES
    assert _refusal(entry, ProofGiven(Proof.CODE, code=right), setting) == "code_void"
    assert Delivery.objects.count() == 0


def test_code_that_has_expired_is_refused(county: Place) -> None:
    setting, entry = out()
    entry = with_phone(entry)
    send_code(entry, by=setting.office.deliverer)
    DeliveryCode.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert _refusal(entry, ProofGiven(Proof.CODE, code=code_sent()), setting) == "code_void"


def test_code_is_sent_a_few_times_and_no_more(county: Place) -> None:
    setting, entry = out()
    entry = with_phone(entry)
    for _ in range(MOST_SENDINGS):
        send_code(entry, by=setting.office.deliverer)
    with pytest.raises(Refusal) as refused:
        send_code(entry, by=setting.office.deliverer)
    assert refused.value.code == "sent_too_often"


def test_code_to_a_household_without_phone_is_refused(county: Place) -> None:
    setting, entry = out()
    with pytest.raises(Refusal) as refused:
        send_code(entry, by=setting.office.deliverer)
    assert refused.value.code == "no_phone"


def test_take_back_returns_goods_books_need_and_aid(county: Place) -> None:
    setting, entry = out()
    a_delivery(entry, setting)
    take_back(entry, reason="به نشانی دیگری رسیده بود", by=setting.office.deliverer)
    need = Need.objects.get(pk=entry.need_id)
    assert balance_of(setting.lots[0], setting.store) == (10, 2)
    assert booked() == 0
    assert (need.state, need.delivered, need.reserved) == (NeedState.OPEN, 0, 0)
    assert AidRecord.objects.filter(taken_back_at=None).count() == 0
    assert Delivery.objects.get().returned_by_id == setting.office.deliverer.user_id


def test_take_back_twice_is_refused(county: Place) -> None:
    setting, entry = out()
    a_delivery(entry, setting)
    take_back(entry, reason="برگشت", by=setting.office.deliverer)
    with pytest.raises(Refusal):
        take_back(entry, reason="برگشت", by=setting.office.deliverer)
    assert Movement.objects.filter(kind=MovementKind.RETURN).count() == 1


def test_deliver_many_gives_each_entry_its_own_proof_and_tells_what_was_refused(county: Place) -> None:
    setting = a_setting(families=4)
    going = a_round(setting, until="out", planned=3)
    entries = listed(going)
    a_delivery(entries[0], setting)
    outcomes = deliver_many(going, entries, proof=WITNESSES, by=setting.office.deliverer)
    again = deliver_many(going, entries, proof=WITNESSES, by=setting.office.deliverer)
    assert [bool(one.delivery) for one in outcomes] == [False, True, True]
    assert [bool(one.delivery) for one in again] == [False, True, True]
    assert Delivery.objects.count() == 3
    assert {delivery.proof_text for delivery in Delivery.objects.all()} == {WITNESSES.described()}


def test_figures_are_found_sound_after_a_round_and_false_after_tampering(county: Place) -> None:
    setting, entry = out()
    delivery = a_delivery(entry, setting)
    assert list(faults_of_rounds(COUNTY)) == []
    AidRecord.objects.filter(source_id=delivery.pk).update(source_id=uuid7())
    RoundEntry.objects.filter(pk=entry.pk).update(state="returned")
    assert len(list(faults_of_rounds(COUNTY))) >= 2


def _refusal(entry: RoundEntry, proof: ProofGiven, setting: Setting) -> str:
    with pytest.raises(Refusal) as refused:
        deliver(entry, proof=proof, by=setting.office.deliverer, key=uuid7())
    return refused.value.code
