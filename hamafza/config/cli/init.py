"""``hamafza init [--demo]``."""

from __future__ import annotations

import argparse

from hamafza.config.cli import DONE, say


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--demo", action="store_true", help="also make the demonstration county with its sign-ins")


def run(args: argparse.Namespace) -> int:
    from hamafza.config.installation import install, make_demonstration

    install()
    if args.demo:
        for line in make_demonstration():
            say(line)
    return DONE
