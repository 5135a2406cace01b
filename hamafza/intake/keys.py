"""Blind keys of staged rows: which rows name the same household, the same person."""

from __future__ import annotations

from hamafza.core.crypto import blind_index
from hamafza.core.persian import key
from hamafza.intake.sheets.rows import ClientRow


def file_key(file_number: str) -> str:
    """File numbers are compared without spaces, in Latin digits and small letters."""
    return key(file_number)


def household_of(row: ClientRow) -> str:
    """What names the household in the sheet: its file number, else its head's identity number, else nothing."""
    return file_key(row.file_number) or (f"head:{row.head_identity}" if row.head_identity else "")


def names_of(row: ClientRow) -> str:
    """What names a person without identity number: file number, names and birth date.

    Without a file number the father's name must agree too, so that two namesakes of a sheet stay two persons.
    """
    household = household_of(row)
    names = key(row.first_name) + key(row.last_name)
    return "|".join((household, names, str(row.born_on or ""), "" if household else key(row.father_name)))


def group_key(row: ClientRow) -> str:
    return blind_index(household_of(row), purpose="import-household")


def identity_key(row: ClientRow) -> str:
    """The same index as the registry's, so that it can be compared with claims."""
    return blind_index(row.identity_number, purpose="identity")


def names_key(row: ClientRow) -> str:
    return blind_index(names_of(row), purpose="import-names")
