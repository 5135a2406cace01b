"""``hamafza duplicates --county CODE [--all] --json``: pairs of files that may be one person."""

from __future__ import annotations

import argparse
import json

from hamafza.config.cli import DONE
from hamafza.config.cli.actors import acting, actor_argument, county_argument, known_county


def arguments(parser: argparse.ArgumentParser) -> None:
    county_argument(parser)
    parser.add_argument("--all", action="store_true", help="every scored pair, also below the review threshold")
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    actor_argument(parser)


def run(args: argparse.Namespace) -> int:
    from hamafza.core.scope import counties
    from hamafza.registry.queries.duplicates import scored_pairs

    county = known_county(args.county)
    with acting(args.actor), counties([county]):
        pairs = [
            {
                "score": pair.score,
                "parts": pair.parts,
                "a": {"row": pair.a_row, "person": str(pair.a)},
                "b": {"row": pair.b_row, "person": str(pair.b)},
            }
            for pair in scored_pairs(county, below_threshold=args.all)
        ]
    if args.json:
        print(json.dumps(pairs, ensure_ascii=False))
        return DONE
    for pair in pairs:
        print(pair["score"], pair["a"], pair["b"])
    return DONE
