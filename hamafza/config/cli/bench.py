"""``hamafza bench import|kills|memory|givers|ledger|machine``: figures of this machine, each trial in a home of its own."""

from __future__ import annotations

import argparse
import json
import os
import tempfile
from pathlib import Path

from hamafza.config.cli import DONE, NOTHING_DONE, say

SERVER_HELP = (
    "address of a PostgreSQL server whose role may create databases (default: HAMAFZA_DATABASE_URL; none: SQLite)"
)


def arguments(parser: argparse.ArgumentParser) -> None:
    trials = parser.add_subparsers(dest="trial", required=True, metavar="TRIAL")
    speed = trials.add_parser("import", help="sheet rows a second, beside the same rows written bare")
    speed.add_argument("--rows", type=int, default=50_000)
    memory = trials.add_parser("memory", help="the most memory an import of a CSV file takes")
    memory.add_argument("--rows", type=int, default=1_000_000)
    kills = trials.add_parser("kills", help="kill imports at random moments and compare")
    kills.add_argument("--times", type=int, default=200)
    kills.add_argument("--rows", type=int, default=2000)
    kills.add_argument("--seed", type=int, default=1)
    givers = trials.add_parser("givers", help="fifty givers at once for the last unit of a need; forms sent again")
    givers.add_argument(
        "--rounds", type=int, default=0, help="rounds of fifty givers (default 1000, when nothing is asked)"
    )
    givers.add_argument("--submissions", type=int, default=0, help="forms that are sent five times at once")
    ledger = trials.add_parser("ledger", help="entries posted a second beside the same rows bare, and their proof")
    ledger.add_argument("--entries", type=int, default=2000, help="entries posted one by one (0: none)")
    ledger.add_argument("--lines", type=int, default=1_000_000, help="lines that are verified (0: none)")
    machine = trials.add_parser("machine", help="any sequence of acts of giving beside a model (needs hypothesis)")
    machine.add_argument("--runs", type=int, default=2000)
    machine.add_argument("--steps", type=int, default=50)
    machine.add_argument("--seed", type=int, default=1)
    for trial in (speed, memory, kills, givers, ledger, machine):
        trial.add_argument("--server", default=os.environ.get("HAMAFZA_DATABASE_URL", ""), help=SERVER_HELP)
        trial.add_argument("--json", action="store_true", help="print one JSON document")


def run(args: argparse.Namespace) -> int:
    from hamafza.config.trials import kills, speed
    from hamafza.intake.specimen import write_specimen

    if args.trial == "givers":
        return _givers(args)
    if args.trial == "ledger":
        return _ledger(args)
    if args.trial == "machine":
        return _machine(args)
    with tempfile.TemporaryDirectory(prefix="hamafza-bench-") as folder:
        sheet = Path(folder) / "clients.csv"
        say(f"writing {args.rows} rows")
        write_specimen(sheet, rows=args.rows)
        if args.trial == "kills":
            seen = kills.kill_imports(sheet, times=args.times, seed=args.seed, server=args.server, say=say)
            print(kills.as_json(seen))
            return DONE if seen.good else NOTHING_DONE
        trial = speed.import_speed if args.trial == "import" else speed.import_memory
        print(json.dumps(trial(sheet, server=args.server)))
    return DONE


def _machine(args: argparse.Namespace) -> int:
    from hamafza.config.trials import machine

    seen = machine.try_machine(runs=args.runs, steps=args.steps, seed=args.seed, server=args.server, say=say)
    print(machine.as_json(seen, server=args.server) if args.json else machine.as_text(seen))
    return NOTHING_DONE if seen.violations else DONE


def _givers(args: argparse.Namespace) -> int:
    from hamafza.config.trials import givers

    rounds = args.rounds if args.rounds or args.submissions else 1000
    seen = givers.try_givers(rounds=rounds, forms=args.submissions, server=args.server)
    for one in seen:
        print(givers.as_json(one, server=args.server))
    return DONE if all(one.good for one in seen) else NOTHING_DONE


def _ledger(args: argparse.Namespace) -> int:
    from hamafza.config.trials.ledger import ledger_speed

    print(json.dumps(ledger_speed(entries=args.entries, lines=args.lines, server=args.server)))
    return DONE
