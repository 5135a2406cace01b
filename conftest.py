"""What every test run needs before Django reads its settings: a home of its own, so that no test touches var/."""

import atexit
import os
import shutil
import tempfile
from collections.abc import Generator
from datetime import date
from typing import Any
from unittest.mock import patch

import django
import pytest
from django.utils import timezone, translation
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

home = tempfile.mkdtemp(prefix="hamafza-test-")
atexit.register(shutil.rmtree, home, ignore_errors=True)
os.environ["HAMAFZA_HOME"] = home
os.environ["DJANGO_SETTINGS_MODULE"] = "hamafza.config.settings"
# Here rather than by pytest-django's own option, which would read the settings before this file.
django.setup()
# Not left to the processes of pytest-xdist: with it they would read the settings first and share this run's home.
del os.environ["DJANGO_SETTINGS_MODULE"]

pytest_plugins = ["hamafza.accounts.tests.fixtures", "hamafza.audit.tests.emptying"]


@pytest.fixture(autouse=True)
def _language_of_no_other_test() -> None:
    """A request leaves its language behind in the thread."""
    translation.deactivate()


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """A day taken while tests are collected is yesterday for those that run after midnight: nobody gets one."""
    collecting, localdate = True, timezone.localdate

    def localdate_when_asked(*args: Any, **kwargs: Any) -> date:
        assert not collecting, "Ask for the day inside the test."
        return localdate(*args, **kwargs)

    # Modules keep the function they met when they were imported: it must answer afterwards.
    with patch.object(timezone, "localdate", localdate_when_asked):
        collected = yield
    collecting = False
    return collected


class OneCrawlOneProcess(LoadScopeScheduling):
    """Sends tests one by one to whoever is free, but all that look at one crawl to the process that has walked it.

    In place of pytest-xdist's own groups, which it no longer finds under pytest 9.2 (its issue 1386).
    """

    def _split_scope(self, nodeid: str) -> str:
        return nodeid[nodeid.rfind("[") :] if nodeid.startswith("tests/test_leaks.py::") else nodeid


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> OneCrawlOneProcess:
    """Whatever ``--dist`` says."""
    return OneCrawlOneProcess(config, log)
