"""Keys of rows: which rows name the same household, the same person. Staged rows keep them as blind indexes."""

from __future__ import annotations

from hamafza.core.crypto import blind_index
from hamafza.core.persian import key
from hamafza.intake.sheets.client_row import ClientRow
from hamafza.registry.choices import Relation


def file_key(row: ClientRow) -> str:
    """File numbers are compared without spaces, in Latin digits and small letters."""
    return key(row.file_number)


def household_of(row: ClientRow) -> str:
    """What names the household in the sheet: its file number, else its head's identity number, else nothing."""
    if row.file_number:
        return file_key(row)
    head = row.identity_number if row.relation == Relation.HEAD else row.head_identity
    return f"head:{head}" if head else ""


def names_of(row: ClientRow) -> tuple[str, str, str, str]:
    """What names a person without identity number: file number, names and birth date.

    Without a file number the father's name must agree too, so that two namesakes of a sheet stay two persons.
    """
    file = file_key(row)
    name = (key(row.first_name) + key(row.last_name))[:200]
    return file, name, str(row.born_on or ""), "" if file else key(row.father_name)


def group_key(row: ClientRow) -> str:
    return blind_index(household_of(row), purpose="import-household")


def identity_key(row: ClientRow) -> str:
    return identity_index(row.identity_number)


def identity_index(number: str) -> str:
    """The same index as the registry's, so that it can be compared with claims."""
    return blind_index(number, purpose="identity")


def names_key(row: ClientRow) -> str:
    return blind_index("|".join(names_of(row)), purpose="import-names")
