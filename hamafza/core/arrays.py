"""Columns as array literals of PostgreSQL: written in one go, where psycopg asks for a dumper for each value."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from psycopg import Binary
from psycopg.types.json import Jsonb


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _bytes(value: bytes) -> str:
    return '"\\\\x' + value.hex() + '"'


def _json(value: Jsonb) -> str:
    return _quoted(str((value.dumps or json.dumps)(value.obj)))


#: Of values of exactly these types (the last two are how Django hands bytes and JSON to psycopg); they need no other
#: conversion for the column they are meant for.
_WRITTEN: dict[type, Callable[[Any], str]] = {
    type(None): lambda _: "NULL",
    str: _quoted,
    int: int.__repr__,
    bool: lambda value: "t" if value else "f",
    UUID: str,
    date: date.isoformat,
    datetime: lambda value: f'"{value.isoformat()}"',
    bytes: _bytes,
    Binary: lambda value: _bytes(value.obj),
    Jsonb: _json,
}


def array_literal(values: Sequence[Any]) -> str | None:
    """The text of an array, to be cast to its type; None when a value is of another type."""
    types = set(map(type, values))
    if len(types) == 1 and (write := _WRITTEN.get(types.pop())):
        return "{" + ",".join(map(write, values)) + "}"
    try:
        return "{" + ",".join([_WRITTEN[type(value)](value) for value in values]) + "}"
    except KeyError:
        return None
