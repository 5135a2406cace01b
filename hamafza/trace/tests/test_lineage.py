"""Whose unit is whose: the shares of all givers add up to the whole, whatever the numbers."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import HealthCheck, given, settings, strategies as st

from hamafza.trace.lineage import Stretch, cut, given as amount_in, into_kit, share_of_units, units_touched, whole_units

#: A busy machine is no fault of the rule.
CALM = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@CALM
@given(parts=st.lists(st.integers(min_value=1, max_value=10**9), min_size=1, max_size=8), units=st.integers(1, 500))
def test_units_bought_by_several_givers_add_up_to_all_units(parts: list[int], units: int) -> None:
    total, shares = sum(parts), []
    place = 0
    for rial in parts:
        shares.append(share_of_units(place, place + rial, of=total, units=units))
        place += rial
    assert sum(whole_units([share]) for share in shares if share) == units
    assert isinstance(shares[0], Stretch)


@CALM
@given(parts=st.lists(st.integers(1, 400), min_size=1, max_size=6), kits=st.integers(1, 300))
def test_kits_packed_of_several_lots_hold_exactly_what_went_into_them(parts: list[int], kits: int) -> None:
    total, held, place = sum(parts), [], 0
    for units in parts:
        whole = Stretch(Fraction(0), Fraction(units))
        held.append(into_kit(whole, begins=0, offset=place, of=total, kits=kits))
        place += units
    assert [amount_in([one]) for one in held] == parts
    assert (held[0].start, held[-1].end) == (Fraction(0), Fraction(kits))
    assert sum(whole_units([one]) for one in held) == kits


def test_kit_of_which_a_part_is_somebody_s_is_touched() -> None:
    stretch = Stretch(Fraction(3, 2), Fraction(7, 2))
    assert (whole_units([stretch]), units_touched([stretch])) == (2, 3)


def test_two_components_of_one_kit_are_one_kit() -> None:
    rice, oil = Stretch(Fraction(0), Fraction(4), Fraction(5)), Stretch(Fraction(2), Fraction(6))
    assert (units_touched([rice, oil]), amount_in([rice, oil])) == (6, Fraction(24))


def test_what_lies_outside_is_cut_away() -> None:
    assert cut([Stretch(Fraction(0), Fraction(2)), Stretch(Fraction(5), Fraction(9))], 1, 6) == [
        Stretch(Fraction(1), Fraction(2)),
        Stretch(Fraction(5), Fraction(6)),
    ]
