"""Addresses of distribution; one list for each noun."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path, re_path

from hamafza.distribution.views import (
    call_backs,
    counts,
    deliveries,
    goods,
    kits,
    losses,
    lot_acts,
    lots,
    round_files,
    round_plan,
    round_steps,
    rounds,
    stock,
    stores,
)

app_name = "distribution"

Addresses = list[URLPattern | URLResolver]

#: Goods in stock, lots, stores, kits, counts.
STOCK: Addresses = [
    path("stock/", stock.stock_list, name="stock-list"),
    re_path(r"^stock/export\.(?P<kind>csv|xlsx)$", stock.stock_export, name="stock-export"),
    path("lots/", lots.lot_list, name="lot-list"),
    re_path(r"^lots/export\.(?P<kind>csv|xlsx)$", lots.lot_export, name="lot-export"),
    path("lots/<uuid:pk>/", lots.lot_record, name="lot-record"),
    path("lots/<uuid:pk>/label.pdf", lots.lot_label_pdf, name="lot-label"),
    path("lots/<uuid:pk>/move/", lot_acts.lot_move, name="lot-move"),
    path("lots/<uuid:pk>/waste/", lot_acts.lot_waste, name="lot-waste"),
    path("losses/", losses.loss_list, name="loss-list"),
    path("losses/<uuid:pk>/", losses.loss_decide, name="loss-decide"),
    path("goods/", goods.goods_waiting, name="goods-waiting"),
    path("goods/<uuid:pk>/receive/", goods.goods_receive, name="goods-receive"),
    path("goods/<uuid:pk>/reject/", goods.goods_reject, name="goods-reject"),
    path("goods/bought/<uuid:pk>/", goods.goods_buy, name="goods-buy"),
    path("stores/", stores.store_list, name="store-list"),
    path("stores/new/", stores.store_create, name="store-create"),
    path("stores/<uuid:pk>/edit/", stores.store_edit, name="store-edit"),
    path("stores/<uuid:pk>/count/", counts.count_start, name="count-start"),
    path("kits/", kits.kit_list, name="kit-list"),
    path("kits/<uuid:pk>/", kits.kit_record, name="kit-record"),
    path("kits/<uuid:pk>/recipe/", kits.kit_recipe, name="kit-recipe"),
    path("kits/<uuid:pk>/pack/", kits.kit_pack, name="kit-pack"),
    path("counts/", counts.count_list, name="count-list"),
    path("counts/<uuid:pk>/", counts.count_record, name="count-record"),
    path("counts/<uuid:pk>/enter/", counts.count_enter, name="count-enter"),
    path("counts/<uuid:pk>/stray/", counts.count_stray, name="count-stray"),
    path("counts/<uuid:pk>/confirm/", counts.count_confirm, name="count-confirm"),
    path("counts/<uuid:pk>/give-up/", counts.count_give_up, name="count-give-up"),
]

#: Rounds, their lists, deliveries.
ROUNDS: Addresses = [
    path("rounds/", rounds.round_list, name="round-list"),
    re_path(r"^rounds/export\.(?P<kind>csv|xlsx)$", round_files.round_list_export, name="round-list-export"),
    path("rounds/new/", round_plan.round_plan, name="round-plan"),
    path("rounds/new/count/", round_plan.round_plan_count, name="round-plan-count"),
    path("rounds/<uuid:pk>/", rounds.round_record, name="round-record"),
    path("rounds/<uuid:pk>/history/", rounds.round_history, name="round-history"),
    path("rounds/<uuid:pk>/households/", rounds.round_entries, name="round-entries"),
    path("rounds/<uuid:pk>/households/<slug:kind>/", round_files.round_entries_export, name="round-entries-export"),
    path("rounds/<uuid:pk>/approve/", round_steps.round_approve, name="round-approve"),
    path("rounds/<uuid:pk>/pack/", round_steps.round_pack, name="round-pack"),
    path("rounds/<uuid:pk>/out/", round_steps.round_out, name="round-out"),
    path("rounds/<uuid:pk>/close/", round_steps.round_reconcile, name="round-reconcile"),
    path("rounds/<uuid:pk>/report/", round_steps.round_report, name="round-report"),
    path("rounds/<uuid:pk>/give-up/", round_steps.round_cancel, name="round-cancel"),
    path("rounds/<uuid:pk>/list.pdf", round_files.round_paper_list, name="round-paper-list"),
    path("rounds/<uuid:pk>/tokens.pdf", round_files.round_paper_tokens, name="round-paper-tokens"),
    path("rounds/<uuid:pk>/packing.pdf", round_files.round_paper_packing, name="round-paper-packing"),
    path("rounds/<uuid:pk>/report.pdf", round_files.round_paper_report, name="round-paper-report"),
    path("deliver/", deliveries.delivery_board, name="delivery-board"),
    path("deliver/<uuid:pk>/", deliveries.delivery_list, name="delivery-list"),
    path("deliver/to/<uuid:pk>/", deliveries.delivery_entry, name="delivery-entry"),
    path("deliver/to/<uuid:pk>/code/", deliveries.delivery_code, name="delivery-code"),
    path("deliver/to/<uuid:pk>/hand-over/", deliveries.delivery_deliver, name="delivery-deliver"),
    path("deliver/to/<uuid:pk>/absent/", deliveries.delivery_absent, name="delivery-absent"),
    path("deliver/to/<uuid:pk>/not-wanted/", deliveries.delivery_refused, name="delivery-refused"),
    path("deliver/to/<uuid:pk>/take-back/", deliveries.delivery_take_back, name="delivery-take-back"),
    path("deliver/to/<uuid:pk>/next/", deliveries.delivery_replace, name="delivery-replace"),
    path("token/<str:code>/", deliveries.token_open, name="token-open"),
    path("call-backs/", call_backs.call_back_list, name="call-back-list"),
    path("call-backs/<uuid:pk>/", call_backs.call_back, name="call-back"),
]

urlpatterns: Addresses = [*STOCK, *ROUNDS]
