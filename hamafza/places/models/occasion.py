"""The occasions of the year (مناسبت), each in its own calendar, and their dates."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language, gettext_lazy as _

from hamafza.places.choices import OccasionCalendar


class Occasion(models.Model):
    """An occasion: Ramadan, the Fajr decade, Welfare week. Its days are worked out by `places.queries.occasions`."""

    code = models.SlugField(primary_key=True, max_length=40)
    name_fa = models.CharField(_("Persian name"), max_length=120)
    name_en = models.CharField(_("English name"), max_length=120)
    calendar = models.CharField(_("Calendar"), max_length=9, choices=OccasionCalendar.choices)
    month = models.PositiveSmallIntegerField(_("Month"))
    day = models.PositiveSmallIntegerField(_("Day"))
    days = models.PositiveSmallIntegerField(_("How many days"), default=1)

    class Meta:
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(condition=Q(month__range=(1, 12)), name="occasion_month_1_to_12"),
            models.CheckConstraint(condition=Q(day__range=(1, 31)), name="occasion_day_1_to_31"),
            models.CheckConstraint(condition=Q(days__gt=0), name="occasion_lasts"),
        ]

    def __str__(self) -> str:
        return self.name_en if (get_language() or "fa").startswith("en") else self.name_fa


class OccasionDate(models.Model):
    """The official date of an occasion in a Jalali year, where it differs from the computed one (the moon is sighted)."""

    occasion = models.ForeignKey(Occasion, on_delete=models.CASCADE, related_name="dates")
    jalali_year = models.PositiveSmallIntegerField()
    starts_on = models.DateField()
    ends_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["occasion", "jalali_year", "starts_on"], name="occasiondate_once"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="occasiondate_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.occasion_id} {self.jalali_year}"
