"""Passwords are hashed cheaply here; the one test of timing takes the real hasher."""

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from pytest_django import Settings


class CheapHasher(PBKDF2PasswordHasher):
    """The real thing with a single round."""

    algorithm = "cheap"
    iterations = 1


@pytest.fixture(autouse=True)
def cheap_passwords(request: pytest.FixtureRequest, settings: Settings) -> None:
    if "real_passwords" not in request.fixturenames:
        settings.PASSWORD_HASHERS = [f"{__name__}.CheapHasher"]


@pytest.fixture
def real_passwords() -> None:
    """Asks for the installation's own hasher."""
