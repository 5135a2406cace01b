"""The words of needs: one vocabulary of domains serves needs, purposes of funds and the division of labour."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _, pgettext_lazy


class Domain(TextChoices):
    JOB = "job", _("Stable job")
    HOUSING = "housing", pgettext_lazy("need", "Housing")
    HOUSEHOLD_GOODS = "household_goods", _("Household goods")
    LIVELIHOOD = "livelihood", _("Livelihood and food")
    REHABILITATION = "rehabilitation", _("Rehabilitation")
    HEALTH = "health", _("Health and treatment")
    EDUCATION = "education", pgettext_lazy("need", "Education")
    SOCIAL = "social", _("Counselling, social and legal support")


#: Needs of these domains belong to the household; all others to one person of it.
HOUSEHOLD_DOMAINS = frozenset({Domain.HOUSING, Domain.HOUSEHOLD_GOODS, Domain.LIVELIHOOD})


class Severity(IntegerChoices):
    LOW = 1, _("Low")
    MODERATE = 2, _("Moderate")
    CONSIDERABLE = 3, _("Considerable")
    SEVERE = 4, _("Severe")
    CRITICAL = 5, _("Critical")


class Source(TextChoices):
    OFFICE = "office", _("Office")
    HOME_VISIT = "home_visit", _("Home visit")
    AUDIENCE = "audience", _("Public audience")
    E_SERVICE = "e_service", _("E-service")
    REFERRAL = "referral", _("Referral")
    IMPORT = "import", _("Spreadsheet")


class NeedState(TextChoices):
    DRAFT = "draft", _("Draft")
    ASSESSED = "assessed", _("Assessed")
    APPROVED = "approved", _("Approved")
    OPEN = "open", _("Open")
    PARTLY_MET = "partly_met", _("Partly met")
    MET = "met", _("Met")
    CLOSED = "closed", _("Closed")
    EXPIRED = "expired", _("Expired")


#: States in which somebody still waits for something.
STANDING_STATES = frozenset({NeedState.OPEN, NeedState.PARTLY_MET})
