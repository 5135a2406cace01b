"""Whose paper a report is written on."""

from __future__ import annotations

from django.utils import translation
from django.utils.translation import gettext as _

from hamafza.accounts.actor import Actor
from hamafza.accounts.models import Organization
from hamafza.places.models import Place


def organisation_of(actor: Actor, place: Place) -> str:
    """The body of the place that she works for, in Persian; without one, the governor's office of the place."""
    body = Organization.objects.filter(pk=actor.organization, place=place.code).first() if actor.organization else None
    if body is not None:
        return body.name_fa
    with translation.override("fa"):
        return _("Governor's office of %(place)s") % {"place": place.title}
