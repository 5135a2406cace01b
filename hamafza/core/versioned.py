"""Optimistic locking: a record saved by somebody else since it was read is not overwritten."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from hamafza.core.errors import StaleVersion


class VersionField(models.PositiveIntegerField):  # type: ignore[type-arg]  # stubs: generic only when subscripted by the plugin
    """Counts the saves of a row; the number that was read is kept for the comparison."""

    def pre_save(self, model_instance: models.Model, add: bool) -> int:  # noqa: FBT001 - Django's signature
        read = int(getattr(model_instance, self.attname))
        saved = read if add else read + 1
        model_instance.__dict__["_version_read"] = read
        setattr(model_instance, self.attname, saved)
        return saved


class Versioned(models.Model):
    """Base of records that two people may edit at once. Raises `StaleVersion` from ``save()``."""

    version = VersionField(default=1, editable=False)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        fields = kwargs.get("update_fields")
        if fields is not None:
            kwargs["update_fields"] = {*fields, "version"}
        super().save(*args, **kwargs)

    def _do_update(
        self, base_qs: Any, using: Any, pk_val: Any, values: Any, update_fields: Any, forced_update: Any, *rest: Any
    ) -> Any:
        read = self.__dict__.pop("_version_read", self.version)
        done = super()._do_update(
            base_qs.filter(version=read), using, pk_val, values, update_fields, forced_update, *rest
        )
        if not done and not self._state.adding:
            self.version = read
            raise stale()
        return done


def refuse_stale(record: Versioned, *, version: int) -> None:
    """Raise `StaleVersion` when the locked ``record`` is not the version that was read."""
    if record.version != version:
        raise stale()


def stale() -> StaleVersion:
    """What is said to whoever was slower."""
    return StaleVersion(_("Somebody else has changed this record since you opened it."), code="stale")
