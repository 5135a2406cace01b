"""What every test run needs before Django reads its settings: a home of its own, so that no test touches var/."""

import atexit
import os
import shutil
import tempfile

import django
import pytest
from django.utils import translation

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
