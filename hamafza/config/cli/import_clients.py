"""``hamafza import-clients FILE --county CODE [--dry-run] --json``."""

from __future__ import annotations

import argparse
import gc
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hamafza.config.cli import DONE, say
from hamafza.config.cli.actors import acting, actor_argument, county_argument, known_county

if TYPE_CHECKING:
    from hamafza.intake.models import ImportBatch
    from hamafza.intake.queries.report import RowFault


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE")
    county_argument(parser)
    parser.add_argument("--dry-run", action="store_true", help="decide about every row, write nothing")
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    actor_argument(parser)


def run(args: argparse.Namespace) -> int:
    from hamafza.core.scope import counties
    from hamafza.intake.commands.import_file import drop_batch, import_file

    # Millions of small objects that live for a chunk: looking for cycles among them takes a tenth of the time.
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)
    county = known_county(args.county)
    with acting(args.actor) as actor, counties([county]):
        batch = import_file(county, path=args.file, by=actor, dry_run=args.dry_run, progress=say_progress())
        (print_json if args.json else print_sentences)(batch)
        if args.dry_run:
            drop_batch(batch, by=actor)
    return DONE


def say_progress(every: int = 5000) -> Callable[[ImportBatch], None]:
    """A message each ``every`` rows."""
    said = 0

    def progress(batch: ImportBatch) -> None:
        nonlocal said
        done = batch.row_count + batch.done_count
        if done // every > said:
            said = done // every
            say(f"{batch.get_state_display()}: {batch.done_count or batch.row_count}")

    return progress


def print_json(batch: ImportBatch) -> None:
    """The contract's document, written row by row: a large import has many warnings."""
    from hamafza.intake.queries.report import counts_of, refused_rows, warned_rows

    counts = counts_of(batch)
    out = sys.stdout
    head = {"rows": counts.rows, "created": counts.created, "matched": counts.matched, "changed": counts.changed}
    out.write(json.dumps(head)[:-1] + ', "refused": ')
    _write_list(_by_row(refused_rows(batch)))
    out.write(', "warnings": ')
    _write_list({"row": fault.row, "column": fault.column, "code": fault.code} for fault in warned_rows(batch))
    out.write("}\n")


def _by_row(faults: Iterable[RowFault]) -> Iterator[dict[str, Any]]:
    """One entry for each refused row, so that their number is the number of refused rows; its first fault names it."""
    for row, found in groupby(faults, key=attrgetter("row")):
        first, *others = found
        message = " ".join([first.message, *(fault.message for fault in others)])
        yield {"row": row, "column": first.column, "code": first.code, "message": message}


def _write_list(entries: Iterable[dict[str, Any]]) -> None:
    sys.stdout.write("[")
    for place, entry in enumerate(entries):
        sys.stdout.write((", " if place else "") + json.dumps(entry, ensure_ascii=False))
    sys.stdout.write("]")


def print_sentences(batch: ImportBatch) -> None:
    """For a person at the terminal."""
    from django.utils.translation import gettext as _

    from hamafza.intake.queries.report import counts_of, refused_rows

    counts = counts_of(batch)
    print(
        _("%(rows)s rows: %(created)s new, %(matched)s on file already (%(changed)s changed), %(refused)s refused.")
        % {
            "rows": counts.rows,
            "created": counts.created,
            "matched": counts.matched,
            "changed": counts.changed,
            "refused": counts.refused,
        }
    )
    for fault in refused_rows(batch):
        print(
            _("Row %(row)s, %(column)s: %(message)s")
            % {"row": fault.row, "column": fault.column, "message": fault.message}
        )
