"""``hamafza deliver-round NUMBER --county CODE --proof witnesses --names "A, B" [--limit N] --json``: many deliveries at once."""

from __future__ import annotations

import argparse
import json
import re
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hamafza.config.cli import DONE, NOTHING_DONE
from hamafza.config.cli.actors import acting, actor_argument, county_argument, known_county

if TYPE_CHECKING:
    from hamafza.distribution.models import Round

_BETWEEN_NAMES = re.compile(r"[,،;؛]")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("number", metavar="NUMBER", help="number of the round: 12 of the present year, or 1405-12")
    county_argument(parser)
    parser.add_argument("--proof", choices=["witnesses"], default="witnesses", help="what the deliveries stand on")
    parser.add_argument("--names", required=True, metavar="NAMES", help="full names of two witnesses, with a comma")
    parser.add_argument("--limit", type=int, metavar="N", help="at most so many, in the order of the list")
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    actor_argument(parser)


def run(args: argparse.Namespace) -> int:
    from hamafza.core.scope import counties
    from hamafza.distribution.choices import Proof
    from hamafza.distribution.commands.deliver_many import deliver_many
    from hamafza.distribution.proofs import ProofGiven, refuse_weak
    from hamafza.distribution.queries.rounds import entries_to_deliver

    county = known_county(args.county)
    names = tuple(name.strip() for name in _BETWEEN_NAMES.split(args.names) if name.strip())
    proof = ProofGiven(kind=Proof(args.proof), witnesses=names)
    refuse_weak(proof)
    with acting(args.actor) as actor, counties([county]):
        going = _round(county, args.number)
        entries = list(entries_to_deliver(going)[: args.limit])
        outcomes = deliver_many(going, entries, proof=proof, by=actor)
        delivered = sum(one.delivery is not None for one in outcomes)
        refused = [
            {"entry": str(one.entry.pk), "code": one.refusal.code, "message": str(one.refusal)}
            for one in outcomes
            if one.refusal is not None
        ]
        left = entries_to_deliver(going).count()
    if args.json:
        print(json.dumps({"delivered": delivered, "refused": refused, "left": left}, ensure_ascii=False))
    else:
        print(delivered, len(refused), left)
    return DONE if delivered or not entries else NOTHING_DONE


def _round(county: str, number: str) -> Round:
    from hamafza.core import clock
    from hamafza.core.errors import Refusal
    from hamafza.core.jalali import to_jalali
    from hamafza.core.persian import latin_digits
    from hamafza.distribution.queries.rounds import round_named

    year, _dash, last = latin_digits(number).strip().rpartition("-")
    in_year = year or str(to_jalali(clock.today()).year)
    found = round_named(county, year=int(in_year), number=int(last)) if (in_year + last).isdecimal() else None
    if found is None:
        raise Refusal(_("There is no round with the number %(number)s.") % {"number": number}, code="no_such_round")
    return found
