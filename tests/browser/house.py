"""Run in a demonstration home: the housekeeping that a served program does every hour, now; prints nothing."""

from __future__ import annotations

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hamafza.config.settings")
django.setup()

from hamafza.config.tasks import keep_house  # noqa: E402 - after Django is ready

if __name__ == "__main__":
    keep_house.call()
