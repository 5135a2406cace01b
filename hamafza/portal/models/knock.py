"""Wrong codes typed at the public pages, counted so that guessing ends soon."""

from __future__ import annotations

from django.db import models


class WrongKnock(models.Model):
    """How many wrong codes came from one network address in one quarter of an hour.

    The address itself is not kept, only its keyed index; rows older than a day are removed with the next wrong code.
    """

    address_index = models.CharField(max_length=64)
    quarter = models.BigIntegerField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["address_index", "quarter"], name="wrongknock_once")]

    def __str__(self) -> str:
        return f"{self.quarter} {self.count}"
