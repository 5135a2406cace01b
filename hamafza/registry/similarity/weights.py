"""What each finding is worth: the table behind the score, for an expert to review.

Each finding has two weights in bits, the base-2 logarithm of how much more often it is seen between two files of ONE
person than between (first number) two strangers, and (second number) two people of one family, who share a surname, a
father, a home and often a telephone. +3: eight times as often; -3: an eighth. (Fellegi and Sunter, "A Theory for
Record Linkage", 1969.) A pair is weighed against both and the worse sum counts, so that twins, brothers and a father
and his son do not pass for one person because of what a family shares, and namesakes do not because of their names.

An equal name is worth what its rarity in the county says (`Frequencies`); ``USUAL`` marks that. A change of this table
is a new rule version: stored scores name the version they were made with.
"""

from __future__ import annotations

from hamafza.registry.similarity.contacts import Match
from hamafza.registry.similarity.dates import Gap
from hamafza.registry.similarity.names import Likeness

RULE_VERSION = 1

#: From this score on (0..1000) a pair is shown to a clerk. 500 means: as likely one person as not.
REVIEW_THRESHOLD = 500
#: Pairs below are not kept at all.
FLOOR = 300
POINTS_PER_BIT = 25

#: Before anything is compared: one person in about seventy is on file twice, among some ten thousand strangers and two
#: or three near relatives.
PRIOR = (-18.0, -7.0)

Weights = tuple[float, float]

FIRST_NAME: dict[Likeness, Weights] = {
    Likeness.EQUAL: (-0.3, 6.5),  # added to its rarity; a family does not give one name twice
    Likeness.SOUND: (-0.8, 6.0),
    Likeness.SLIP: (-1.3, 5.0),  # a letter lost, doubled, exchanged, and not another usual name
    Likeness.PART: (-2.5, 2.5),  # «فاطمه» and «فاطمه‌زهرا»; sisters may be called so too
    Likeness.ALIKE: (-3.0, 1.5),
    Likeness.NEIGHBOUR: (-5.5, -3.0),  # «حسن» and «حسین»: one letter apart, and two names
    Likeness.MISSING: (0.0, 0.0),
    Likeness.DIFFERENT: (-7.0, -7.0),
}
LAST_NAME: dict[Likeness, Weights] = {
    Likeness.EQUAL: (-0.3, 0.3),
    Likeness.SOUND: (-0.8, 0.3),
    Likeness.SLIP: (-1.3, 0.8),
    Likeness.PART: (-1.5, 0.5),  # «کاظمی» and «کاظمی‌نژاد»
    Likeness.ALIKE: (-3.0, 0.0),
    Likeness.NEIGHBOUR: (-5.0, -1.5),
    Likeness.MISSING: (0.0, 0.0),
    Likeness.DIFFERENT: (-6.0, -4.0),
}
FATHER_NAME: dict[Likeness, Weights] = {
    Likeness.EQUAL: (-0.3, 0.3),
    Likeness.SOUND: (-0.8, 0.3),
    Likeness.SLIP: (-1.3, 0.5),
    Likeness.PART: (-1.5, 0.3),
    Likeness.ALIKE: (-3.0, 0.0),
    Likeness.NEIGHBOUR: (-5.0, -1.0),
    Likeness.MISSING: (0.0, 0.0),
    Likeness.DIFFERENT: (-8.0, -5.0),  # namesakes; slips are found above
}
#: First and last name in each other's column: taken off the sum of the two.
NAMES_SWAPPED: Weights = (-3.0, -0.5)

BORN: dict[Gap, Weights] = {
    Gap.EQUAL: (14.5, 5.5),  # about 25,000 days to be born on; twins share theirs
    Gap.NEXT_DAY: (10.5, 6.0),  # a conversion between calendars, or a slip
    Gap.SWAPPED: (9.0, 5.0),
    Gap.DIGIT: (6.0, 3.0),
    Gap.WEEKS: (4.5, 3.0),  # too near for brothers and sisters, except twins
    Gap.YEAR_OFF: (1.5, 1.0),
    Gap.YEAR: (0.0, -2.0),
    Gap.MISSING: (0.0, 0.0),
    Gap.DIFFERENT: (-6.0, -6.0),
}
#: Equal numbers cannot both stand on file; a number one digit off may be that of a twin, registered next.
IDENTITY: dict[Match, Weights] = {
    Match.EQUAL: (25.0, 25.0),
    Match.CLOSE: (10.0, 3.0),
    Match.MISSING: (0.0, 0.0),
    Match.DIFFERENT: (-1.5, -1.5),  # people are entered with another's number
}
MOBILE: dict[Match, Weights] = {
    Match.EQUAL: (8.0, 0.5),
    Match.CLOSE: (3.0, 0.5),
    Match.MISSING: (0.0, 0.0),
    Match.DIFFERENT: (-0.7, 0.0),
}
HOME: dict[Match, Weights] = {
    Match.EQUAL: (6.0, 0.0),
    Match.CLOSE: (4.5, 0.0),
    Match.MISSING: (0.0, 0.0),
    Match.DIFFERENT: (-0.7, 0.7),
}
#: Both in one household: entered in one sitting, where a clerk would have noticed.
HOUSEHOLD: dict[bool, Weights] = {True: (2.0, -3.0), False: (0.0, 1.0)}
SEX: dict[Match, Weights] = {
    Match.EQUAL: (0.3, 0.3),
    Match.MISSING: (0.0, 0.0),
    Match.DIFFERENT: (-5.0, -5.0),
}
