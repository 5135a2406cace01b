"""Addresses of giving; one list for each noun, in the order in which its pages are met."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path, re_path

from hamafza.giving.views import (
    allocations,
    bank_lines,
    benefactors,
    capacities,
    cards,
    disbursements,
    donation_record,
    donation_steps,
    donations,
    government,
    instalments,
    items,
    matches,
    payments,
    pledge_forms,
    pledge_steps,
    pledges,
    refunds,
    reservations,
    sign_ins,
    spending_exports,
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
DONATIONS: Addresses = [
    path("gifts/", donations.donation_list, name="donation-list"),
    re_path(r"^gifts/export\.(?P<kind>csv|xlsx)$", donations.donation_list_export, name="donation-list-export"),
    path("gifts/to-confirm/", donations.donation_pending, name="donation-pending"),
    path("gifts/new/", donations.donation_receive, name="donation-receive"),
    path("gifts/online/", payments.payment_begin, name="payment-begin"),
    path("gifts/<uuid:pk>/", donation_record.donation_record, name="donation-record"),
    path("gifts/<uuid:pk>/history/", donation_record.donation_history, name="donation-history"),
    path("gifts/<uuid:pk>/confirm/", donation_steps.donation_confirm, name="donation-confirm"),
    path("gifts/<uuid:pk>/reject/", donation_steps.donation_reject, name="donation-reject"),
    path("gifts/<uuid:pk>/reverse/", donation_steps.donation_reverse, name="donation-reverse"),
    path("gifts/<uuid:pk>/identify/", donation_steps.donation_identify, name="donation-identify"),
    path("gifts/<uuid:pk>/pay-back/", donation_steps.refund_request, name="refund-request"),
    path("receipts/<uuid:pk>.pdf", donation_steps.receipt_download, name="receipt-pdf"),
    path("receipts/<uuid:pk>/void/", donation_steps.receipt_void, name="receipt-void"),
    path("benefactors/<uuid:pk>/statement/<int:year>/", donation_steps.annual_statement, name="annual-statement"),
    path("bank/", bank_lines.line_list, name="line-list"),
    path("bank/statements/new/", bank_lines.statement_import, name="statement-import"),
    path("bank/<uuid:pk>/match/", bank_lines.line_match, name="line-match"),
    path("bank/<uuid:pk>/gift/", bank_lines.line_gift, name="line-gift"),
    path("bank/<uuid:pk>/aside/", bank_lines.line_aside, name="line-aside"),
    path("refunds/", refunds.refund_list, name="refund-list"),
    path("refunds/<uuid:pk>/approve/", refunds.refund_approve, name="refund-approve"),
    path("refunds/<uuid:pk>/refuse/", refunds.refund_refuse, name="refund-refuse"),
    path("refunds/<uuid:pk>/pay/", refunds.refund_pay, name="refund-pay"),
    path("government/", government.share_list, name="share-list"),
    path("government/new/", government.share_record, name="share-record"),
    path("government/import/", government.share_import, name="share-import"),
    path("government/<uuid:pk>/take-back/", government.share_reverse, name="share-reverse"),
    path("payments/<uuid:pk>/ask/", payments.payment_ask, name="payment-ask"),
    path("payments/<uuid:pk>/settle/", payments.payment_settle, name="payment-settle"),
    path("payments/<slug:county>/<slug:token>/back/", payments.payment_return, name="payment-return"),
    path("test-gateway/<slug:token>/", payments.gateway_test, name="gateway-test"),
]

#: Allocations, payments out of them, need cards and what is given directly.
SPENDING: Addresses = [
    path("allocations/", allocations.allocation_list, name="allocation-list"),
    re_path(
        r"^allocations/export\.(?P<kind>csv|xlsx)$",
        spending_exports.allocation_list_export,
        name="allocation-list-export",
    ),
    path("allocations/new/", allocations.allocation_create, name="allocation-create"),
    path("allocations/<uuid:pk>/", allocations.allocation_record, name="allocation-record"),
    path("allocations/<uuid:pk>/history/", allocations.allocation_history, name="allocation-history"),
    path("allocations/<uuid:pk>/approve/", allocations.allocation_approve, name="allocation-approve"),
    path("allocations/<uuid:pk>/drop/", allocations.allocation_cancel, name="allocation-cancel"),
    path("allocations/<uuid:pk>/give-back/", allocations.allocation_release, name="allocation-release"),
    path("allocations/<uuid:pk>/pay/", disbursements.payment_request, name="payment-request"),
    path("paying/", disbursements.payment_queue, name="payment-queue"),
    re_path(r"^paying/export\.(?P<kind>csv|xlsx)$", spending_exports.payment_list_export, name="payment-list-export"),
    path("paying/<uuid:pk>/approve/", disbursements.payment_approve, name="payment-approve"),
    path("paying/<uuid:pk>/paid/", disbursements.payment_pay, name="payment-pay"),
    path("paying/<uuid:pk>/confirm/", disbursements.payment_confirm, name="payment-confirm"),
    path("paying/<uuid:pk>/returned/", disbursements.payment_back, name="payment-back"),
    path("cards/", cards.card_list, name="card-list"),
    re_path(r"^cards/export\.(?P<kind>csv|xlsx)$", spending_exports.card_list_export, name="card-list-export"),
    path("cards/of/<uuid:need>/new/", cards.card_create, name="card-create"),
    path("cards/many/new/", cards.card_create_group, name="card-create-group"),
    path("cards/<uuid:pk>/", cards.card_record, name="card-record"),
    path("cards/<uuid:pk>/history/", cards.card_history, name="card-history"),
    path("cards/<uuid:pk>/edit/", cards.card_edit, name="card-edit"),
    path("cards/<uuid:pk>/read/", cards.card_review, name="card-review"),
    path("cards/<uuid:pk>/publish/", cards.card_publish, name="card-publish"),
    path("cards/<uuid:pk>/withdraw/", cards.card_withdraw, name="card-withdraw"),
    path("holds/", reservations.reservation_list, name="reservation-list"),
    path("holds/<uuid:pk>/", reservations.reservation_record, name="reservation-record"),
    path("holds/<uuid:pk>/history/", reservations.reservation_history, name="reservation-history"),
    path("holds/<uuid:pk>/accept/", reservations.reservation_accept, name="reservation-accept"),
    path("holds/<uuid:pk>/handed-over/", reservations.reservation_deliver, name="reservation-deliver"),
    path("holds/<uuid:pk>/confirm/", reservations.reservation_confirm, name="reservation-confirm"),
    path("holds/<uuid:pk>/give-up/", reservations.reservation_release, name="reservation-release"),
    path("holds/<uuid:pk>/tell/", reservations.reservation_disclose, name="reservation-disclose"),
]

urlpatterns: Addresses = [*BENEFACTORS, *PLEDGES, *DONATIONS, *SPENDING]
