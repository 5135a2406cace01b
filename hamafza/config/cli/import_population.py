"""``hamafza import-population FILE``: census figures by county code."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from hamafza.config.cli import DONE, say
from hamafza.config.cli.actors import acting, actor_argument


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    actor_argument(parser)


def run(args: argparse.Namespace) -> int:
    from django.utils.translation import gettext as _

    from hamafza.places.commands.import_population import import_population

    with acting(args.actor):
        result = import_population(args.file)
    unmatched = [{"row": row.row, "code": row.code, "name": row.name} for row in result.unmatched]
    for row in result.unmatched:
        say(f"{row.row}: {row.code} {row.name}")
    if args.json:
        print(
            json.dumps(
                {"rows": result.rows, "created": result.created, "changed": result.changed, "unmatched": unmatched},
                ensure_ascii=False,
            )
        )
    else:
        print(
            _(
                "%(rows)s rows: %(created)s new, %(changed)s changed, %(unmatched)s with a code that is no county (listed above)."
            )
            % {"rows": result.rows, "created": result.created, "changed": result.changed, "unmatched": len(unmatched)}
        )
    return DONE
