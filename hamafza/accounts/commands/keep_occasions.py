"""The right to keep occasions, asked before `places` writes (it lies below and knows no actor)."""

from __future__ import annotations

from datetime import date

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import require
from hamafza.places.commands import keep_occasions
from hamafza.places.models.occasion import Occasion, OccasionDate


def enter_date(occasion: Occasion, *, starts_on: date, ends_on: date, by: Actor) -> OccasionDate:
    """Enter the official days of one time of an occasion."""
    require(by, Permission.MANAGE_PLACES, place=None)
    return keep_occasions.enter_date(occasion, starts_on=starts_on, ends_on=ends_on)


def take_date_back(occasion: Occasion, *, starts_on: date | None, by: Actor) -> bool:
    """Let the reckoned date hold again; whether an official one had been entered."""
    require(by, Permission.MANAGE_PLACES, place=None)
    return keep_occasions.take_date_back(occasion, starts_on=starts_on)
