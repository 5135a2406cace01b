"""The command line ``hamafza``: stable words, exit codes and JSON (docs/install.md, "Commands").

Exit 0: done, also with refused rows. 1: nothing done, the sentence on standard error says why. 2: wrong call.
With ``--json`` one JSON document goes to standard output; messages always go to standard error.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from importlib import import_module
from typing import NamedTuple

DONE, NOTHING_DONE = 0, 1


class Command(NamedTuple):
    """A subcommand: the module in this package that holds ``arguments(parser)`` and ``run(args) -> int``."""

    module: str
    summary: str


COMMANDS: dict[str, Command] = {
    "init": Command("init", "make the database and load the places in an empty HAMAFZA_HOME"),
    "serve": Command("serve", "bring the database up to date, then run web and worker on 127.0.0.1"),
    "verify": Command("verify", "check database, audit trail and summaries"),
    "import-clients": Command("import_clients", "import an office's spreadsheet into one county"),
    "duplicates": Command("duplicates", "list pairs of files that may be one person"),
    "needs": Command("needs", "list who needs what, by priority"),
    "deliver-round": Command("deliver_round", "record many deliveries of a round before two witnesses"),
    "check-import": Command("check_import", "import into an empty temporary home and compare with a key file"),
    "import-population": Command("import_population", "load census figures by county code"),
    "bench": Command("bench", "measure the speed of this machine"),
    "manage": Command("manage", "run a Django command"),
}


def parser() -> argparse.ArgumentParser:
    """The whole grammar of the command line."""
    root = argparse.ArgumentParser(
        prog="hamafza", description="Hamafza: the working system of a county's social welfare."
    )
    commands = root.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for word, command in COMMANDS.items():
        sub = commands.add_parser(word, help=command.summary, description=command.summary, add_help=word != "manage")
        import_module(f"hamafza.config.cli.{command.module}").arguments(sub)
    return root


def say(text: object) -> None:
    """A message for the person at the terminal, never part of the JSON."""
    print(text, file=sys.stderr, flush=True)


def _set_up() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hamafza.config.settings")
    import django
    from django.conf import settings
    from django.utils import translation

    django.setup()
    translation.activate(settings.LANGUAGE_CODE)


def main(argv: list[str] | None = None) -> int:
    """Entry point of ``hamafza``."""
    words = sys.argv[1:] if argv is None else argv
    if words[:1] == ["manage"]:
        _set_up()
        from hamafza.config.cli import manage

        return manage.run(argparse.Namespace(words=words[1:]))
    args = parser().parse_args(words)
    run: Callable[[argparse.Namespace], int] = import_module(f"hamafza.config.cli.{COMMANDS[args.command].module}").run
    from django.core.exceptions import ImproperlyConfigured
    from django.db import DatabaseError, DataError, IntegrityError
    from django.utils.translation import gettext

    try:
        _set_up()
        from hamafza.core.errors import Refusal

        try:
            return run(args)
        except Refusal as refusal:
            say(refusal)
            return NOTHING_DONE
    except ImproperlyConfigured as fault:
        say(fault)
        return NOTHING_DONE
    except (IntegrityError, DataError):
        raise  # a mistake of the program: its traceback is worth more than a sentence
    except DatabaseError as fault:
        say(
            gettext("The database cannot be used (%(fault)s). In a new home run “hamafza init” first.")
            % {"fault": fault}
        )
        return NOTHING_DONE
