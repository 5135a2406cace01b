"""Sealing and blind indexes."""

from __future__ import annotations

import pytest
from django.conf import LazySettings
from hypothesis import given, strategies as st

from hamafza.core.crypto import (
    INDEX_DIGITS,
    KeyRing,
    SealBroken,
    blind_index,
    key_ring,
    seal,
    unseal,
)

WHERE = "registry_person:mobile:1"


@given(st.binary(max_size=400), st.text(max_size=60))
def test_sealed_text_opens_where_it_was_sealed(plain: bytes, binding: str) -> None:
    assert unseal(seal(plain, binding=binding), binding=binding) == plain


@given(st.integers(min_value=0, max_value=10_000), st.integers(min_value=1, max_value=255))
def test_any_altered_byte_breaks_the_seal(at: int, flip: int) -> None:
    sealed = bytearray(seal(b"0912 123 45 67", binding=WHERE))
    sealed[at % len(sealed)] ^= flip
    with pytest.raises(SealBroken):
        unseal(bytes(sealed), binding=WHERE)


@pytest.mark.parametrize("length", [0, 1, 2, 13, 14, 29])
def test_shortened_text_breaks_the_seal(length: int) -> None:
    with pytest.raises(SealBroken):
        unseal(seal(b"text", binding=WHERE)[:length], binding=WHERE)


@pytest.mark.parametrize("elsewhere", ["registry_person:mobile:2", "registry_person:iban:1", "needs_need:mobile:1", ""])
def test_ciphertext_pasted_elsewhere_does_not_open(elsewhere: str) -> None:
    with pytest.raises(SealBroken, match="place"):
        unseal(seal(b"text", binding=WHERE), binding=elsewhere)


def test_the_same_text_is_sealed_differently_each_time() -> None:
    assert seal(b"text", binding=WHERE) != seal(b"text", binding=WHERE)


def test_old_key_opens_and_the_newest_seals(settings: LazySettings) -> None:
    old = KeyRing(data={1: b"a" * 32}, index=b"i" * 32)
    settings.HAMAFZA_KEYS = old
    sealed = seal(b"text", binding=WHERE)
    settings.HAMAFZA_KEYS = KeyRing(data={1: b"a" * 32, 7: b"b" * 32}, index=b"i" * 32)
    assert unseal(sealed, binding=WHERE) == b"text"
    assert seal(b"text", binding=WHERE)[1] == 7
    settings.HAMAFZA_KEYS = KeyRing(data={7: b"b" * 32}, index=b"i" * 32)
    with pytest.raises(SealBroken, match="unknown key"):
        unseal(sealed, binding=WHERE)


def test_keys_of_an_installation_are_all_different(settings: LazySettings) -> None:
    ring = key_ring()
    keys = [*ring.data.values(), ring.index, settings.SECRET_KEY.encode()]
    assert len({bytes(key) for key in keys}) == len(keys)
    assert all(len(key) == 32 for key in ring.data.values())


def test_index_is_the_same_for_the_same_value_and_purpose_alone() -> None:
    assert blind_index("0012345678", purpose="identity") == blind_index("0012345678", purpose="identity")
    assert blind_index("0012345678", purpose="identity") != blind_index("0012345678", purpose="mobile")
    assert blind_index("0012345678", purpose="identity") != blind_index("0012345679", purpose="identity")
    assert len(blind_index("1", purpose="identity")) == INDEX_DIGITS


def test_index_depends_on_its_own_key_and_no_other(settings: LazySettings) -> None:
    ring = key_ring()
    before = blind_index("1", purpose="identity")
    settings.HAMAFZA_KEYS = KeyRing(data={1: b"x" * 32}, index=ring.index)
    assert blind_index("1", purpose="identity") == before
    settings.HAMAFZA_KEYS = KeyRing(data=ring.data, index=b"y" * 32)
    assert blind_index("1", purpose="identity") != before


def test_nothing_has_no_index() -> None:
    assert blind_index("", purpose="identity") == ""
