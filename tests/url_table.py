"""The third wall: every address of the program, one line each, with who may get an answer (architecture.md).

Read it as an officer would: the address, how it is asked, who is answered, whose rows. `test_url_table.py` fails when
an address is missing here, and walks every line as every kind of asker, over rows of every county and of none.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from hamafza.accounts.choices import Role

WORKER, HEAD, DIRECTOR = Role.SOCIAL_WORKER, Role.COUNTY_HEAD, Role.PROVINCE_DIRECTOR
GOVERNOR, AUDITOR, ADMIN = Role.GOVERNOR_OFFICE, Role.AUDITOR, Role.NATIONAL_ADMIN

OFFICER, ACCOUNTANT, PAYER = Role.GIVING_OFFICER, Role.ACCOUNTANT, Role.PAYER
STOREKEEPER, DELIVERER, GIVER = Role.STOREKEEPER, Role.DELIVERER, Role.BENEFACTOR

ANYBODY = "anybody"  # also without signing in
SIGNED_IN = "signed in"  # whoever has signed in, with or without a duty
#: Who works with clients, who also looks on, who sees numbers.
STAFF = frozenset({WORKER, HEAD})
READERS = STAFF | {DIRECTOR}
PLANNERS = READERS | {GOVERNOR}
#: Who looks at benefactors and gifts, who at offers and matches, who at the catalogue of items.
GIVING = frozenset({HEAD, DIRECTOR, OFFICER, ACCOUNTANT})
MATCHERS = GIVING | {WORKER}
ITEM_READERS = MATCHERS | {STOREKEEPER}
#: Who brings in bank statements and takes lists of gifts out.
BOOKKEEPERS = frozenset({OFFICER, ACCOUNTANT})
#: Who sees what is decided and paid, who proposes it.
SPENDERS = frozenset({WORKER, HEAD, DIRECTOR, OFFICER, ACCOUNTANT, PAYER, AUDITOR})
PROPOSERS = frozenset({WORKER, ACCOUNTANT})
#: Who sees funds and books.
BOOK_READERS = frozenset({HEAD, DIRECTOR, AUDITOR, OFFICER, ACCOUNTANT, PAYER})
#: Who sees goods and rounds; who brings packages to families.
STOCK_READERS = READERS | {ACCOUNTANT, STOREKEEPER}
CARRIERS = frozenset({WORKER, DELIVERER})
#: Who confirms what others have counted, lost or closed.
CONFIRMERS = frozenset({HEAD, ACCOUNTANT})
#: Who hands out what bodies owe, who follows it up, who answers for a body.
SECRETARY, AGENCY = Role.COUNCIL_SECRETARY, Role.AGENCY_OFFICER
ISSUERS = frozenset({SECRETARY, GOVERNOR})
FOLLOWERS = ISSUERS | {HEAD, DIRECTOR}
#: Who looks on at the county and asks about one district.
DISTRICT = Role.DISTRICT_GOVERNOR
LOOKERS = FOLLOWERS | {DISTRICT}
#: Who keeps councils, who may read of them (a meeting also opens to who has a seat in it).
COUNCIL_KEEPERS = frozenset({SECRETARY})
COUNCIL_READERS = COUNCIL_KEEPERS | {HEAD, GOVERNOR}
#: Who takes part in the division of labour and its programmes.
TOGETHER = frozenset({HEAD, DIRECTOR, GOVERNOR, SECRETARY, AGENCY, DISTRICT})
#: Who sees the desk of the governor, who keeps its reports, who asks about a row without names.
DESK = ISSUERS | {DISTRICT}
DESK_KEEPERS = ISSUERS
ASKING = frozenset({GOVERNOR, DISTRICT})
Who = frozenset[Role] | str

#: Whose rows an address speaks of.
ROW = "row"  # one row of a county: 404 unless the asker's duty is there
COUNTY = "county"  # the county that ?county= names: 404 unless the asker's duty is there
SCOPE = "scope"  # all counties of the asker's duties; a foreign ?county= changes nothing
OWN = "own"  # the asker's own rows
PLATFORM = "platform"  # rows of no county


@dataclass(frozen=True)
class Line:
    """One address. ``at`` says what stands in it: a kind of row (`seeded_county.py`), or ``=`` and the word itself."""

    name: str
    route: str
    methods: str
    who: Who
    of: str
    at: dict[str, str] = field(default_factory=dict)
    #: Roles of ``who`` that are sent to another page, with the answer 302.
    sent_on: frozenset[Role] = frozenset()
    #: What a GET answers to those who may.
    answers: tuple[int, ...] = (200,)


PERSON, HOUSEHOLD = {"pk": "person"}, {"pk": "household"}
NEED, DRAFT, ASSESSMENT, BATCH = {"pk": "need"}, {"pk": "draft"}, {"pk": "assessment"}, {"pk": "batch"}
USER, BODY, PLACE = {"pk": "user"}, {"pk": "organization"}, {"code": "=2313"}
PAPERS = {"source_type": "=person", "source_id": "person"}
PAPER = {**PAPERS, "pk": "person_paper"}
LIST = {"pk": "list"}
FUND, TRANSFER = {"pk": "fund"}, {"pk": "transfer"}
BENEFACTOR, CAPACITY, MATCH, ITEM = {"pk": "benefactor"}, {"pk": "capacity"}, {"pk": "match"}, {"pk": "item"}
PLEDGE = {"pk": "pledge"}
DONATION = {"pk": "donation"}
ALLOCATION, CARD, HOLD = {"pk": "allocation"}, {"pk": "card"}, {"pk": "hold"}
ROUND, STOP = {"pk": "round"}, {"pk": "round_entry"}
COMMITMENT = {"pk": "commitment"}
COUNCIL, MEETING, RESOLUTION = {"pk": "council"}, {"pk": "meeting"}, {"pk": "resolution"}
SESSION, MATTER, PROPOSAL = {"pk": "session_meeting"}, {"pk": "matter"}, {"pk": "proposed_resolution"}
REVIEWED, FINAL = {"pk": "reviewed_meeting"}, {"pk": "final_meeting"}
PROGRAMME, PROGRAMME_DRAFT = {"pk": "programme"}, {"pk": "programme_draft"}
PROGRAMME_ITEM = {**PROGRAMME_DRAFT, "item": "programme_item"}
GET, POST, FORM = "GET", "POST", "GET POST"

# fmt: off
TABLE: tuple[Line, ...] = (
    # --- the root, languages -------------------------------------------------------------------------------------
    Line("home", "", GET, ANYBODY, OWN, answers=(200, 302)),
    Line("set_language", "i18n/setlang/", FORM, ANYBODY, OWN, answers=(302,)),
    # --- one's own account ---------------------------------------------------------------------------------------
    Line("accounts:sign-in", "accounts/sign-in/", FORM, ANYBODY, OWN, answers=(200, 302)),
    Line("accounts:sign-out", "accounts/sign-out/", POST, ANYBODY, OWN),
    Line("accounts:password-change", "accounts/password/", FORM, SIGNED_IN, OWN),
    Line("accounts:sessions", "accounts/sessions/", GET, SIGNED_IN, OWN),
    Line("accounts:session-end-others", "accounts/sessions/end-others/", POST, SIGNED_IN, OWN),
    Line("accounts:session-end", "accounts/sessions/<uuid:pk>/end/", POST, SIGNED_IN, OWN, {"pk": "sign_in"}),
    Line("notices:notice-list", "notices/", GET, SIGNED_IN, OWN),
    Line("notices:notice-read-all", "notices/read-all/", POST, SIGNED_IN, OWN),
    Line("notices:notice-open", "notices/<uuid:pk>/open/", POST, SIGNED_IN, OWN, {"pk": "notice"}),
    # --- keeping the platform: no client anywhere ----------------------------------------------------------------
    Line("accounts:user-list", "accounts/users/", GET, frozenset({ADMIN}), PLATFORM),
    Line("accounts:user-create", "accounts/users/add/", FORM, frozenset({ADMIN}), PLATFORM),
    Line("accounts:user-record", "accounts/users/<uuid:pk>/", GET, frozenset({ADMIN}), PLATFORM, USER),
    Line("accounts:user-edit", "accounts/users/<uuid:pk>/edit/", FORM, frozenset({ADMIN}), PLATFORM, USER),
    Line("accounts:user-password-reset", "accounts/users/<uuid:pk>/password/", POST, frozenset({ADMIN}), PLATFORM, USER),
    Line("accounts:user-switch-off", "accounts/users/<uuid:pk>/switch-off/", POST, frozenset({ADMIN}), PLATFORM, USER),
    Line("accounts:user-switch-on", "accounts/users/<uuid:pk>/switch-on/", POST, frozenset({ADMIN}), PLATFORM, USER),
    Line("accounts:duty-give", "accounts/users/<uuid:pk>/duties/give/", FORM, frozenset({ADMIN}), PLATFORM, USER),
    Line("accounts:duty-end", "accounts/users/<uuid:pk>/duties/<uuid:duty>/end/", POST, frozenset({ADMIN}), PLATFORM, {"pk": "user", "duty": "duty"}),
    Line("accounts:organization-list", "accounts/organizations/", GET, frozenset({ADMIN}), PLATFORM),
    Line("accounts:organization-create", "accounts/organizations/add/", FORM, frozenset({ADMIN}), PLATFORM),
    Line("accounts:organization-edit", "accounts/organizations/<uuid:pk>/edit/", FORM, frozenset({ADMIN}), PLATFORM, BODY),
    Line("accounts:place-list", "accounts/places/", GET, frozenset({ADMIN}), PLATFORM),
    Line("accounts:place-record", "accounts/places/<str:code>/", GET, frozenset({ADMIN}), PLATFORM, PLACE),
    Line("accounts:place-create", "accounts/places/<str:parent>/add/", FORM, frozenset({ADMIN}), PLATFORM, {"parent": "=2313"}),
    Line("accounts:place-rename", "accounts/places/<str:code>/rename/", FORM, frozenset({ADMIN}), PLATFORM, PLACE),
    Line("accounts:place-end", "accounts/places/<str:code>/end/", FORM, frozenset({ADMIN}), PLATFORM, PLACE),
    Line("accounts:occasion-list", "accounts/occasions/", GET, frozenset({ADMIN}), PLATFORM),
    Line("accounts:occasion-date", "accounts/occasions/<slug:code>/date/", FORM, frozenset({ADMIN}), PLATFORM, {"code": "=ramadan"}),
    Line("accounts:occasion-date-take-back", "accounts/occasions/<slug:code>/take-back/", POST, frozenset({ADMIN}), PLATFORM, {"code": "=ramadan"}),
    # --- the trail -----------------------------------------------------------------------------------------------
    Line("audit:trail", "audit/", GET, frozenset({AUDITOR}), SCOPE),
    # --- papers of a record --------------------------------------------------------------------------------------
    Line("documents:attachment-list", "files/<slug:source_type>/<uuid:source_id>/", GET, READERS, ROW, PAPERS),
    Line("documents:attachment-add", "files/<slug:source_type>/<uuid:source_id>/add/", FORM, STAFF, ROW, PAPERS),
    Line("documents:attachment-download", "files/<slug:source_type>/<uuid:source_id>/<uuid:pk>/", GET, READERS, ROW, PAPER),
    Line("documents:attachment-remove", "files/<slug:source_type>/<uuid:source_id>/<uuid:pk>/remove/", POST, STAFF, ROW, PAPER),
    Line("documents:attachment-restore", "files/<slug:source_type>/<uuid:source_id>/<uuid:pk>/restore/", POST, STAFF, ROW, PAPER),
    # --- clients -------------------------------------------------------------------------------------------------
    Line("registry:household-list", "clients/", GET, READERS, SCOPE),
    Line("registry:household-create", "clients/new/", FORM, STAFF, SCOPE),
    Line("registry:search", "clients/search/", FORM, READERS, SCOPE),
    Line("registry:duplicate-list", "clients/duplicates/", GET, STAFF, SCOPE),
    Line("registry:duplicate-decide", "clients/duplicates/<uuid:pk>/decide/", POST, STAFF, ROW, {"pk": "duplicate"}),
    Line("registry:duplicate-reopen", "clients/duplicates/<uuid:pk>/reopen/", POST, STAFF, ROW, {"pk": "duplicate"}),
    Line("registry:on-file", "clients/on-file/", POST, STAFF, SCOPE),
    Line("registry:household-record", "clients/households/<uuid:pk>/", GET, READERS, ROW, HOUSEHOLD),
    Line("registry:household-history", "clients/households/<uuid:pk>/history/", GET, READERS, ROW, HOUSEHOLD),
    Line("registry:household-documents", "clients/households/<uuid:pk>/documents/", GET, READERS, ROW, HOUSEHOLD),
    Line("registry:household-edit", "clients/households/<uuid:pk>/edit/", FORM, STAFF, ROW, HOUSEHOLD),
    Line("registry:household-reveal", "clients/households/<uuid:pk>/show/<slug:field>/", POST, READERS, ROW, {"pk": "household", "field": "=address"}),
    Line("registry:household-state", "clients/households/<uuid:pk>/state/<slug:step>/", FORM, STAFF, ROW, {"pk": "household", "step": "=suspend"}),
    Line("registry:household-cause-create", "clients/households/<uuid:pk>/causes/new/", FORM, STAFF, ROW, HOUSEHOLD),
    Line("registry:person-create", "clients/households/<uuid:household_pk>/persons/new/", FORM, STAFF, ROW, {"household_pk": "household"}),
    Line("registry:person-record", "clients/persons/<uuid:pk>/", GET, READERS, ROW, PERSON),
    Line("registry:person-history", "clients/persons/<uuid:pk>/history/", GET, READERS, ROW, PERSON),
    Line("registry:person-documents", "clients/persons/<uuid:pk>/documents/", GET, READERS, ROW, PERSON),
    Line("registry:person-edit", "clients/persons/<uuid:pk>/edit/", FORM, STAFF, ROW, PERSON),
    Line("registry:person-special", "clients/persons/<uuid:pk>/show/special/", POST, READERS, ROW, PERSON),
    Line("registry:person-reveal", "clients/persons/<uuid:pk>/show/<slug:field>/", POST, READERS, ROW, {"pk": "person", "field": "=mobile"}),
    Line("registry:person-move", "clients/persons/<uuid:pk>/move/", FORM, STAFF, ROW, PERSON),
    Line("registry:person-leave", "clients/persons/<uuid:pk>/leave/", FORM, STAFF, ROW, PERSON),
    Line("registry:person-return", "clients/persons/<uuid:pk>/return/", FORM, STAFF, ROW, {"pk": "other_person"}),
    Line("registry:person-head", "clients/persons/<uuid:pk>/head/", FORM, STAFF, ROW, PERSON),
    Line("registry:membership-create", "clients/persons/<uuid:pk>/groups/new/", FORM, STAFF, ROW, PERSON),
    Line("registry:disability-create", "clients/persons/<uuid:pk>/disabilities/new/", FORM, STAFF, ROW, PERSON),
    Line("registry:person-cause-create", "clients/persons/<uuid:pk>/causes/new/", FORM, STAFF, ROW, PERSON),
    Line("registry:membership-end", "clients/groups/<uuid:pk>/end/", FORM, STAFF, ROW, {"pk": "membership"}),
    Line("registry:cause-withdraw", "clients/causes/<uuid:pk>/withdraw/", POST, STAFF, ROW, {"pk": "cause"}),
    # --- needs ---------------------------------------------------------------------------------------------------
    Line("needs:need-list", "needs/", GET, PLANNERS | {DISTRICT}, COUNTY, sent_on=ASKING),
    Line("needs:need-list-print", "needs/print/", GET, READERS, COUNTY),
    Line("needs:need-list-export", "needs/^export\\.(?P<kind>csv|xlsx)$", GET, READERS, COUNTY, {"kind": "=csv"}),
    Line("needs:need-list-numbers", "needs/export/numbers/", FORM, READERS, COUNTY),
    Line("needs:list-save", "needs/saved/", POST, READERS, COUNTY),
    Line("needs:list-rename", "needs/saved/<uuid:pk>/rename/", POST, READERS, ROW, LIST),
    Line("needs:list-delete", "needs/saved/<uuid:pk>/delete/", POST, READERS, ROW, LIST),
    Line("needs:need-list-anonymous", "needs/anonymous/", GET, frozenset({HEAD, DIRECTOR}) | ASKING, COUNTY),
    Line("needs:need-list-anonymous-export", "needs/^anonymous/export\\.(?P<kind>csv|xlsx)$", GET, frozenset({HEAD, DIRECTOR}) | ASKING, COUNTY, {"kind": "=xlsx"}),
    Line("needs:due-list", "needs/due/", GET, STAFF, COUNTY),
    Line("needs:approval-list", "needs/approve/", GET, frozenset({HEAD}), COUNTY),
    Line("needs:approve-selected", "needs/approve/selected/", POST, frozenset({HEAD}), COUNTY),
    Line("needs:need-create", "needs/of/<uuid:household>/new/", FORM, STAFF, ROW, {"household": "household"}),
    Line("needs:assessment-create", "needs/of/<uuid:household>/assess/", FORM, STAFF, ROW, {"household": "household"}),
    Line("needs:aid-create", "needs/of/<uuid:household>/aid/", FORM, STAFF, ROW, {"household": "household"}),
    Line("needs:assessment-record", "needs/assessments/<uuid:pk>/", GET, READERS, ROW, ASSESSMENT),
    Line("needs:assessment-reveal", "needs/assessments/<uuid:pk>/note/", POST, READERS, ROW, ASSESSMENT),
    Line("needs:need-record", "needs/<uuid:pk>/", GET, READERS, ROW, NEED),
    Line("needs:need-history", "needs/<uuid:pk>/history/", GET, READERS, ROW, NEED),
    Line("needs:need-edit", "needs/<uuid:pk>/edit/", FORM, STAFF, ROW, NEED),
    Line("needs:need-approve", "needs/<uuid:pk>/approve/", POST, frozenset({HEAD}), ROW, DRAFT),
    Line("needs:need-close", "needs/<uuid:pk>/close/", POST, STAFF, ROW, NEED),
    Line("needs:need-deliver", "needs/<uuid:pk>/deliver/", POST, STAFF, ROW, NEED),
    Line("needs:need-reveal", "needs/<uuid:pk>/note/", POST, READERS, ROW, NEED),
    # --- imports -------------------------------------------------------------------------------------------------
    Line("intake:batch-list", "imports/", GET, STAFF, COUNTY),
    Line("intake:upload", "imports/new/", FORM, STAFF, SCOPE),
    Line("intake:batch-record", "imports/<uuid:pk>/", GET, STAFF, ROW, BATCH),
    Line("intake:columns", "imports/<uuid:pk>/columns/", FORM, STAFF, ROW, {"pk": "waiting_batch"}),
    Line("intake:batch-begin", "imports/<uuid:pk>/begin/", POST, STAFF, ROW, {"pk": "waiting_batch"}),
    Line("intake:batch-drop", "imports/<uuid:pk>/drop/", POST, STAFF, ROW, {"pk": "waiting_batch"}),
    Line("intake:batch-go-on", "imports/<uuid:pk>/go-on/", POST, STAFF, ROW, BATCH),
    Line("intake:row-list", "imports/<uuid:pk>/rows/", GET, STAFF, ROW, BATCH),
    Line("intake:refused", "imports/<uuid:pk>/refused/", GET, STAFF, ROW, BATCH),
    Line("intake:refused-sheet", "imports/<uuid:pk>/refused.xlsx", GET, STAFF, ROW, BATCH),
    Line("intake:warnings", "imports/<uuid:pk>/warnings/", GET, STAFF, ROW, BATCH),
    # --- messages that leave the house ---------------------------------------------------------------------------
    Line("notices:message-list", "notices/messages/", GET, GIVING, COUNTY),
    Line("notices:message-reveal", "notices/messages/<uuid:pk>/show/", POST, READERS, ROW, {"pk": "message"}),
    # --- benefactors, what they can do, matches, items -----------------------------------------------------------
    Line("giving:benefactor-list", "giving/benefactors/", GET, GIVING, COUNTY),
    Line("giving:benefactor-create", "giving/benefactors/new/", FORM, frozenset({OFFICER}), COUNTY),
    Line("giving:benefactor-list-export", "giving/^benefactors/export\\.(?P<kind>csv|xlsx)$", GET, frozenset({OFFICER}), COUNTY, {"kind": "=csv"}),
    Line("giving:benefactor-record", "giving/benefactors/<uuid:pk>/", GET, GIVING, ROW, BENEFACTOR),
    Line("giving:benefactor-edit", "giving/benefactors/<uuid:pk>/edit/", FORM, frozenset({OFFICER}), ROW, BENEFACTOR),
    Line("giving:benefactor-tab", "giving/benefactors/<uuid:pk>/tab/<slug:key>/", GET, GIVING, ROW, {**BENEFACTOR, "key": "=capacities"}),
    Line("giving:benefactor-history", "giving/benefactors/<uuid:pk>/history/", GET, GIVING, ROW, BENEFACTOR),
    Line("giving:benefactor-reveal", "giving/benefactors/<uuid:pk>/show/<slug:field>/", POST, frozenset({OFFICER}), ROW, {**BENEFACTOR, "field": "=mobile"}),
    Line("giving:benefactor-switch-off", "giving/benefactors/<uuid:pk>/off/", POST, frozenset({OFFICER}), ROW, BENEFACTOR),
    Line("giving:benefactor-switch-on", "giving/benefactors/<uuid:pk>/on/", POST, frozenset({OFFICER}), ROW, BENEFACTOR),
    Line("giving:sign-in-give", "giving/benefactors/<uuid:pk>/sign-in/", FORM, frozenset({OFFICER}), ROW, BENEFACTOR),
    Line("giving:sign-in-renew", "giving/benefactors/<uuid:pk>/sign-in/renew/", POST, frozenset({OFFICER}), ROW, BENEFACTOR),
    Line("giving:capacity-create", "giving/benefactors/<uuid:benefactor>/capacities/new/", FORM, frozenset({OFFICER}), ROW, {"benefactor": "benefactor"}),
    Line("giving:capacity-list", "giving/capacities/", GET, MATCHERS, COUNTY),
    Line("giving:capacity-queue", "giving/capacities/to-read/", GET, frozenset({OFFICER}), COUNTY),
    Line("giving:capacity-record", "giving/capacities/<uuid:pk>/", GET, MATCHERS, ROW, CAPACITY),
    Line("giving:capacity-edit", "giving/capacities/<uuid:pk>/edit/", FORM, frozenset({OFFICER}), ROW, CAPACITY),
    Line("giving:capacity-approve", "giving/capacities/<uuid:pk>/approve/", POST, frozenset({OFFICER}), ROW, {"pk": "new_capacity"}),
    Line("giving:capacity-block", "giving/capacities/<uuid:pk>/block/", POST, frozenset({OFFICER}), ROW, CAPACITY),
    Line("giving:capacity-state", "giving/capacities/<uuid:pk>/state/<slug:state>/", POST, frozenset({OFFICER}), ROW, {**CAPACITY, "state": "=occupied"}),
    Line("giving:candidate-list", "giving/capacities/<uuid:pk>/candidates/", GET, STAFF | {OFFICER}, ROW, CAPACITY),
    Line("giving:match-propose", "giving/capacities/<uuid:pk>/propose/", POST, STAFF | {OFFICER}, ROW, CAPACITY),
    Line("giving:match-list", "giving/matches/", GET, MATCHERS, COUNTY),
    Line("giving:match-record", "giving/matches/<uuid:pk>/", GET, MATCHERS, ROW, MATCH),
    Line("giving:match-accept", "giving/matches/<uuid:pk>/accept/", POST, STAFF, ROW, MATCH),
    Line("giving:match-begin", "giving/matches/<uuid:pk>/begin/", POST, STAFF, ROW, MATCH),
    Line("giving:match-finish", "giving/matches/<uuid:pk>/finish/", POST, STAFF, ROW, MATCH),
    Line("giving:match-decline", "giving/matches/<uuid:pk>/decline/", POST, STAFF | {OFFICER}, ROW, MATCH),
    Line("giving:item-list", "giving/items/", GET, ITEM_READERS, COUNTY),
    Line("giving:item-create", "giving/items/new/", FORM, frozenset({OFFICER, STOREKEEPER}), COUNTY),
    Line("giving:item-edit", "giving/items/<uuid:pk>/edit/", FORM, frozenset({OFFICER, STOREKEEPER}), ROW, ITEM),
    # --- promises ------------------------------------------------------------------------------------------------
    Line("giving:pledge-list", "giving/pledges/", GET, GIVING, COUNTY),
    Line("giving:pledge-list-export", "giving/^pledges/export\\.(?P<kind>csv|xlsx)$", GET, frozenset({OFFICER}), COUNTY, {"kind": "=csv"}),
    Line("giving:pledge-make", "giving/pledges/of/<uuid:benefactor>/new/", FORM, frozenset({OFFICER}), ROW, {"benefactor": "benefactor"}),
    Line("giving:pledge-preview", "giving/pledges/of/<uuid:benefactor>/preview/", POST, frozenset({OFFICER}), ROW, {"benefactor": "benefactor"}),
    Line("giving:pledge-record", "giving/pledges/<uuid:pk>/", GET, GIVING, ROW, PLEDGE),
    Line("giving:pledge-history", "giving/pledges/<uuid:pk>/history/", GET, GIVING, ROW, PLEDGE),
    Line("giving:pledge-amend", "giving/pledges/<uuid:pk>/amend/", FORM, frozenset({OFFICER}), ROW, PLEDGE),
    Line("giving:pledge-amend-preview", "giving/pledges/<uuid:pk>/amend/preview/", POST, frozenset({OFFICER}), ROW, PLEDGE),
    Line("giving:pledge-begin", "giving/pledges/<uuid:pk>/begin/", FORM, frozenset({OFFICER}), ROW, {"pk": "vow"}),
    Line("giving:pledge-pause", "giving/pledges/<uuid:pk>/pause/", FORM, frozenset({OFFICER}), ROW, PLEDGE),
    Line("giving:pledge-resume", "giving/pledges/<uuid:pk>/resume/", FORM, frozenset({OFFICER}), ROW, PLEDGE),
    Line("giving:pledge-cancel", "giving/pledges/<uuid:pk>/cancel/", FORM, frozenset({OFFICER}), ROW, PLEDGE),
    Line("giving:pledge-complete", "giving/pledges/<uuid:pk>/complete/", POST, frozenset({OFFICER}), ROW, PLEDGE),
    Line("giving:instalment-list", "giving/instalments/", GET, GIVING, COUNTY),
    Line("giving:instalment-list-export", "giving/^instalments/export\\.(?P<kind>csv|xlsx)$", GET, frozenset({OFFICER}), COUNTY, {"kind": "=xlsx"}),
    Line("giving:instalment-waive", "giving/instalments/<uuid:pk>/waive/", FORM, frozenset({OFFICER}), ROW, {"pk": "instalment"}),
    # --- overlap and gap -----------------------------------------------------------------------------------------
    Line("reports:aid", "aid/", GET, READERS, COUNTY),
    Line("reports:overlap-list", "aid/overlap/", GET, READERS, COUNTY),
    Line("reports:overlap-export", "^aid/overlap/export\\.(?P<kind>csv|xlsx)$", GET, READERS, COUNTY, {"kind": "=csv"}),
    Line("reports:gap-list", "aid/gap/", GET, READERS, COUNTY),
    Line("reports:gap-export", "^aid/gap/export\\.(?P<kind>csv|xlsx)$", GET, READERS, COUNTY, {"kind": "=xlsx"}),
    # --- letters of thanks ---------------------------------------------------------------------------------------
    Line("trace:letter-list", "trace/letters/", GET, frozenset({HEAD, OFFICER}), COUNTY),
    Line("trace:letter-create", "trace/letters/new/", FORM, frozenset({HEAD, OFFICER}), COUNTY),
    Line("trace:letter-record", "trace/letters/<uuid:pk>/", GET, frozenset({HEAD, OFFICER}), ROW, {"pk": "letter"}),
    Line("trace:letter-paper", "trace/letters/<uuid:pk>/paper/", GET, frozenset({HEAD, OFFICER}), ROW, {"pk": "letter"}),
    # --- without sign-in: the way of a gift, receipts, need cards, transfers --------------------------------------
    Line("portal:trace-form", "public/trace/", GET, ANYBODY, OWN),
    Line("portal:trace", "public/trace/<str:code>/", GET, ANYBODY, OWN, {"code": "=NOSUCHCODE"}, answers=(404,)),
    Line("portal:receipt-check", "public/receipts/", GET, ANYBODY, OWN),
    Line("portal:card-list", "public/needs/", GET, ANYBODY, OWN),
    Line("portal:card", "public/needs/<str:county>/<str:code>/", GET, ANYBODY, OWN, {"county": "=2313", "code": "=NOSUCHCARD"}, answers=(404,)),
    Line("portal:transfer-list", "public/transfers/", GET, ANYBODY, OWN),
    # --- a benefactor's own pages --------------------------------------------------------------------------------
    Line("portal:mine", "public/mine/", GET, frozenset({GIVER}), COUNTY),
    Line("portal:card-reserve", "public/mine/take-up/", FORM, frozenset({GIVER}), COUNTY, answers=(302,)),
    Line("portal:receipt", "public/mine/receipts/<uuid:pk>/", GET, frozenset({GIVER}), ROW, {"pk": "own_receipt"}),
    Line("portal:statement", "public/mine/statements/<int:year>/", GET, frozenset({GIVER}), COUNTY, {"year": "=1405"}),
    Line("portal:attribution", "public/mine/name/", FORM, frozenset({GIVER}), COUNTY),
    Line("portal:capacity-create", "public/mine/offers/new/", FORM, frozenset({GIVER}), COUNTY),
    Line("portal:pledge-create", "public/mine/promises/new/", FORM, frozenset({GIVER}), COUNTY),
    Line("portal:reservation-deliver", "public/mine/needs/<uuid:pk>/handed-over/", POST, frozenset({GIVER}), ROW, {"pk": "own_reservation"}),
    Line("portal:reservation-release", "public/mine/needs/<uuid:pk>/give-up/", POST, frozenset({GIVER}), ROW, {"pk": "own_reservation"}),
    # --- division of labour, and what each body plans; ?place= is tried by the pages' own tests ------------------
    Line("commitments:division", "commitments/division/", GET, TOGETHER, SCOPE),
    Line("commitments:division-field", "commitments/division/<slug:code>/", FORM, ISSUERS, COUNTY, {"code": "=job"}),
    Line("commitments:division-clear", "commitments/division/<slug:code>/clear/", POST, ISSUERS, COUNTY, {"code": "=job"}),
    Line("commitments:field-list", "commitments/fields/", GET, frozenset({ADMIN}), PLATFORM),
    Line("commitments:field-create", "commitments/fields/new/", FORM, frozenset({ADMIN}), PLATFORM),
    Line("commitments:field-edit", "commitments/fields/<slug:code>/edit/", FORM, frozenset({ADMIN}), PLATFORM, {"code": "=job"}),
    Line("commitments:programme-board", "commitments/programmes/", GET, TOGETHER, SCOPE),
    Line("commitments:programme-mine", "commitments/programmes/mine/", GET, ISSUERS | {AGENCY, HEAD}, SCOPE),
    Line("commitments:programme-create", "commitments/programmes/new/", FORM, ISSUERS | {AGENCY, HEAD}, SCOPE),
    Line("commitments:programme-record", "commitments/programmes/<uuid:pk>/", GET, TOGETHER, ROW, PROGRAMME),
    Line("commitments:programme-publish", "commitments/programmes/<uuid:pk>/publish/", POST, ISSUERS, ROW, PROGRAMME_DRAFT),
    Line("commitments:programme-revise", "commitments/programmes/<uuid:pk>/change/", POST, ISSUERS, ROW, PROGRAMME),
    Line("commitments:programme-drop", "commitments/programmes/<uuid:pk>/drop/", POST, ISSUERS, ROW, PROGRAMME_DRAFT),
    Line("commitments:programme-item-add", "commitments/programmes/<uuid:pk>/items/add/", POST, ISSUERS, ROW, PROGRAMME_DRAFT),
    Line("commitments:programme-item-edit", "commitments/programmes/<uuid:pk>/items/<uuid:item>/", FORM, ISSUERS, ROW, PROGRAMME_ITEM),
    Line("commitments:programme-item-remove", "commitments/programmes/<uuid:pk>/items/<uuid:item>/remove/", POST, ISSUERS, ROW, PROGRAMME_ITEM),
    # --- rounds: planned, packed, brought to families, called back -----------------------------------------------
    Line("distribution:round-list", "distribution/rounds/", GET, STOCK_READERS, COUNTY),
    Line("distribution:round-list-export", "distribution/^rounds/export\\.(?P<kind>csv|xlsx)$", GET, READERS, COUNTY, {"kind": "=csv"}),
    Line("distribution:round-plan", "distribution/rounds/new/", FORM, frozenset({WORKER}), COUNTY),
    Line("distribution:round-plan-count", "distribution/rounds/new/count/", GET, frozenset({WORKER}), COUNTY),
    Line("distribution:round-record", "distribution/rounds/<uuid:pk>/", GET, STOCK_READERS, ROW, ROUND),
    Line("distribution:round-history", "distribution/rounds/<uuid:pk>/history/", GET, STOCK_READERS, ROW, ROUND),
    Line("distribution:round-entries", "distribution/rounds/<uuid:pk>/households/", GET, READERS, ROW, ROUND),
    Line("distribution:round-entries-export", "distribution/rounds/<uuid:pk>/households/<slug:kind>/", GET, READERS, ROW, {**ROUND, "kind": "=xlsx"}),
    Line("distribution:round-approve", "distribution/rounds/<uuid:pk>/approve/", FORM, frozenset({HEAD}), ROW, {"pk": "planned_round"}),
    Line("distribution:round-pack", "distribution/rounds/<uuid:pk>/pack/", FORM, frozenset({STOREKEEPER}), ROW, ROUND),
    Line("distribution:round-out", "distribution/rounds/<uuid:pk>/out/", POST, frozenset({STOREKEEPER}), ROW, ROUND),
    Line("distribution:round-reconcile", "distribution/rounds/<uuid:pk>/close/", FORM, CONFIRMERS, ROW, ROUND),
    Line("distribution:round-report", "distribution/rounds/<uuid:pk>/report/", POST, frozenset({HEAD}), ROW, ROUND),
    Line("distribution:round-cancel", "distribution/rounds/<uuid:pk>/give-up/", POST, STAFF, ROW, ROUND),
    Line("distribution:round-paper-list", "distribution/rounds/<uuid:pk>/list.pdf", GET, READERS, ROW, ROUND),
    Line("distribution:round-paper-tokens", "distribution/rounds/<uuid:pk>/tokens.pdf", GET, frozenset({WORKER}), ROW, ROUND),
    Line("distribution:round-paper-packing", "distribution/rounds/<uuid:pk>/packing.pdf", GET, STOCK_READERS, ROW, ROUND),
    Line("distribution:round-paper-report", "distribution/rounds/<uuid:pk>/report.pdf", GET, STOCK_READERS, ROW, ROUND),
    Line("distribution:delivery-board", "distribution/deliver/", GET, CARRIERS, COUNTY),
    Line("distribution:delivery-list", "distribution/deliver/<uuid:pk>/", GET, CARRIERS, ROW, ROUND),
    Line("distribution:delivery-entry", "distribution/deliver/to/<uuid:pk>/", GET, CARRIERS, ROW, STOP),
    Line("distribution:delivery-code", "distribution/deliver/to/<uuid:pk>/code/", POST, CARRIERS, ROW, STOP),
    Line("distribution:delivery-deliver", "distribution/deliver/to/<uuid:pk>/hand-over/", POST, CARRIERS, ROW, STOP),
    Line("distribution:delivery-absent", "distribution/deliver/to/<uuid:pk>/absent/", POST, CARRIERS, ROW, STOP),
    Line("distribution:delivery-refused", "distribution/deliver/to/<uuid:pk>/not-wanted/", POST, CARRIERS, ROW, STOP),
    Line("distribution:delivery-take-back", "distribution/deliver/to/<uuid:pk>/take-back/", POST, CARRIERS, ROW, STOP),
    Line("distribution:delivery-replace", "distribution/deliver/to/<uuid:pk>/next/", POST, CARRIERS, ROW, STOP),
    Line("distribution:token-open", "distribution/token/<str:code>/", GET, CARRIERS, SCOPE, {"code": "=NOBODYS1"}, answers=(404,)),
    Line("distribution:call-back-list", "distribution/call-backs/", GET, frozenset({AUDITOR}), COUNTY),
    Line("distribution:call-back", "distribution/call-backs/<uuid:pk>/", FORM, frozenset({AUDITOR}), ROW, {"pk": "delivery"}),
    # --- goods, stores, kits, counts -------------------------------------------------------------------------------
    Line("distribution:stock-list", "distribution/stock/", GET, STOCK_READERS, COUNTY),
    Line("distribution:stock-export", "distribution/^stock/export\\.(?P<kind>csv|xlsx)$", GET, STOCK_READERS, COUNTY, {"kind": "=csv"}),
    Line("distribution:lot-list", "distribution/lots/", GET, STOCK_READERS, COUNTY),
    Line("distribution:lot-export", "distribution/^lots/export\\.(?P<kind>csv|xlsx)$", GET, STOCK_READERS, COUNTY, {"kind": "=csv"}),
    Line("distribution:lot-record", "distribution/lots/<uuid:pk>/", GET, STOCK_READERS, ROW, {"pk": "packed_lot"}),
    Line("distribution:lot-label", "distribution/lots/<uuid:pk>/label.pdf", GET, STOCK_READERS, ROW, {"pk": "lot"}),
    Line("distribution:lot-move", "distribution/lots/<uuid:pk>/move/", FORM, frozenset({STOREKEEPER}), ROW, {"pk": "lot"}),
    Line("distribution:lot-waste", "distribution/lots/<uuid:pk>/waste/", FORM, frozenset({STOREKEEPER}), ROW, {"pk": "lot"}),
    Line("distribution:loss-list", "distribution/losses/", GET, CONFIRMERS, COUNTY),
    Line("distribution:loss-decide", "distribution/losses/<uuid:pk>/", FORM, CONFIRMERS, ROW, {"pk": "loss"}),
    Line("distribution:goods-waiting", "distribution/goods/", GET, frozenset({STOREKEEPER}), COUNTY),
    Line("distribution:goods-receive", "distribution/goods/<uuid:pk>/receive/", FORM, frozenset({STOREKEEPER}), ROW, {"pk": "goods_line"}),
    Line("distribution:goods-reject", "distribution/goods/<uuid:pk>/reject/", POST, frozenset({STOREKEEPER}), ROW, {"pk": "goods_line"}),
    Line("distribution:goods-buy", "distribution/goods/bought/<uuid:pk>/", FORM, frozenset({STOREKEEPER}), ROW, {"pk": "purchase"}),
    Line("distribution:store-list", "distribution/stores/", GET, STOCK_READERS, COUNTY),
    Line("distribution:store-create", "distribution/stores/new/", FORM, frozenset({STOREKEEPER}), COUNTY),
    Line("distribution:store-edit", "distribution/stores/<uuid:pk>/edit/", FORM, frozenset({STOREKEEPER}), ROW, {"pk": "store"}),
    Line("distribution:count-start", "distribution/stores/<uuid:pk>/count/", POST, frozenset({STOREKEEPER}), ROW, {"pk": "store"}),
    Line("distribution:kit-list", "distribution/kits/", GET, STOCK_READERS, COUNTY),
    Line("distribution:kit-record", "distribution/kits/<uuid:pk>/", GET, STOCK_READERS, ROW, {"pk": "kit"}),
    Line("distribution:kit-recipe", "distribution/kits/<uuid:pk>/recipe/", FORM, frozenset({STOREKEEPER}), ROW, {"pk": "kit"}),
    Line("distribution:kit-pack", "distribution/kits/<uuid:pk>/pack/", FORM, frozenset({STOREKEEPER}), ROW, {"pk": "kit"}),
    Line("distribution:count-list", "distribution/counts/", GET, STOCK_READERS, COUNTY),
    Line("distribution:count-record", "distribution/counts/<uuid:pk>/", GET, STOCK_READERS, ROW, {"pk": "count"}),
    Line("distribution:count-enter", "distribution/counts/<uuid:pk>/enter/", POST, frozenset({STOREKEEPER}), ROW, {"pk": "count"}),
    Line("distribution:count-stray", "distribution/counts/<uuid:pk>/stray/", POST, frozenset({STOREKEEPER}), ROW, {"pk": "count"}),
    Line("distribution:count-confirm", "distribution/counts/<uuid:pk>/confirm/", POST, CONFIRMERS, ROW, {"pk": "count"}),
    Line("distribution:count-give-up", "distribution/counts/<uuid:pk>/give-up/", POST, frozenset({STOREKEEPER}), ROW, {"pk": "count"}),
    # --- commitments: who asks and follows up (ISSUERS), who verifies, who answers for the body that owes --------------
    Line("commitments:commitment-list", "commitments/", GET, LOOKERS, COUNTY),
    Line("commitments:commitment-list-export", "commitments/^export\\.(?P<kind>csv|xlsx)$", GET, LOOKERS, COUNTY, {"kind": "=csv"}),
    Line("commitments:commitment-mine", "commitments/mine/", GET, frozenset({AGENCY, GOVERNOR, HEAD}), SCOPE),
    Line("commitments:commitment-create", "commitments/new/", FORM, ISSUERS, COUNTY),
    Line("commitments:ladder-record", "commitments/ladder/", GET, LOOKERS, COUNTY),
    Line("commitments:ladder-edit", "commitments/ladder/edit/", FORM, frozenset({SECRETARY}), COUNTY),
    Line("commitments:ladder-drop", "commitments/ladder/drop/", POST, frozenset({SECRETARY}), COUNTY),
    Line("commitments:commitment-record", "commitments/<uuid:pk>/", GET, LOOKERS | {AGENCY}, ROW, COMMITMENT),
    Line("commitments:commitment-edit", "commitments/<uuid:pk>/edit/", FORM, ISSUERS, ROW, {"pk": "draft_commitment"}),
    Line("commitments:commitment-accept", "commitments/<uuid:pk>/accept/", POST, frozenset({AGENCY}), ROW, COMMITMENT),
    Line("commitments:commitment-return", "commitments/<uuid:pk>/return/", POST, frozenset({AGENCY}), ROW, COMMITMENT),
    Line("commitments:commitment-report", "commitments/<uuid:pk>/report/", FORM, frozenset({AGENCY}), ROW, {"pk": "worked_commitment"}),
    Line("commitments:commitment-date", "commitments/<uuid:pk>/date/", POST, frozenset({AGENCY}), ROW, COMMITMENT),
    Line("commitments:commitment-decide-date", "commitments/<uuid:pk>/date/decide/", POST, ISSUERS, ROW, {"pk": "worked_commitment"}),
    Line("commitments:commitment-assign", "commitments/<uuid:pk>/assign/", POST, ISSUERS, ROW, {"pk": "draft_commitment"}),
    Line("commitments:commitment-answer", "commitments/<uuid:pk>/answer/", POST, ISSUERS, ROW, {"pk": "returned_commitment"}),
    Line("commitments:commitment-move", "commitments/<uuid:pk>/move/", POST, ISSUERS, ROW, COMMITMENT),
    Line("commitments:commitment-cancel", "commitments/<uuid:pk>/cancel/", POST, ISSUERS, ROW, COMMITMENT),
    Line("commitments:commitment-verify", "commitments/<uuid:pk>/verify/", POST, FOLLOWERS, ROW, {"pk": "claimed_commitment"}),
    Line("commitments:commitment-close", "commitments/<uuid:pk>/close/", POST, ISSUERS, ROW, {"pk": "verified_commitment"}),
    Line("commitments:commitment-reopen", "commitments/<uuid:pk>/reopen/", POST, ISSUERS, ROW, {"pk": "verified_commitment"}),
    # --- councils: seats, meetings, resolutions, minutes (before they are published only to keepers and seats) ---------
    Line("councils:council-list", "councils/", GET, COUNCIL_READERS, COUNTY),
    Line("councils:council-create", "councils/new/", FORM, COUNCIL_KEEPERS, COUNTY),
    Line("councils:council-record", "councils/<uuid:pk>/", GET, COUNCIL_READERS, ROW, COUNCIL),
    Line("councils:council-edit", "councils/<uuid:pk>/edit/", FORM, COUNCIL_KEEPERS, ROW, COUNCIL),
    Line("councils:meeting-list", "councils/<uuid:pk>/meetings/", GET, COUNCIL_READERS, ROW, COUNCIL),
    Line("councils:resolution-list", "councils/<uuid:pk>/resolutions/", GET, COUNCIL_READERS, ROW, COUNCIL),
    Line("councils:item-create", "councils/<uuid:pk>/backlog/", POST, COUNCIL_KEEPERS, ROW, COUNCIL),
    Line("councils:item-list", "councils/<uuid:pk>/backlog/all/", GET, COUNCIL_READERS, ROW, COUNCIL),
    Line("councils:seat-create", "councils/<uuid:pk>/seats/new/", FORM, COUNCIL_KEEPERS, ROW, COUNCIL),
    Line("councils:seat-hold", "councils/seats/<uuid:pk>/", FORM, COUNCIL_KEEPERS, ROW, {"pk": "seat"}),
    Line("councils:seat-end", "councils/seats/<uuid:pk>/end/", POST, COUNCIL_KEEPERS, ROW, {"pk": "seat"}),
    Line("councils:holding-end", "councils/holdings/<uuid:pk>/end/", POST, COUNCIL_KEEPERS, ROW, {"pk": "holding"}),
    Line("councils:meeting-create", "councils/<uuid:pk>/meetings/new/", FORM, COUNCIL_KEEPERS, ROW, COUNCIL),
    Line("councils:meeting-record", "councils/meetings/<uuid:pk>/", GET, COUNCIL_READERS, ROW, MEETING),
    Line("councils:agenda-add", "councils/meetings/<uuid:pk>/agenda/", POST, COUNCIL_KEEPERS, ROW, MEETING),
    Line("councils:agenda-take", "councils/items/<uuid:pk>/take-up/", POST, COUNCIL_KEEPERS, ROW, {"pk": "backlog_item"}),
    Line("councils:agenda-put-back", "councils/items/<uuid:pk>/put-back/", POST, COUNCIL_KEEPERS, ROW, {"pk": "agenda_item"}),
    Line("councils:meeting-invite", "councils/meetings/<uuid:pk>/invite/", POST, COUNCIL_KEEPERS, ROW, {"pk": "planned_meeting"}),
    Line("councils:meeting-move", "councils/meetings/<uuid:pk>/move/", POST, COUNCIL_KEEPERS, ROW, MEETING),
    Line("councils:meeting-cancel", "councils/meetings/<uuid:pk>/call-off/", POST, COUNCIL_KEEPERS, ROW, MEETING),
    Line("councils:invitation", "councils/^meetings/(?P<pk>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/invitation\\.(?P<kind>pdf|docx|ics)$", GET, COUNCIL_READERS, ROW, {**MEETING, "kind": "=ics"}),
    Line("councils:session", "councils/meetings/<uuid:pk>/session/", GET, COUNCIL_KEEPERS, ROW, SESSION),
    Line("councils:session-presence", "councils/presence/<uuid:pk>/", POST, COUNCIL_KEEPERS, ROW, {"pk": "attendance"}),
    Line("councils:session-open", "councils/meetings/<uuid:pk>/session/open/", POST, COUNCIL_KEEPERS, ROW, MEETING),
    Line("councils:session-end", "councils/meetings/<uuid:pk>/session/end/", POST, COUNCIL_KEEPERS, ROW, SESSION),
    Line("councils:session-note", "councils/meetings/<uuid:pk>/session/note/", POST, COUNCIL_KEEPERS, ROW, SESSION),
    Line("councils:item-outcome", "councils/items/<uuid:pk>/outcome/", POST, COUNCIL_KEEPERS, ROW, MATTER),
    Line("councils:resolution-propose", "councils/items/<uuid:pk>/propose/", FORM, COUNCIL_KEEPERS, ROW, MATTER),
    Line("councils:resolution-vote", "councils/resolutions/<uuid:pk>/vote/", POST, COUNCIL_KEEPERS, ROW, PROPOSAL),
    Line("councils:resolution-defer", "councils/resolutions/<uuid:pk>/defer/", POST, COUNCIL_KEEPERS, ROW, PROPOSAL),
    Line("councils:resolution-record", "councils/resolutions/<uuid:pk>/", GET, COUNCIL_READERS, ROW, RESOLUTION),
    Line("councils:resolution-commitments", "councils/resolutions/<uuid:pk>/commitments/", FORM, COUNCIL_KEEPERS, ROW, RESOLUTION),
    Line("councils:resolution-communicate", "councils/resolutions/<uuid:pk>/communicate/", POST, COUNCIL_KEEPERS, ROW, RESOLUTION),
    Line("councils:resolution-confirm", "councils/resolutions/<uuid:pk>/confirm/", POST, COUNCIL_KEEPERS, ROW, RESOLUTION),
    Line("councils:resolution-lapse", "councils/resolutions/<uuid:pk>/lapse/", POST, COUNCIL_KEEPERS, ROW, RESOLUTION),
    Line("councils:resolution-again", "councils/resolutions/<uuid:pk>/again/", POST, COUNCIL_KEEPERS, ROW, RESOLUTION),
    Line("councils:minutes", "councils/meetings/<uuid:pk>/minutes/", GET, COUNCIL_KEEPERS, ROW, FINAL),
    Line("councils:minutes-draft", "councils/meetings/<uuid:pk>/minutes/draft/", POST, COUNCIL_KEEPERS, ROW, REVIEWED),
    Line("councils:minutes-review", "councils/meetings/<uuid:pk>/minutes/review/", POST, COUNCIL_KEEPERS, ROW, REVIEWED),
    Line("councils:minutes-remark", "councils/meetings/<uuid:pk>/minutes/remark/", POST, COUNCIL_KEEPERS, ROW, REVIEWED),
    Line("councils:minutes-final", "councils/meetings/<uuid:pk>/minutes/final/", POST, COUNCIL_KEEPERS, ROW, REVIEWED),
    Line("councils:minutes-publish", "councils/meetings/<uuid:pk>/minutes/publish/", POST, COUNCIL_KEEPERS, ROW, FINAL),
    Line("councils:minutes-sign", "councils/meetings/<uuid:pk>/minutes/sign/", POST, COUNCIL_KEEPERS, ROW, FINAL),
    Line("councils:minutes-correct", "councils/meetings/<uuid:pk>/minutes/correct/", POST, COUNCIL_KEEPERS, ROW, FINAL),
    Line("councils:minutes-file", "councils/^meetings/(?P<pk>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/minutes\\.(?P<kind>pdf|docx)$", GET, COUNCIL_KEEPERS, ROW, {**FINAL, "kind": "=docx"}),
    # --- numbers -------------------------------------------------------------------------------------------------
    Line("reports:board", "board/", GET, PLANNERS, COUNTY),
    Line("reports:counties", "counties/", GET, PLANNERS, SCOPE),
    # --- what is decided, paid and given directly; consents -----------------------------------------------------------
    Line("registry:consent-create", "clients/households/<uuid:pk>/consents/new/", FORM, STAFF, ROW, HOUSEHOLD),
    Line("registry:consent-withdraw", "clients/consents/<uuid:pk>/withdraw/", POST, STAFF, ROW, {"pk": "consent"}),
    Line("giving:allocation-list", "giving/allocations/", GET, SPENDERS, COUNTY),
    Line("giving:allocation-list-export", "giving/^allocations/export\\.(?P<kind>csv|xlsx)$", GET, SPENDERS, COUNTY, {"kind": "=csv"}),
    Line("giving:allocation-create", "giving/allocations/new/", FORM, PROPOSERS, COUNTY),
    Line("giving:allocation-record", "giving/allocations/<uuid:pk>/", GET, SPENDERS, ROW, ALLOCATION),
    Line("giving:allocation-history", "giving/allocations/<uuid:pk>/history/", GET, SPENDERS, ROW, ALLOCATION),
    Line("giving:allocation-approve", "giving/allocations/<uuid:pk>/approve/", POST, frozenset({HEAD}), ROW, {"pk": "proposal"}),
    Line("giving:allocation-cancel", "giving/allocations/<uuid:pk>/drop/", FORM, PROPOSERS | {HEAD}, ROW, {"pk": "proposal"}),
    Line("giving:allocation-release", "giving/allocations/<uuid:pk>/give-back/", FORM, frozenset({HEAD}), ROW, ALLOCATION),
    Line("giving:payment-request", "giving/allocations/<uuid:pk>/pay/", FORM, PROPOSERS, ROW, ALLOCATION),
    Line("giving:payment-queue", "giving/paying/", GET, SPENDERS, COUNTY),
    Line("giving:payment-list-export", "giving/^paying/export\\.(?P<kind>csv|xlsx)$", GET, SPENDERS, COUNTY, {"kind": "=csv"}),
    Line("giving:payment-approve", "giving/paying/<uuid:pk>/approve/", POST, frozenset({HEAD}), ROW, {"pk": "disbursement"}),
    Line("giving:payment-pay", "giving/paying/<uuid:pk>/paid/", FORM, frozenset({PAYER}), ROW, {"pk": "approved_disbursement"}),
    Line("giving:payment-confirm", "giving/paying/<uuid:pk>/confirm/", POST, frozenset({WORKER}), ROW, {"pk": "paid_disbursement"}),
    Line("giving:payment-back", "giving/paying/<uuid:pk>/returned/", FORM, frozenset({PAYER, HEAD}), ROW, {"pk": "disbursement"}),
    Line("giving:card-list", "giving/cards/", GET, STAFF, COUNTY),
    Line("giving:card-list-export", "giving/^cards/export\\.(?P<kind>csv|xlsx)$", GET, STAFF, COUNTY, {"kind": "=csv"}),
    Line("giving:card-create", "giving/cards/of/<uuid:need>/new/", FORM, frozenset({WORKER}), ROW, {"need": "spending_need"}),
    Line("giving:card-create-group", "giving/cards/many/new/", FORM, frozenset({WORKER}), COUNTY),
    Line("giving:card-record", "giving/cards/<uuid:pk>/", GET, STAFF, ROW, CARD),
    Line("giving:card-history", "giving/cards/<uuid:pk>/history/", GET, STAFF, ROW, CARD),
    Line("giving:card-edit", "giving/cards/<uuid:pk>/edit/", FORM, frozenset({WORKER}), ROW, {"pk": "draft_card"}),
    Line("giving:card-review", "giving/cards/<uuid:pk>/read/", POST, frozenset({HEAD}), ROW, {"pk": "draft_card"}),
    Line("giving:card-publish", "giving/cards/<uuid:pk>/publish/", POST, frozenset({HEAD}), ROW, {"pk": "draft_card"}),
    Line("giving:card-withdraw", "giving/cards/<uuid:pk>/withdraw/", FORM, STAFF, ROW, CARD),
    Line("giving:reservation-list", "giving/holds/", GET, frozenset({WORKER}), COUNTY),
    Line("giving:reservation-record", "giving/holds/<uuid:pk>/", GET, frozenset({WORKER}), ROW, HOLD),
    Line("giving:reservation-history", "giving/holds/<uuid:pk>/history/", GET, frozenset({WORKER}), ROW, HOLD),
    Line("giving:reservation-accept", "giving/holds/<uuid:pk>/accept/", POST, frozenset({WORKER}), ROW, HOLD),
    Line("giving:reservation-deliver", "giving/holds/<uuid:pk>/handed-over/", POST, frozenset({WORKER}), ROW, HOLD),
    Line("giving:reservation-confirm", "giving/holds/<uuid:pk>/confirm/", FORM, frozenset({WORKER}), ROW, HOLD),
    Line("giving:reservation-release", "giving/holds/<uuid:pk>/give-up/", FORM, frozenset({WORKER}), ROW, HOLD),
    Line("giving:reservation-disclose", "giving/holds/<uuid:pk>/tell/", POST, frozenset({WORKER}), ROW, HOLD),
    # --- gifts, the bank, refunds, the state's share -----------------------------------------------------------------
    Line("giving:donation-list", "giving/gifts/", GET, GIVING, COUNTY),
    Line("giving:donation-list-export", "giving/^gifts/export\\.(?P<kind>csv|xlsx)$", GET, BOOKKEEPERS, COUNTY, {"kind": "=csv"}),
    Line("giving:donation-pending", "giving/gifts/to-confirm/", GET, GIVING, COUNTY),
    Line("giving:donation-receive", "giving/gifts/new/", FORM, frozenset({OFFICER}), COUNTY),
    Line("giving:payment-begin", "giving/gifts/online/", FORM, frozenset({GIVER}), COUNTY, answers=(200, 409)),
    Line("giving:donation-record", "giving/gifts/<uuid:pk>/", GET, GIVING, ROW, DONATION),
    Line("giving:donation-history", "giving/gifts/<uuid:pk>/history/", GET, GIVING, ROW, DONATION),
    Line("giving:donation-confirm", "giving/gifts/<uuid:pk>/confirm/", POST, frozenset({ACCOUNTANT}), ROW, {"pk": "waiting_donation"}),
    Line("giving:donation-reject", "giving/gifts/<uuid:pk>/reject/", POST, frozenset({ACCOUNTANT}), ROW, {"pk": "waiting_donation"}),
    Line("giving:donation-reverse", "giving/gifts/<uuid:pk>/reverse/", POST, frozenset({ACCOUNTANT}), ROW, DONATION),
    Line("giving:donation-identify", "giving/gifts/<uuid:pk>/identify/", FORM, frozenset({ACCOUNTANT}), ROW, DONATION),
    Line("giving:refund-request", "giving/gifts/<uuid:pk>/pay-back/", FORM, frozenset({ACCOUNTANT}), ROW, DONATION),
    Line("giving:receipt-pdf", "giving/receipts/<uuid:pk>.pdf", GET, GIVING, ROW, {"pk": "receipt"}),
    Line("giving:receipt-void", "giving/receipts/<uuid:pk>/void/", POST, frozenset({ACCOUNTANT}), ROW, {"pk": "receipt"}),
    Line("giving:annual-statement", "giving/benefactors/<uuid:pk>/statement/<int:year>/", POST, frozenset({ACCOUNTANT}), ROW, {**BENEFACTOR, "year": "=1390"}),
    Line("giving:line-list", "giving/bank/", GET, BOOKKEEPERS, COUNTY),
    Line("giving:statement-import", "giving/bank/statements/new/", FORM, BOOKKEEPERS, COUNTY),
    Line("giving:line-match", "giving/bank/<uuid:pk>/match/", POST, frozenset({ACCOUNTANT}), ROW, {"pk": "bank_line"}),
    Line("giving:line-gift", "giving/bank/<uuid:pk>/gift/", FORM, BOOKKEEPERS, ROW, {"pk": "bank_line"}),
    Line("giving:line-aside", "giving/bank/<uuid:pk>/aside/", POST, BOOKKEEPERS, ROW, {"pk": "bank_line"}),
    Line("giving:refund-list", "giving/refunds/", GET, GIVING | {PAYER}, COUNTY),
    Line("giving:refund-approve", "giving/refunds/<uuid:pk>/approve/", POST, frozenset({HEAD}), ROW, {"pk": "refund"}),
    Line("giving:refund-refuse", "giving/refunds/<uuid:pk>/refuse/", POST, frozenset({HEAD}), ROW, {"pk": "refund"}),
    Line("giving:refund-pay", "giving/refunds/<uuid:pk>/pay/", POST, frozenset({PAYER}), ROW, {"pk": "refund"}),
    Line("giving:share-list", "giving/government/", GET, GIVING | {AUDITOR, PAYER}, COUNTY),
    Line("giving:share-record", "giving/government/new/", FORM, frozenset({ACCOUNTANT}), COUNTY),
    Line("giving:share-import", "giving/government/import/", FORM, frozenset({ACCOUNTANT}), COUNTY),
    Line("giving:share-reverse", "giving/government/<uuid:pk>/take-back/", FORM, frozenset({HEAD}), ROW, {"pk": "share"}),
    Line("giving:payment-ask", "giving/payments/<uuid:pk>/ask/", POST, frozenset({ACCOUNTANT}), ROW, {"pk": "payment"}),
    Line("giving:payment-settle", "giving/payments/<uuid:pk>/settle/", POST, frozenset({ACCOUNTANT}), ROW, {"pk": "payment"}),
    # Whoever has the token that the gateway was given; the test gateway is there with HAMAFZA_DEBUG alone.
    Line("giving:payment-return", "giving/payments/<slug:county>/<slug:token>/back/", GET, ANYBODY, OWN, {"county": "=2313", "token": "=nobodys"}, answers=(404,)),
    Line("giving:gateway-test", "giving/test-gateway/<slug:token>/", FORM, ANYBODY, PLATFORM, {"token": "=nobodys"}, answers=(404,)),
    # --- the desk of the governor, and questions about rows without names ----------------------------------------------
    Line("desk:board", "desk/", GET, DESK, SCOPE),
    Line("desk:snapshot-list", "desk/reports/", GET, DESK, SCOPE),
    Line("desk:snapshot-create", "desk/reports/new/", FORM, DESK_KEEPERS, SCOPE),
    Line("desk:snapshot-record", "desk/reports/<uuid:pk>/", GET, DESK, ROW, {"pk": "snapshot"}),
    Line("desk:snapshot-pdf", "desk/reports/<uuid:pk>/letter.pdf", GET, DESK, ROW, {"pk": "snapshot"}),
    Line("desk:snapshot-word", "desk/reports/<uuid:pk>/letter.docx", GET, DESK, ROW, {"pk": "snapshot"}),
    Line("desk:question-list", "desk/questions/", GET, ASKING, COUNTY),
    Line("desk:question-create", "desk/questions/new/", FORM, ASKING, COUNTY),
    Line("desk:question-record", "desk/questions/<uuid:pk>/", GET, ASKING, ROW, {"pk": "answered_question"}),
    Line("desk:question-close", "desk/questions/<uuid:pk>/close/", POST, ASKING, ROW, {"pk": "answered_question"}),
    Line("desk:asked-list", "desk/asked/", GET, STAFF, COUNTY),
    Line("desk:asked-record", "desk/asked/<uuid:pk>/", FORM, STAFF, ROW, {"pk": "question"}),
    # --- funds and books ---------------------------------------------------------------------------------------------
    Line("ledger:fund-list", "ledger/", GET, BOOK_READERS, COUNTY),
    Line("ledger:fund-record", "ledger/funds/<uuid:pk>/", GET, BOOK_READERS, ROW, FUND),
    Line("ledger:fund-history", "ledger/funds/<uuid:pk>/history/", GET, BOOK_READERS, ROW, FUND),
    Line("ledger:fund-move", "ledger/funds/<uuid:pk>/move/", FORM, frozenset({ACCOUNTANT}), ROW, FUND),
    Line("ledger:move-approve", "ledger/moves/<uuid:pk>/approve/", POST, frozenset({HEAD}), ROW, {"pk": "fund_move"}),
    Line("ledger:move-refuse", "ledger/moves/<uuid:pk>/refuse/", POST, frozenset({HEAD}), ROW, {"pk": "fund_move"}),
    Line("ledger:entry-list", "ledger/journal/", GET, BOOK_READERS, COUNTY),
    Line("ledger:entry-list-export", "ledger/^journal/export\\.(?P<kind>csv|xlsx)$", GET, BOOK_READERS, COUNTY, {"kind": "=csv"}),
    Line("ledger:entry-record", "ledger/entries/<uuid:pk>/", GET, BOOK_READERS, ROW, {"pk": "journal_entry"}),
    Line("ledger:entry-reverse", "ledger/entries/<uuid:pk>/reverse/", POST, frozenset({ACCOUNTANT}), ROW, {"pk": "journal_entry"}),
    Line("ledger:period-list", "ledger/months/", GET, BOOK_READERS, COUNTY),
    Line("ledger:period-reopen", "ledger/months/<uuid:pk>/reopen/", FORM, frozenset({DIRECTOR}), ROW, {"pk": "books_month"}),
    Line("ledger:period-step", "ledger/months/<uuid:pk>/<slug:step>/", POST, frozenset({ACCOUNTANT}), ROW, {"pk": "books_month", "step": "=begin"}),
    Line("ledger:transfer-list", "ledger/transfers/", GET, BOOK_READERS, COUNTY),
    Line("ledger:transfer-request", "ledger/transfers/new/", FORM, frozenset({HEAD}), COUNTY),
    Line("ledger:allowance-create", "ledger/transfers/allow/", FORM, frozenset({DIRECTOR}), SCOPE),
    Line("ledger:transfer-record", "ledger/transfers/<uuid:pk>/", GET, BOOK_READERS, ROW, TRANSFER),
    Line("ledger:transfer-consent", "ledger/transfers/<uuid:pk>/consent/", POST, frozenset({HEAD, DIRECTOR}), ROW, TRANSFER),
    Line("ledger:transfer-approve", "ledger/transfers/<uuid:pk>/approve/", POST, frozenset({HEAD, DIRECTOR}), ROW, TRANSFER),
    Line("ledger:transfer-refuse", "ledger/transfers/<uuid:pk>/refuse/", POST, frozenset({HEAD, DIRECTOR}), ROW, TRANSFER),
    Line("ledger:transfer-execute", "ledger/transfers/<uuid:pk>/execute/", POST, frozenset({PAYER}), ROW, TRANSFER),
    Line("ledger:threshold-list", "ledger/thresholds/", GET, BOOK_READERS, COUNTY),
    Line("ledger:threshold-create", "ledger/thresholds/new/", FORM, frozenset({DIRECTOR}), SCOPE),
)
# fmt: on
