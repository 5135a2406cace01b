"""``hamafza check-import FILE KEY --county CODE``: import into an empty temporary home and compare with a key file.

Walks the way an office walks: the commands themselves, in processes of their own, on SQLite. The key is JSON; every
part it holds is compared: ``rows created matched refused_total`` (numbers), ``refused`` and ``warnings`` (rows by
code; warnings must be among those given), ``open_needs`` (by domain), ``same_person_rows`` (pairs of rows).
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from hamafza.config.cli import DONE, NOTHING_DONE, say
from hamafza.config.cli.actors import county_argument

#: Of the pairs in the key, found; of the pairs listed, true.
LEAST_FOUND, LEAST_TRUE = 0.90, 0.85
NUMBERS = ("rows", "created", "matched")


class Check(NamedTuple):
    """One comparison: what was compared, whether it holds, what was seen."""

    name: str
    holds: bool
    seen: str


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("key", type=Path, metavar="KEY")
    county_argument(parser)
    parser.add_argument("--json", action="store_true", help="print one JSON document")


def run(args: argparse.Namespace) -> int:
    key = _read_key(args.key)
    with tempfile.TemporaryDirectory(prefix="hamafza-check-") as home:
        checks = list(_compare(key, args.file.resolve(), args.county, home=home))
    if args.json:
        print(json.dumps([check._asdict() for check in checks], ensure_ascii=False))
    else:
        for check in checks:
            print(f"{'ok' if check.holds else 'FAILED':6} {check.name}: {check.seen}")
    return DONE if all(check.holds for check in checks) else NOTHING_DONE


def _read_key(path: Path) -> dict[str, Any]:
    """What the file must say; a refusal when it is no key file."""
    from django.utils.translation import gettext as _

    from hamafza.core.errors import Refusal

    try:
        key = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as fault:
        raise Refusal(_("The key file %(path)s cannot be read.") % {"path": path}, code="no_key") from fault
    if not isinstance(key, dict):
        raise Refusal(_("The key file %(path)s cannot be read.") % {"path": path}, code="no_key")
    return key


def _compare(key: dict[str, Any], file: Path, county: str, *, home: str) -> Iterator[Check]:
    _hamafza(home, "init")
    report = json.loads(_hamafza(home, "import-clients", str(file), "--county", county, "--json"))
    for name in NUMBERS:
        if name in key:
            yield Check(name, report[name] == key[name], f"{report[name]} of {key[name]}")
    refused, warned = _rows_by_code(report["refused"]), _rows_by_code(report["warnings"])
    total = len({fault["row"] for fault in report["refused"]})
    if "refused" in key:
        yield from _compare_refused(key["refused"], refused)
    if "refused_total" in key:
        yield Check("refused_total", total == key["refused_total"], f"{total} of {key['refused_total']}")
    for code, rows in key.get("warnings", {}).items():
        missing = sorted(set(rows) - warned[code])
        yield Check(f"warnings {code}", not missing, f"{len(rows) - len(missing)} of {len(rows)}, missing {missing}")
    for domain, wanted in key.get("open_needs", {}).items():
        total = json.loads(_hamafza(home, "needs", "--county", county, "--domain", domain, "--limit", "1", "--json"))[
            "total"
        ]
        yield Check(f"open needs {domain}", total == wanted, f"{total} of {wanted}")
    if "same_person_rows" in key:
        pairs = json.loads(_hamafza(home, "duplicates", "--county", county, "--json"))
        yield from _compare_pairs({frozenset(pair) for pair in key["same_person_rows"]}, pairs)


def _compare_refused(wanted: dict[str, list[int]], refused: dict[str, set[int]]) -> Iterator[Check]:
    for code, rows in wanted.items():
        seen = refused.pop(code, set())
        strange, missing = sorted(seen - set(rows)), sorted(set(rows) - seen)
        yield Check(
            f"refused {code}",
            not strange and not missing,
            f"{len(seen)} rows, missing {missing}, not in the key {strange}",
        )
    yield Check("refused for nothing else", not refused, f"{ {code: sorted(rows) for code, rows in refused.items()} }")


def _compare_pairs(wanted: set[frozenset[int]], pairs: list[dict[str, Any]]) -> Iterator[Check]:
    listed = {frozenset((pair["a"]["row"], pair["b"]["row"])) for pair in pairs}
    both = len(wanted & listed)
    found, true = both / max(1, len(wanted)), both / max(1, len(listed))
    yield Check(
        "duplicates found", found >= LEAST_FOUND, f"{both} of {len(wanted)} ({found:.3f}, at least {LEAST_FOUND})"
    )
    yield Check(
        "duplicates true",
        true >= LEAST_TRUE or not wanted,
        f"{both} of {len(listed)} listed ({true:.3f}, at least {LEAST_TRUE})",
    )


def _rows_by_code(faults: list[dict[str, Any]]) -> dict[str, set[int]]:
    rows: dict[str, set[int]] = defaultdict(set)
    for fault in faults:
        rows[fault["code"]].add(fault["row"])
    return rows


def _hamafza(home: str, *words: str) -> str:
    """Run a command in the temporary home; gives its standard output."""
    environ = {name: value for name, value in os.environ.items() if not name.startswith("HAMAFZA_")}
    done = subprocess.run(
        [sys.executable, "-m", "hamafza.config.cli", *words],
        env={**environ, "HAMAFZA_HOME": home},
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode != DONE:
        say(f"hamafza {words[0]}: {done.returncode}")
        raise SystemExit(NOTHING_DONE)
    return done.stdout
