"""Who may read the papers of a delivery, the drawn signature and the photo (`documents.owners` asks). Nobody adds to them."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import load
from hamafza.distribution.models import Delivery
from hamafza.documents.owners import Owner, Record


def see_delivery(request: HttpRequest, pk: UUID) -> Record:
    delivery = load(request, Delivery, pk, may=Permission.SEE_CLIENTS)
    url = reverse("distribution:round-entries", args=[delivery.entry.round_id])
    return Record(county=delivery.county_id, title=_("Delivery"), url=url)


def edit_nothing(request: HttpRequest, pk: UUID) -> Record:
    raise Http404


DELIVERY_PAPERS = Owner("delivery", see=see_delivery, edit=edit_nothing)
