from django.urls import path

from hamafza.notices.views import messages, notices

app_name = "notices"
urlpatterns = [
    path("", notices.notice_list, name="notice-list"),
    path("read-all/", notices.notice_read_all, name="notice-read-all"),
    path("<uuid:pk>/open/", notices.notice_open, name="notice-open"),
    path("messages/", messages.message_list, name="message-list"),
    path("messages/<uuid:pk>/show/", messages.message_reveal, name="message-reveal"),
]
