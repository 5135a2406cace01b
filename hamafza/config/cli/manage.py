"""``hamafza manage ...``: Django's own commands, for those who keep the installation."""

from __future__ import annotations

import argparse

from django.core.management import execute_from_command_line


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("words", nargs=argparse.REMAINDER)


def run(args: argparse.Namespace) -> int:
    execute_from_command_line(["hamafza manage", *args.words])
    return 0
