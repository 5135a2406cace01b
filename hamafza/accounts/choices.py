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
    GIVING_OFFICER = "giving_officer", _("Officer for popular giving")
    ACCOUNTANT = "accountant", _("Accountant")
    PAYER = "payer", _("Payer")
    STOREKEEPER = "storekeeper", _("Storekeeper")
    DELIVERER = "deliverer", _("Deliverer of aid")
    BENEFACTOR = "benefactor", _("Benefactor")
    COUNCIL_SECRETARY = "council_secretary", _("Secretary of the council")
    AGENCY_OFFICER = "agency_officer", _("Officer of an agency or charity")
    DISTRICT_GOVERNOR = "district_governor", _("District governor")


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
    # Giving: asking, approving, paying, receiving, counting and delivering are separate duties.
    SEE_GIVING = "see_giving", _("See benefactors, pledges and gifts")
    KEEP_BENEFACTORS = "keep_benefactors", _("Keep benefactors, their capacities and pledges")
    RECEIVE_GIFTS = "receive_gifts", _("Receive gifts")
    CONFIRM_GIFTS = "confirm_gifts", _("Confirm gifts, match bank lines and issue receipts")
    REQUEST_SPENDING = "request_spending", _("Propose allocations, payments and refunds")
    APPROVE_SPENDING = "approve_spending", _("Approve allocations, payments and refunds")
    PAY = "pay", _("Pay what is approved")
    SEE_LEDGER = "see_ledger", _("See funds and books")
    KEEP_LEDGER = "keep_ledger", _("Reverse entries, close months and record the government's share")
    REOPEN_LEDGER = "reopen_ledger", _("Reopen a closed month")
    REQUEST_TRANSFER = "request_transfer", _("Ask for a transfer to another county")
    APPROVE_TRANSFER = "approve_transfer", _("Approve a transfer between counties")
    ALLOW_TRANSFER = "allow_transfer", _("Allow transfers between the counties of a province")
    WRITE_CARDS = "write_cards", _("Write need cards for the public")
    REVIEW_CARDS = "review_cards", _("Read need cards a second time and publish them")
    CONFIRM_DIRECT = "confirm_direct", _("Confirm what was given directly")
    SEE_STOCK = "see_stock", _("See goods and rounds")
    KEEP_STOCK = "keep_stock", _("Receive, pack and hand out goods")
    CONFIRM_COUNT = "confirm_count", _("Confirm a count of a store")
    PLAN_ROUNDS = "plan_rounds", _("Draw up distribution rounds")
    APPROVE_ROUNDS = "approve_rounds", _("Approve the list of a round")
    DELIVER = "deliver", _("Deliver to households and record the proof")
    AUDIT_DELIVERIES = "audit_deliveries", _("Call households back about deliveries")
    SEE_OVERLAP = "see_overlap", _("See who was helped by several bodies and who by nobody")
    WRITE_THANKS = "write_thanks", _("Write letters of thanks and certificates")
    GIVE = "give", _("Give and follow one's own gifts")
    # Working together: who asks, who does and who verifies are different people.
    SEE_COMMITMENTS = "see_commitments", _("See what bodies have promised and done")
    ISSUE_COMMITMENTS = "issue_commitments", _("Hand out commitments, decide on their dates and owners")
    VERIFY_COMMITMENTS = "verify_commitments", _("Verify what is reported as done")
    ANSWER_COMMITMENTS = "answer_commitments", _("Answer for what one's own body owes")
    SEE_COUNCILS = "see_councils", _("See councils, their meetings and resolutions")
    KEEP_COUNCILS = "keep_councils", _("Keep councils, their meetings, minutes and resolutions")
    SEE_DESK = "see_desk", _("See the desk of the governor: figures by body, reports")
    KEEP_DESK = "keep_desk", _("Take a snapshot of the desk and write its letter")
    ASK_ABOUT_NEEDS = "ask_about_needs", _("Ask the welfare office about a row without names")
    ANSWER_ABOUT_NEEDS = "answer_about_needs", _("Answer questions about rows without names")
    MANAGE_PLACES = "manage_places", _("Add and rename places")
    MANAGE_ORGANIZATIONS = "manage_organizations", _("Keep organisations")
    MANAGE_USERS = "manage_users", _("Keep users and give duties")
