from django.urls import path

from hamafza.trace.views import letters

app_name = "trace"
urlpatterns = [
    path("letters/", letters.letter_list, name="letter-list"),
    path("letters/new/", letters.letter_create, name="letter-create"),
    path("letters/<uuid:pk>/", letters.letter_record, name="letter-record"),
    path("letters/<uuid:pk>/paper/", letters.letter_paper, name="letter-paper"),
]
