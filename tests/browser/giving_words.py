"""What the story of a promise and its commands (`giving_weeks.py`) both speak of."""

COUNTY, ITEM, STORE = "2313", "بسته غذایی", "انبار نذر پنجشنبه"
PACKAGES = 41
#: Of the state for the same purpose, in rial.
SHARE = 5_000_000_000
