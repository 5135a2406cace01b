from django.urls import path

from hamafza.accounts.views import occasions, organizations, places, sessions, sign_in, users

app_name = "accounts"
urlpatterns = [
    path("sign-in/", sign_in.sign_in, name="sign-in"),
    path("sign-out/", sign_in.sign_out, name="sign-out"),
    path("password/", sessions.password_change, name="password-change"),
    path("sessions/", sessions.session_list, name="sessions"),
    path("sessions/end-others/", sessions.session_end_others, name="session-end-others"),
    path("sessions/<uuid:pk>/end/", sessions.session_end, name="session-end"),
    path("users/", users.user_list, name="user-list"),
    path("users/add/", users.user_create, name="user-create"),
    path("users/<uuid:pk>/", users.user_record, name="user-record"),
    path("users/<uuid:pk>/edit/", users.user_edit, name="user-edit"),
    path("users/<uuid:pk>/password/", users.user_password_reset, name="user-password-reset"),
    path("users/<uuid:pk>/switch-off/", users.user_switch_off, name="user-switch-off"),
    path("users/<uuid:pk>/switch-on/", users.user_switch_on, name="user-switch-on"),
    path("users/<uuid:pk>/duties/give/", users.duty_give, name="duty-give"),
    path("users/<uuid:pk>/duties/<uuid:duty>/end/", users.duty_end, name="duty-end"),
    path("organizations/", organizations.organization_list, name="organization-list"),
    path("organizations/add/", organizations.organization_create, name="organization-create"),
    path("organizations/<uuid:pk>/edit/", organizations.organization_edit, name="organization-edit"),
    path("occasions/", occasions.occasion_list, name="occasion-list"),
    path("occasions/<slug:code>/date/", occasions.occasion_date, name="occasion-date"),
    path("occasions/<slug:code>/take-back/", occasions.occasion_date_take_back, name="occasion-date-take-back"),
    path("places/", places.place_list, name="place-list"),
    path("places/<str:code>/", places.place_record, name="place-record"),
    path("places/<str:parent>/add/", places.place_create, name="place-create"),
    path("places/<str:code>/rename/", places.place_rename, name="place-rename"),
    path("places/<str:code>/end/", places.place_end, name="place-end"),
]
