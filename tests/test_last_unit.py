"""Fifty givers at once for the last unit, twenty times; two hundred forms sent again and again (S-C6, S-C8)."""

from __future__ import annotations

from hamafza.config.trials.givers import try_givers
from tests.test_killed_import import server


def test_last_unit_goes_to_one_of_fifty_givers_and_a_form_sent_again_has_one_effect() -> None:
    race, submissions = try_givers(rounds=20, forms=200, server=server())
    assert (race.good_rounds, race.answers) == (20, {"made": 20, "need_taken": 980})
    assert (submissions.one_effect, submissions.refused_other_content) == (200, 200)
