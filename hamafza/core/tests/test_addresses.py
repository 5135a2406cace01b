"""What is typed stands in no address in plain."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from hamafza.core.addresses import hidden, shown


@given(st.text(max_size=80), st.text(max_size=20))
def test_whoever_typed_it_reads_it_again(words: str, owner: str) -> None:
    assert shown(hidden(words, owner=owner), owner=owner) == words


@given(st.text(alphabet="0123456789", min_size=10, max_size=11))
def test_digits_are_not_to_be_seen_and_nobody_else_reads_them(number: str) -> None:
    token = hidden(number, owner="user:1")
    assert number not in token
    assert shown(token, owner="user:2") == ""


@pytest.mark.parametrize("token", ["", "x", "رضا", "AQE=", "0099603081"])
def test_an_address_of_another_make_says_nothing(token: str) -> None:
    assert shown(token, owner="user:1") == ""


def test_a_cut_address_says_nothing() -> None:
    token = hidden("رضا", owner="user:1")
    assert {shown(token[:letters], owner="user:1") for letters in range(len(token))} == {""}
