"""The gallery's pages; mounted by its own settings only."""

from django.urls import include, path

from hamafza.core.tests.gallery import views

urlpatterns = [
    path("", views.board, name="board"),
    path("list/", views.full_list, name="list"),
    path("list/empty/", views.empty_list, name="list-empty"),
    path("record/", views.record, name="record"),
    path("record/history/", views.history, name="history"),
    path("form/", views.form, name="form"),
    path("wizard/", views.wizard, name="wizard"),
    path("wizard/running/", views.progress, name="progress"),
    path("document/", views.document, name="document"),
    path("bare/", views.bare, name="bare"),
    path("refused/", views.refused, name="refused"),
    path("i18n/", include("django.conf.urls.i18n")),
]
