"""Addresses of giving; one list for each noun, in the order in which its pages are met."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path, re_path

from hamafza.giving.views import (
    benefactors,
    capacities,
    instalments,
    items,
    matches,
    pledge_forms,
    pledge_steps,
    pledges,
    sign_ins,
)

app_name = "giving"

Addresses = list[URLPattern | URLResolver]

#: Benefactors, what they can do, matches, and the catalogue of items.
BENEFACTORS: Addresses = [
    path("benefactors/", benefactors.benefactor_list, name="benefactor-list"),
    path("benefactors/new/", benefactors.benefactor_create, name="benefactor-create"),
    re_path(
        r"^benefactors/export\.(?P<kind>csv|xlsx)$", benefactors.benefactor_list_export, name="benefactor-list-export"
    ),
    path("benefactors/<uuid:pk>/", benefactors.benefactor_record, name="benefactor-record"),
    path("benefactors/<uuid:pk>/edit/", benefactors.benefactor_edit, name="benefactor-edit"),
    path("benefactors/<uuid:pk>/tab/<slug:key>/", benefactors.benefactor_tab, name="benefactor-tab"),
    path("benefactors/<uuid:pk>/history/", benefactors.benefactor_history, name="benefactor-history"),
    path("benefactors/<uuid:pk>/show/<slug:field>/", benefactors.benefactor_reveal, name="benefactor-reveal"),
    path("benefactors/<uuid:pk>/off/", benefactors.benefactor_switch_off, name="benefactor-switch-off"),
    path("benefactors/<uuid:pk>/on/", benefactors.benefactor_switch_on, name="benefactor-switch-on"),
    path("benefactors/<uuid:pk>/sign-in/", sign_ins.sign_in_give, name="sign-in-give"),
    path("benefactors/<uuid:pk>/sign-in/renew/", sign_ins.sign_in_renew, name="sign-in-renew"),
    path("benefactors/<uuid:benefactor>/capacities/new/", capacities.capacity_create, name="capacity-create"),
    path("capacities/", capacities.capacity_list, name="capacity-list"),
    path("capacities/to-read/", capacities.capacity_queue, name="capacity-queue"),
    path("capacities/<uuid:pk>/", capacities.capacity_record, name="capacity-record"),
    path("capacities/<uuid:pk>/edit/", capacities.capacity_edit, name="capacity-edit"),
    path("capacities/<uuid:pk>/approve/", capacities.capacity_approve, name="capacity-approve"),
    path("capacities/<uuid:pk>/block/", capacities.capacity_block, name="capacity-block"),
    path("capacities/<uuid:pk>/state/<slug:state>/", capacities.capacity_state, name="capacity-state"),
    path("capacities/<uuid:pk>/candidates/", matches.candidate_list, name="candidate-list"),
    path("capacities/<uuid:pk>/propose/", matches.match_propose, name="match-propose"),
    path("matches/", matches.match_list, name="match-list"),
    path("matches/<uuid:pk>/", matches.match_record, name="match-record"),
    path("matches/<uuid:pk>/accept/", matches.match_accept, name="match-accept"),
    path("matches/<uuid:pk>/begin/", matches.match_begin, name="match-begin"),
    path("matches/<uuid:pk>/finish/", matches.match_finish, name="match-finish"),
    path("matches/<uuid:pk>/decline/", matches.match_decline, name="match-decline"),
    path("items/", items.item_list, name="item-list"),
    path("items/new/", items.item_create, name="item-create"),
    path("items/<uuid:pk>/edit/", items.item_edit, name="item-edit"),
]

#: Promises and their instalments.
PLEDGES: Addresses = [
    path("pledges/", pledges.pledge_list, name="pledge-list"),
    re_path(r"^pledges/export\.(?P<kind>csv|xlsx)$", pledges.pledge_list_export, name="pledge-list-export"),
    path("pledges/of/<uuid:benefactor>/new/", pledge_forms.pledge_make, name="pledge-make"),
    path("pledges/of/<uuid:benefactor>/preview/", pledge_forms.pledge_preview, name="pledge-preview"),
    path("pledges/<uuid:pk>/", pledges.pledge_record, name="pledge-record"),
    path("pledges/<uuid:pk>/history/", pledges.pledge_history, name="pledge-history"),
    path("pledges/<uuid:pk>/amend/", pledge_forms.pledge_amend, name="pledge-amend"),
    path("pledges/<uuid:pk>/amend/preview/", pledge_forms.pledge_amend_preview, name="pledge-amend-preview"),
    path("pledges/<uuid:pk>/begin/", pledge_steps.pledge_begin, name="pledge-begin"),
    path("pledges/<uuid:pk>/pause/", pledge_steps.pledge_pause, name="pledge-pause"),
    path("pledges/<uuid:pk>/resume/", pledge_steps.pledge_resume, name="pledge-resume"),
    path("pledges/<uuid:pk>/cancel/", pledge_steps.pledge_cancel, name="pledge-cancel"),
    path("pledges/<uuid:pk>/complete/", pledge_steps.pledge_complete, name="pledge-complete"),
    path("instalments/", instalments.instalment_list, name="instalment-list"),
    re_path(
        r"^instalments/export\.(?P<kind>csv|xlsx)$", instalments.instalment_list_export, name="instalment-list-export"
    ),
    path("instalments/<uuid:pk>/waive/", instalments.instalment_waive, name="instalment-waive"),
]

#: Gifts, bank statements, payments, receipts, refunds, the government's share.
DONATIONS: Addresses = []

#: Allocations, payments out of them, need cards and what is given directly.
SPENDING: Addresses = []

urlpatterns: Addresses = [*BENEFACTORS, *PLEDGES, *DONATIONS, *SPENDING]
