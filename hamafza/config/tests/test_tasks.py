"""The hourly round."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from hamafza.config.tasks import keep_house
from hamafza.core.scope import counties
from hamafza.intake.choices import BatchState
from hamafza.intake.models import ImportBatch, ImportRow
from hamafza.places.tests.factories import COUNTY, make_places


@pytest.mark.django_db
def test_keep_house_removes_staged_rows_of_old_imports_alone() -> None:
    make_places()
    now = timezone.now()
    with counties([COUNTY]):
        old, new = (
            ImportBatch.objects.create(
                county_id=COUNTY, file_name="فهرست.xlsx", file_hash="0", state=BatchState.DONE, created_at=at
            )
            for at in (now - timedelta(days=31), now)
        )
        for batch in (old, new):
            ImportRow.objects.create(batch=batch, county_id=COUNTY, row=4, outcome="created", payload="[]")
    keep_house.func()
    with counties([COUNTY]):
        assert list(ImportRow.objects.values_list("batch_id", flat=True)) == [new.pk]
        assert ImportBatch.objects.get(pk=old.pk).cleared_at is not None
