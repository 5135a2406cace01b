from django.urls import path

from hamafza.portal.views import direct, mine, open_lists, trace

app_name = "portal"
urlpatterns = [
    # --- without sign-in ---
    path("trace/", trace.trace_form, name="trace-form"),
    path("trace/<str:code>/", trace.trace, name="trace"),
    path("receipts/", trace.receipt_check, name="receipt-check"),
    path("needs/", open_lists.card_list, name="card-list"),
    path("needs/<str:county>/<str:code>/", open_lists.card, name="card"),
    path("transfers/", open_lists.transfer_list, name="transfer-list"),
    # --- a benefactor's own ---
    path("mine/", mine.home, name="mine"),
    path("mine/take-up/", direct.card_reserve, name="card-reserve"),
    path("mine/receipts/<uuid:pk>/", mine.receipt, name="receipt"),
    path("mine/statements/<int:year>/", mine.statement, name="statement"),
    path("mine/name/", mine.attribution, name="attribution"),
    path("mine/offers/new/", mine.capacity_create, name="capacity-create"),
    path("mine/promises/new/", mine.pledge_create, name="pledge-create"),
    path("mine/needs/<uuid:pk>/handed-over/", direct.reservation_deliver, name="reservation-deliver"),
    path("mine/needs/<uuid:pk>/give-up/", direct.reservation_release, name="reservation-release"),
]
