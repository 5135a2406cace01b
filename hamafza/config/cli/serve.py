"""``hamafza serve [--port N]``: web and worker, started and ended together."""

from __future__ import annotations

import argparse
import os
import signal
import socket
import subprocess
import sys
import time
from types import FrameType

from hamafza.config.cli import DONE, NOTHING_DONE

ADDRESS = "127.0.0.1"
SECONDS_TO_END = 20
POLL_SECONDS = 0.3
THREADS = "4"
LAST_PORT = 65_535
_UNKNOWN_VISITORS = (
    "HAMAFZA_PROXIES is not set: all visitors have the address of the proxy, and wrong codes of one shut out all."
)


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=_port, default=None, help="port on 127.0.0.1 (default: HAMAFZA_PORT or 8000)")


def run(args: argparse.Namespace) -> int:
    from django.conf import settings

    from hamafza.config.installation import demonstration_sign_ins, update
    from hamafza.config.tasks import keep_house
    from hamafza.intake.tasks import resume_imports

    port = args.port or settings.HAMAFZA_PORT
    _require_free(port)
    update()
    resume_imports()
    keep_house.enqueue()
    # Addresses on receipts and letters name the port that is really served.
    environment = {**os.environ, "HAMAFZA_PORT": str(port)}
    processes = [
        subprocess.Popen([sys.executable, "-m", *words.split()], env=environment, start_new_session=True)
        for words in _commands(port)
    ]
    signal.signal(signal.SIGTERM, _interrupt)
    print(f"http://{ADDRESS}:{port}", flush=True)
    if settings.HTTPS and not settings.HAMAFZA_PROXIES:
        print(_UNKNOWN_VISITORS, file=sys.stderr, flush=True)
    for line in demonstration_sign_ins():
        print(line, flush=True)
    try:
        _watch(processes)
    except KeyboardInterrupt:
        return DONE
    finally:
        _end_all(processes)
    return NOTHING_DONE


def _commands(port: int) -> tuple[str, str]:
    """Web and worker, as modules of this Python."""
    web = f"--interface wsgi --host {ADDRESS} --port {port} --blocking-threads {THREADS} --log-level warning"
    worker = f"--interval 1 --worker-id worker-{os.getpid()} --no-reload -v 0"
    return f"granian {web} hamafza.config.wsgi:application", f"hamafza.config.cli manage db_worker {worker}"


def _watch(processes: list[subprocess.Popen[bytes]]) -> None:
    """Until one of them ends; every hour the round of `config.tasks` is put into the worker's queue."""
    from hamafza.config.tasks import HOUR_SECONDS, keep_house

    next_hour = time.monotonic() + HOUR_SECONDS
    while all(process.poll() is None for process in processes):
        time.sleep(POLL_SECONDS)
        if time.monotonic() >= next_hour:
            next_hour += HOUR_SECONDS
            keep_house.enqueue()


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _port(text: str) -> int:
    """A port of this machine; anything else is a wrong call."""
    port = int(text)
    if not 1 <= port <= LAST_PORT:
        raise argparse.ArgumentTypeError(f"must be from 1 to {LAST_PORT}, not {port}")
    return port


def _require_free(port: int) -> None:
    from django.utils.translation import gettext as _

    from hamafza.core.errors import Refusal

    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((ADDRESS, port))
        except OSError as fault:
            sentence = _("Port %(port)s is in use. Choose another one with --port or HAMAFZA_PORT.") % {"port": port}
            raise Refusal(sentence, code="port_in_use") from fault


def _end_all(processes: list[subprocess.Popen[bytes]]) -> None:
    for process in processes:
        if process.poll() is None:
            process.terminate()
    for process in processes:
        try:
            process.wait(SECONDS_TO_END)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
