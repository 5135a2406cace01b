"""``hamafza deliver-round``: many deliveries at once, told in JSON, and no second time."""

from __future__ import annotations

import json

import pytest

from hamafza.config.cli import NOTHING_DONE, deliver_round, parser
from hamafza.core.errors import Refusal
from hamafza.distribution.models import Delivery
from hamafza.distribution.tests.factories_round import a_round, a_setting
from hamafza.places.models import Place
from hamafza.places.tests.factories import COUNTY

pytestmark = pytest.mark.django_db
NAMES = "رضا کریمی، مریم احمدی"


def run(*words: str) -> int:
    return deliver_round.run(parser().parse_args(["deliver-round", *words, "--county", COUNTY, "--json"]))


def test_deliver_round_delivers_up_to_its_limit_and_tells_what_is_left(
    county: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    going = a_round(a_setting(families=3), until="out", planned=3)
    number = f"{going.jalali_year}-{going.number}"
    assert run(number, "--names", NAMES, "--limit", "2") == 0
    assert json.loads(capsys.readouterr().out) == {"delivered": 2, "refused": [], "left": 1}
    assert run(str(going.number), "--names", NAMES) == 0
    assert (json.loads(capsys.readouterr().out)["left"], Delivery.objects.count()) == (0, 3)


def test_deliver_round_of_a_round_that_is_not_out_does_nothing(
    county: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    waiting = a_round(a_setting(families=1))
    assert run(str(waiting.number), "--names", NAMES) == NOTHING_DONE
    assert [one["code"] for one in json.loads(capsys.readouterr().out)["refused"]] == ["round_not_out"]


@pytest.mark.parametrize(("number", "names"), [("99", NAMES), ("1", "رضا کریمی"), ("x", NAMES)])
def test_deliver_round_called_wrongly_is_refused(county: Place, number: str, names: str) -> None:
    with pytest.raises(Refusal):
        run(number, "--names", names)
