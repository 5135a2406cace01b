"""What the public never learns of a gift."""

from __future__ import annotations

#: Numbers of families below it are not told (S-A11); of days behind so few only the month is.
SMALLEST_CELL = 11
