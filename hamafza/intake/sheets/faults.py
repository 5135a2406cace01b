"""What can be wrong in a row: codes are kept, sentences are made when they are shown."""

from dataclasses import dataclass

from django.utils.translation import gettext as _, gettext_noop

#: A row with one of these is not taken.
REFUSALS = {
    "bad_check_digit": gettext_noop(
        "The identity number “%(value)s” is not right: it must have ten digits and a right check digit. Compare it with the identity card."
    ),
    "no_name": gettext_noop("Neither a first name nor a last name is written. Write at least one of them."),
    "bad_date": gettext_noop("“%(value)s” is no day of the calendar. Write the date of birth as 1361/08/06."),
    "future_date": gettext_noop("The date of birth “%(value)s” is in the future. Correct the year."),
    "other_county": gettext_noop(
        "The county “%(value)s” is not the county of this import. Send this row to its own county, or correct the county."
    ),
    "on_file_elsewhere": gettext_noop(
        "This identity number is already on file in another county. Ask the province to have the file moved."
    ),
}

#: The row is taken; the doubtful field is left out, or something is to be looked at.
WARNINGS = {
    "bad_mobile": gettext_noop("“%(value)s” is no mobile number (09 and nine more digits). It was left out."),
    "bad_postal_code": gettext_noop("“%(value)s” is no postal code (ten digits). It was left out."),
    "bad_iban": gettext_noop("“%(value)s” is no right Sheba (IR and 24 digits). It was left out."),
    "bad_head_identity": gettext_noop("The head's identity number “%(value)s” is not right. It was left out."),
    "bad_amount": gettext_noop("“%(value)s” is no amount of money. It was left out."),
    "bad_decile": gettext_noop("“%(value)s” is no decile (1 to 10). It was left out."),
    "unknown_value": gettext_noop(
        "“%(value)s” is not a word of this column's list. It was left out; add it on the person's page if it matters."
    ),
    "too_long": gettext_noop("“%(value)s” is too long and was cut. Look at it on the person's page."),
    "conflict": gettext_noop(
        "Another row of this file says something else about the same person or household. The first row counts."
    ),
    "second_head": gettext_noop(
        "The household has another head already. This person was taken with another relation; correct it on her page."
    ),
    "no_head": gettext_noop(
        "No row of this file number is the head of household. Choose the head on the household's page."
    ),
    "other_file": gettext_noop(
        "This person is already on file under another file number, “%(value)s”. The file number was not changed."
    ),
}

_SENTENCES = REFUSALS | WARNINGS


@dataclass(frozen=True, slots=True)
class Fault:
    """`column` is the heading as written, `value` the cell as written (shortened)."""

    column: str
    code: str
    value: str


def fault_message(code: str, value: str) -> str:
    """The sentence of a code in the active language."""
    return _(_SENTENCES[code]) % {"value": value}
