"""Whether two files are one person: pure functions without a database.

`names` compares names as Persian offices write them, `dates` dates of birth, `contacts` numbers and addresses;
`weights` says what each finding is worth, and `score` adds it up.
"""

from hamafza.registry.similarity.score import (
    Contacts,
    Finding,
    Frequencies,
    Identified,
    Scored,
    is_worth_opening,
    score_pair,
)
from hamafza.registry.similarity.weights import FLOOR, REVIEW_THRESHOLD, RULE_VERSION

__all__ = [
    "FLOOR",
    "REVIEW_THRESHOLD",
    "RULE_VERSION",
    "Contacts",
    "Finding",
    "Frequencies",
    "Identified",
    "Scored",
    "is_worth_opening",
    "score_pair",
]
