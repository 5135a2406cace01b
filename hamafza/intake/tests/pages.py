"""What the tests of the import's pages ask and read."""

from __future__ import annotations

import re
from typing import Any

from django.test import Client
from django.urls import reverse

from hamafza.core.scope import counties
from hamafza.intake.models import ImportBatch
from hamafza.intake.tests.factories import (
    upload_of,
)
from hamafza.places.tests.factories import COUNTY

NOT_FOUND, NOT_ALLOWED, WRONG = 404, 405, 422


def url(name: str, batch: ImportBatch) -> str:
    return reverse(f"intake:{name}", args=[batch.pk])


def again(batch: ImportBatch) -> ImportBatch:
    with counties([batch.county_id]):
        return ImportBatch.objects.get(pk=batch.pk)


def only_batch(county: str = COUNTY) -> ImportBatch:
    with counties([county]):
        return ImportBatch.objects.get()


def send(client: Client, content: bytes, name: str = "clients.xlsx", **more: str) -> Any:
    return client.post(reverse("intake:upload"), {"file": upload_of(content, name), **more})


def columns_form(client: Client, batch: ImportBatch, **changed: str) -> dict[str, str]:
    form = client.get(url("columns", batch)).context["form"]
    proposed = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    return {name: "on" if value is True else value for name, value in proposed.items()} | changed


def text(response: Any) -> str:
    return re.sub(r"\s+", " ", response.content.decode())
