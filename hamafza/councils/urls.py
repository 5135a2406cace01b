"""Addresses of councils, in the order in which their pages are met."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path, re_path

from hamafza.councils.views import councils, meetings, minutes, papers, resolutions, seats, session

app_name = "councils"

Addresses = list[URLPattern | URLResolver]
_KEY = r"(?P<pk>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"

#: Councils, their seats and what waits in their backlog.
COUNCILS: Addresses = [
    path("", councils.council_list, name="council-list"),
    path("new/", councils.council_create, name="council-create"),
    path("<uuid:pk>/", councils.council_record, name="council-record"),
    path("<uuid:pk>/edit/", councils.council_edit, name="council-edit"),
    path("<uuid:pk>/meetings/", councils.meeting_list, name="meeting-list"),
    path("<uuid:pk>/resolutions/", councils.resolution_list, name="resolution-list"),
    path("<uuid:pk>/backlog/", councils.item_create, name="item-create"),
    path("<uuid:pk>/backlog/all/", councils.item_list, name="item-list"),
    path("<uuid:pk>/seats/new/", seats.seat_create, name="seat-create"),
    path("seats/<uuid:pk>/", seats.seat_hold, name="seat-hold"),
    path("seats/<uuid:pk>/end/", seats.seat_end, name="seat-end"),
    path("holdings/<uuid:pk>/end/", seats.holding_end, name="holding-end"),
]

#: A meeting before its day.
MEETINGS: Addresses = [
    path("<uuid:pk>/meetings/new/", meetings.meeting_create, name="meeting-create"),
    path("meetings/<uuid:pk>/", meetings.meeting_record, name="meeting-record"),
    path("meetings/<uuid:pk>/agenda/", meetings.agenda_add, name="agenda-add"),
    path("items/<uuid:pk>/take-up/", meetings.agenda_take, name="agenda-take"),
    path("items/<uuid:pk>/put-back/", meetings.agenda_put_back, name="agenda-put-back"),
    path("meetings/<uuid:pk>/invite/", meetings.meeting_invite, name="meeting-invite"),
    path("meetings/<uuid:pk>/move/", meetings.meeting_move, name="meeting-move"),
    path("meetings/<uuid:pk>/call-off/", meetings.meeting_cancel, name="meeting-cancel"),
    re_path(rf"^meetings/{_KEY}/invitation\.(?P<kind>pdf|docx|ics)$", papers.invitation, name="invitation"),
]

#: The session.
SESSIONS: Addresses = [
    path("meetings/<uuid:pk>/session/", session.session, name="session"),
    path("presence/<uuid:pk>/", session.session_presence, name="session-presence"),
    path("meetings/<uuid:pk>/session/open/", session.session_open, name="session-open"),
    path("meetings/<uuid:pk>/session/end/", session.session_end, name="session-end"),
    path("meetings/<uuid:pk>/session/note/", session.session_note, name="session-note"),
    path("items/<uuid:pk>/outcome/", session.item_outcome, name="item-outcome"),
    path("items/<uuid:pk>/propose/", session.resolution_propose, name="resolution-propose"),
    path("resolutions/<uuid:pk>/vote/", session.resolution_vote, name="resolution-vote"),
    path("resolutions/<uuid:pk>/defer/", session.resolution_defer, name="resolution-defer"),
]

#: What follows from a resolution.
RESOLUTIONS: Addresses = [
    path("resolutions/<uuid:pk>/", resolutions.resolution_record, name="resolution-record"),
    path("resolutions/<uuid:pk>/commitments/", resolutions.resolution_commitments, name="resolution-commitments"),
    path("resolutions/<uuid:pk>/communicate/", resolutions.resolution_communicate, name="resolution-communicate"),
    path("resolutions/<uuid:pk>/confirm/", resolutions.resolution_confirm, name="resolution-confirm"),
    path("resolutions/<uuid:pk>/lapse/", resolutions.resolution_lapse, name="resolution-lapse"),
    path("resolutions/<uuid:pk>/again/", resolutions.resolution_again, name="resolution-again"),
]

#: The minutes in their phases.
MINUTES: Addresses = [
    path("meetings/<uuid:pk>/minutes/", minutes.minutes, name="minutes"),
    path("meetings/<uuid:pk>/minutes/draft/", minutes.minutes_draft, name="minutes-draft"),
    path("meetings/<uuid:pk>/minutes/review/", minutes.minutes_review, name="minutes-review"),
    path("meetings/<uuid:pk>/minutes/remark/", minutes.minutes_remark, name="minutes-remark"),
    path("meetings/<uuid:pk>/minutes/final/", minutes.minutes_final, name="minutes-final"),
    path("meetings/<uuid:pk>/minutes/publish/", minutes.minutes_publish, name="minutes-publish"),
    path("meetings/<uuid:pk>/minutes/sign/", minutes.minutes_sign, name="minutes-sign"),
    path("meetings/<uuid:pk>/minutes/correct/", minutes.minutes_correct, name="minutes-correct"),
    re_path(rf"^meetings/{_KEY}/minutes\.(?P<kind>pdf|docx)$", papers.minutes_file, name="minutes-file"),
]

urlpatterns: Addresses = [*COUNCILS, *MEETINGS, *SESSIONS, *RESOLUTIONS, *MINUTES]
