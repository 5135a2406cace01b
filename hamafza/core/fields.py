"""Model fields of our own: sealed text, its blind index, the version of a record."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.db import models
from django.db.models.query_utils import DeferredAttribute

from hamafza.core.crypto import blind_index, seal, unseal
from hamafza.core.persian import key


class SealedBytes(bytes):
    """A sealed text as it lies in the database."""

    __slots__ = ()


def binding_of(instance: models.Model, column: str | None) -> str:
    """What a sealed text is bound to: table, column and row."""
    return f"{instance._meta.db_table}:{column}:{instance.pk}"


class SealedAttribute(DeferredAttribute):
    """Opens the text when it is first read, so lists that do not show it do not pay for it."""

    field: SealedTextField

    def __get__(self, instance: Any, cls: Any = None) -> Any:
        value = super().__get__(instance, cls)
        if isinstance(value, SealedBytes):
            sealed, binding = value, binding_of(instance, self.field.column)
            value = unseal(sealed, binding=binding).decode()
            instance.__dict__[self.field.attname] = value
            instance.__dict__[self.field.opened_name] = (binding, value, sealed)
        return value

    def __set__(self, instance: Any, value: Any) -> None:
        instance.__dict__[self.field.attname] = value


class SealedTextField(models.Field[str, str]):
    """Text that is unreadable in the database.

    Written through ``save()`` and ``bulk_create()``, which know the row it is bound to; ``update()`` and
    ``bulk_update()`` with plain text raise. Rows need their primary key before they are saved (`core.ids.uuid7`).
    """

    descriptor_class = SealedAttribute

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", "")
        kwargs.setdefault("blank", True)
        kwargs["editable"] = kwargs.get("editable", True)
        super().__init__(*args, **kwargs)

    @property
    def opened_name(self) -> str:
        """Where an instance remembers the ciphertext of the text it shows."""
        return f"_{self.attname}_opened"

    def get_internal_type(self) -> str:
        return "BinaryField"

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:  # noqa: FBT001 - Django's signature
        value = model_instance.__dict__.get(self.attname, "")
        if isinstance(value, SealedBytes) or not value:
            return value
        binding = binding_of(model_instance, self.column)
        opened = model_instance.__dict__.get(self.opened_name)
        if opened and opened[:2] == (binding, value):
            # Sealed anew, the same text would be another ciphertext, and the audit trail would tell of a change.
            return opened[2]
        sealed = SealedBytes(seal(value.encode(), binding=binding))
        model_instance.__dict__[self.opened_name] = (binding, value, sealed)
        return sealed

    def get_prep_value(self, value: Any) -> Any:
        if not value:
            return b""
        if not isinstance(value, SealedBytes):
            raise TypeError(f"{self.name} is sealed: write it through save() or bulk_create().")
        return bytes(value)

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:  # noqa: FBT001, FBT002 - Django's signature
        value = value if prepared else self.get_prep_value(value)
        return connection.Database.Binary(value) if value is not None else None

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        data = bytes(value) if value is not None else b""
        return SealedBytes(data) if data else ""

    def get_lookup(self, lookup_name: str) -> Any:
        raise TypeError(f"{self.name} is sealed: search by its blind index.")

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": forms.CharField, **kwargs})


class BlindIndexField(models.CharField[str, str]):
    """The keyed index of a sealed field, computed when the row is saved, so the two cannot differ.

    ``of`` names the sealed field, ``purpose`` keeps indexes of different things apart, ``form`` brings the value into
    the one form that is compared (for example only the last four digits).
    """

    def __init__(
        self, *args: Any, of: str = "", purpose: str = "", form: Callable[[str], str] = str, **kwargs: Any
    ) -> None:
        self.of, self.purpose, self.form = of, purpose, form
        kwargs.update(max_length=32, default="", blank=True, editable=False)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        for given in ("max_length", "default", "blank", "editable"):
            kwargs.pop(given, None)
        return name, path, args, {**kwargs, "of": self.of, "purpose": self.purpose}

    def index_of(self, value: str) -> str:
        """The index to search for."""
        return blind_index(self.form(value), purpose=self.purpose)

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:  # noqa: FBT001 - Django's signature
        value = self.index_of(getattr(model_instance, self.of) or "")
        setattr(model_instance, self.attname, value)
        return value


class NameKeyField(models.CharField[str, str]):
    """The folded search key of one or more name fields, computed on saving (`core.persian.key`)."""

    def __init__(self, *args: object, of: tuple[str, ...] = (), **kwargs: object) -> None:
        self.of = tuple(of)
        kwargs.update(max_length=200, default="", blank=True, editable=False)
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed through

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        for given in ("max_length", "default", "blank", "editable"):
            kwargs.pop(given, None)
        return name, path, args, {**kwargs, "of": self.of}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:  # noqa: FBT001 - Django's signature
        value = "".join(key(getattr(model_instance, name)) for name in self.of)[:200]
        setattr(model_instance, self.attname, value)
        return value
