"""Roles, what each may do, and kinds of organisations."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class OrganizationKind(TextChoices):
    WELFARE_OFFICE = "welfare_office", _("Welfare office")
    GOVERNOR_OFFICE = "governor_office", _("Governor's office")
    AGENCY = "agency", _("Agency")
    CHARITY = "charity", _("Charity")
    COMPANY = "company", _("Company")
    CENTRE_OPERATOR = "centre_operator", _("Centre operator")
    GROUP = "group", _("Mosque or group")


class Role(TextChoices):
    NATIONAL_ADMIN = "national_admin", _("National administrator")
    PROVINCE_DIRECTOR = "province_director", _("Province director")
    COUNTY_HEAD = "county_head", _("Head of the county office")
    SOCIAL_WORKER = "social_worker", _("Social worker")
    GOVERNOR_OFFICE = "governor_office", _("Governor's office")
    AUDITOR = "auditor", _("Auditor")


class Permission(TextChoices):
    """One thing a role may do; `rules.PERMISSIONS` says who may."""

    SEE_BOARD = "see_board", _("See the county board")
    SEE_CLIENTS = "see_clients", _("See clients and their needs")
    EDIT_CLIENTS = "edit_clients", _("Register and change clients")
    REVEAL_IDENTITY = "reveal_identity", _("Reveal masked fields, with a reason")
    EDIT_NEEDS = "edit_needs", _("Assess and change needs")
    APPROVE_NEEDS = "approve_needs", _("Approve needs")
    SEE_ANONYMOUS_LISTS = "see_anonymous_lists", _("See anonymised need lists")
    EXPORT_LISTS = "export_lists", _("Export lists with names")
    IMPORT_CLIENTS = "import_clients", _("Import spreadsheets")
    REVIEW_DUPLICATES = "review_duplicates", _("Review duplicates")
    SEE_AUDIT = "see_audit", _("See the audit trail")
    MANAGE_PLACES = "manage_places", _("Add and rename places")
    MANAGE_ORGANIZATIONS = "manage_organizations", _("Keep organisations")
    MANAGE_USERS = "manage_users", _("Keep users and give duties")
