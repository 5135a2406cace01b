"""``hamafza needs --county CODE [--domain D] [--limit N] --json``: who needs what, by priority."""

from __future__ import annotations

import argparse
import json

from hamafza.config.cli import DONE
from hamafza.config.cli.actors import acting, actor_argument, county_argument, known_county

DOMAINS = ("job", "housing", "household_goods", "livelihood", "rehabilitation", "health", "education", "social")


def arguments(parser: argparse.ArgumentParser) -> None:
    county_argument(parser)
    parser.add_argument("--domain", choices=DOMAINS)
    parser.add_argument("--limit", type=_count, metavar="N")
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    actor_argument(parser)


def run(args: argparse.Namespace) -> int:
    from hamafza.core.scope import counties
    from hamafza.needs.queries.lists import top_needs, total_needs

    county = known_county(args.county)
    with acting(args.actor), counties([county]):
        needs = [
            {
                "person": str(need.person) if need.person else None,
                "household": str(need.household),
                "severity": need.severity,
                "waiting_days": need.waiting_days,
                "score": need.score,
            }
            for need in top_needs(county, domain=args.domain, limit=args.limit)
        ]
        total = total_needs(county, domain=args.domain)
    if args.json:
        print(json.dumps({"total": total, "needs": needs}))
        return DONE
    for need in needs:
        print(
            "{score:>6}  {severity}  {waiting_days:>5}  {household}  {person}".format(
                **{**need, "person": need["person"] or "-"}
            )
        )
    return DONE


def _count(text: str) -> int:
    """A number of rows; anything below zero is a wrong call."""
    number = int(text)
    if number < 0:
        raise argparse.ArgumentTypeError(f"must be 0 or more, not {number}")
    return number
