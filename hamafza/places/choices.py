"""Kinds of places (تقسیمات کشوری)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PlaceKind(TextChoices):
    COUNTRY = "country", _("Country")
    PROVINCE = "province", _("Province")
    COUNTY = "county", _("County")
    DISTRICT = "district", _("District")
    CITY = "city", _("City")
    VILLAGE = "village", _("Village")


class OccasionCalendar(TextChoices):
    JALALI = "jalali", _("Jalali")
    HIJRI = "hijri", _("Lunar Hijri")
    GREGORIAN = "gregorian", _("Gregorian")
