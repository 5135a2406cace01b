"""What entries of goods book, for the journal: where each act has its page."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from hamafza.distribution.models import Delivery, Movement
from hamafza.ledger.sources import Source, register_source


def register_all() -> None:
    """When the app is ready."""
    register_source("lot", Source(_("Lot"), "distribution:lot-record"))
    register_source("movement", Source(_("Lot"), "distribution:lot-record", shown_on=_lot_of))
    register_source("stockcount", Source(_("Count"), "distribution:count-record"))
    register_source("delivery", Source(_("Distribution round"), "distribution:round-record", shown_on=_round_of))


def _lot_of(key: UUID) -> UUID | None:
    return Movement.objects.filter(pk=key).values_list("lot", flat=True).first()


def _round_of(key: UUID) -> UUID | None:
    return Delivery.objects.filter(pk=key).values_list("entry__round", flat=True).first()
