"""Everything CI runs, one step after the other, going on after a failure; at the end a table of what ran where.

The last lines are for readers and machines alike: what the tests did on each database and in the browser, and one line
"N passed, N failed" that counts tests and checks together.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from xml.etree import ElementTree as ET

from cluster import ClusterError, leave_on_signals, throwaway_cluster

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.prefix) / "bin"
PROGRAM = ("hamafza", "tests", "script/catalogues.py", "script/checks.py", "script/cluster.py", "conftest.py")
#: Two processes; how tests are shared out stands in `conftest.py`.
IN_WORKERS = ("-n", "2")
MARKS = "not browser and not slow"
SETTINGS = ("--settings", "hamafza.config.settings", "--pythonpath", ".")
FOUND_NO_TEST = 5  # pytest's exit code


@dataclass(frozen=True)
class Outcome:
    """What one step did; counts are of tests, a check counts as one."""

    step: str
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    left_out: str = ""
    seconds: float = 0.0
    suite: str = ""

    @property
    def in_words(self) -> str:
        if self.left_out:
            return f"LEFT OUT: {self.left_out}"
        counted = [f"{self.passed} passed"] if self.suite else ["passed"] if self.passed else []
        counted += [f"{self.failed} failed"] if self.suite and self.failed else ["FAILED"] if self.failed else []
        counted += [f"{self.skipped} skipped"] if self.skipped else []
        return ", ".join(counted)


def main(arguments: list[str]) -> int:
    os.chdir(ROOT)
    # A home of its own: no check may read or write the data of an installation. Temporary files of the steps lie
    # in it too, so that an interrupted run leaves none.
    with tempfile.TemporaryDirectory(prefix="hamafza-checks-") as home:
        os.environ.update({"HAMAFZA_HOME": home, "TMPDIR": home, "PYTHONUTF8": "1", "NO_COLOR": "1"})
        os.environ.pop("HAMAFZA_DATABASE_URL", None)
        os.environ["PATH"] = f"{BIN}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
        if arguments:
            return subprocess.run([BIN / "pytest", *arguments], check=False).returncode
        leave_on_signals()
        outcomes: list[Outcome] = []
        try:
            for step in steps():
                outcomes += step()
        except KeyboardInterrupt:
            outcomes.append(Outcome("interrupted", failed=1))
        report(outcomes)
        return 1 if any(outcome.failed for outcome in outcomes) else 0


def steps() -> Iterator[Callable[[], list[Outcome]]]:
    """The quick ones first."""
    yield lambda: [locks()]
    yield lambda: [check("ruff: rules", "ruff", "check", "--quiet", "--output-format", "concise", ".")]
    yield lambda: [check("ruff: format", "ruff", "format", "--check", "--quiet", "--output-format", "concise", ".")]
    yield lambda: [templates()]
    yield lambda: [check("import-linter: layers and rooms", "lint-imports", "--no-cache")]
    yield lambda: [check("Persian catalogues complete", "python", "script/catalogues.py", "check")]
    yield lambda: [check("system check", "django-admin", "check", *SETTINGS)]
    yield lambda: [check("no missing migration", "django-admin", "makemigrations", "--check", "--dry-run", *SETTINGS)]
    yield lambda: [check("mypy --strict", "mypy", *PROGRAM)]
    yield lambda: [run_tests("SQLite", *IN_WORKERS, "-m", MARKS)]
    yield lambda: [on_postgresql()]
    yield lambda: [in_browser()]


def locks() -> Outcome:
    """No lock may name an address: what is installed is decided by name, version and hash."""
    start("no address in lock files")
    files = [*sorted(ROOT.glob("requirements*.txt")), ROOT / "frontend/package-lock.json"]
    found = [str(path.relative_to(ROOT)) for path in files if path.exists() and "://" in path.read_text("utf-8")]
    if found:
        print(f"'://' stands in {', '.join(found)}; script/lock writes them without", flush=True)
    return Outcome("no address in lock files", passed=not found, failed=bool(found))


def templates() -> Outcome:
    name = "template format"
    files = [str(path) for path in Path("hamafza").rglob("*.html") if "templates" in path.parts]
    if not files:
        return Outcome(name, left_out="there is no template yet")
    return check(name, "djangofmt", "--check", *files, shown="djangofmt --check")


def check(name: str, program: str, *arguments: str, shown: str = "") -> Outcome:
    start(name, shown or " ".join([program, *arguments]))
    began = time.monotonic()
    code = subprocess.run([BIN / program, *arguments], check=False, stdin=subprocess.DEVNULL).returncode
    return Outcome(name, passed=code == 0, failed=code != 0, seconds=time.monotonic() - began)


def run_tests(suite: str, *arguments: str, extra: dict[str, str] | None = None, may_be_none: bool = False) -> Outcome:
    start(f"tests: {suite}")
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        report_file = Path(folder) / "report.xml"
        code = subprocess.run(
            [BIN / "pytest", "-q", "-p", "no:cacheprovider", f"--junitxml={report_file}", *arguments],
            check=False,
            stdin=subprocess.DEVNULL,
            env={**os.environ, **(extra or {})},
        ).returncode
        outcome = replace(counted(report_file), step=f"tests: {suite}", suite=suite, seconds=time.monotonic() - began)
    if code == FOUND_NO_TEST and may_be_none:
        return replace(outcome, left_out="there is no such test yet")
    if code and not outcome.failed:
        return replace(outcome, failed=1)
    return outcome


def counted(report_file: Path) -> Outcome:
    """Pytest's own counts; a run that ended before it could report failed."""
    if not report_file.exists():
        return Outcome("", failed=1)
    suites = ET.parse(report_file).getroot().iter("testsuite")
    total, failed, skipped = 0, 0, 0
    for suite in suites:
        total += int(suite.get("tests", 0))
        failed += int(suite.get("failures", 0)) + int(suite.get("errors", 0))
        skipped += int(suite.get("skipped", 0))
    return Outcome("", passed=max(total - failed - skipped, 0), failed=failed, skipped=skipped)


def on_postgresql() -> Outcome:
    try:
        with throwaway_cluster() as cluster:
            return run_tests(
                f"PostgreSQL {cluster.version}", *IN_WORKERS, "-m", MARKS, extra={"HAMAFZA_DATABASE_URL": cluster.url}
            )
    except ClusterError as error:
        return Outcome("tests: PostgreSQL", suite="PostgreSQL", left_out=str(error))


def in_browser() -> Outcome:
    chromium = os.environ.get("CHROMIUM") or next(
        filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"))), None
    )
    if not chromium:
        return Outcome(
            "tests: browser", suite="browser", left_out="Chromium was not found (Debian: apt install chromium)"
        )
    return run_tests("browser", "-m", "browser", extra={"CHROMIUM": chromium}, may_be_none=True)


def start(name: str, command: str = "") -> None:
    print(f"\n=== {name}{f'  ({command})' if command else ''}", flush=True)


def report(outcomes: list[Outcome]) -> None:
    width = max(len(outcome.step) for outcome in outcomes)
    print("\n=== What ran where\n")
    for outcome in outcomes:
        print(f"{outcome.step:<{width}}  {outcome.seconds:6.1f} s  {outcome.in_words}")
    suites = [f"{outcome.suite}: {outcome.in_words}" for outcome in outcomes if outcome.suite]
    print(f"\n{' · '.join(suites)}")
    print(f"{sum(o.passed for o in outcomes)} passed, {sum(o.failed for o in outcomes)} failed", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
