"""By what the numbers of a county are summed up."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Dimension(TextChoices):
    TOTAL = "total", _("All needs")
    SEVERITY = "severity", _("Severity")
    DISTRICT = "district", _("District")
    GROUP = "group", _("Target group")
    CAUSE = "cause", _("Cause of hardship")
    #: One row for each day on which needs began: the histogram of waiting is right on every day.
    SINCE = "since", _("Needed since")
    HOUSEHOLDS = "households", _("Households")
    #: Families helped in the last year, and how often: with `standing` and `met`, by the record of aid.
    HELPED = "helped", _("Families helped")
