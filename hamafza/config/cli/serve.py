"""``hamafza serve [--port N]``: web and worker, started and ended together."""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import time
from types import FrameType

from hamafza.config.cli import DONE, NOTHING_DONE

ADDRESS = "127.0.0.1"
SECONDS_TO_END = 20
POLL_SECONDS = 0.3
THREADS = "4"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, default=None, help="port on 127.0.0.1 (default: HAMAFZA_PORT or 8000)")


def run(args: argparse.Namespace) -> int:
    from django.conf import settings

    from hamafza.config.installation import demonstration_sign_ins, update
    from hamafza.intake.tasks import resume_imports

    port = args.port or settings.HAMAFZA_PORT
    update()
    resume_imports()
    commands = (
        [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", ADDRESS, "--port", str(port), "--blocking-threads", THREADS, "--log-level", "warning", "hamafza.config.wsgi:application"],
        [sys.executable, "-m", "hamafza.config.cli", "manage", "db_worker", "--interval", "1", "--worker-id", f"worker-{os.getpid()}", "--no-reload", "-v", "0"],
    )
    processes = [subprocess.Popen(command) for command in commands]

    def end(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, end)
    print(f"http://{ADDRESS}:{port}", flush=True)
    for line in demonstration_sign_ins():
        print(line, flush=True)
    try:
        while all(process.poll() is None for process in processes):
            time.sleep(POLL_SECONDS)
    except KeyboardInterrupt:
        return DONE
    finally:
        _end_all(processes)
    return NOTHING_DONE


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
