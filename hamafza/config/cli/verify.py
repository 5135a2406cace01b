"""``hamafza verify --json``: is everything as it must be? Exit 1 when something is wrong."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict

from hamafza.config.cli import DONE, NOTHING_DONE


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print one JSON document")


def run(args: argparse.Namespace) -> int:
    from hamafza.config.verification import verify

    checks = verify()
    whole = all(not check.faults for check in checks)
    if args.json:
        print(json.dumps({"ok": whole, "checks": [asdict(check) for check in checks]}, ensure_ascii=False))
    else:
        for check in checks:
            parts = ", ".join(f"{number} {what}" for what, number in check.looked_at.items())
            print(f"{'ok' if not check.faults else 'WRONG':5} {check.name}: {parts or check.checked}")
            for fault in check.faults:
                print(f"      {fault}")
    return DONE if whole else NOTHING_DONE
