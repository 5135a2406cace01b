"""Pages of the audit trail."""

from django.urls import path

from hamafza.audit.views.trail import trail

app_name = "audit"

urlpatterns = [path("", trail, name="trail")]
