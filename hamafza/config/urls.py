"""Root of all addresses."""

from __future__ import annotations

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = []
for prefix, app in (
    ("accounts/", "accounts"),
    ("places/", "places"),
    ("audit/", "audit"),
    ("files/", "documents"),
    ("notices/", "notices"),
    ("clients/", "registry"),
    ("needs/", "needs"),
    ("imports/", "intake"),
    ("commitments/", "commitments"),
    ("councils/", "councils"),
    ("ledger/", "ledger"),
    ("giving/", "giving"),
    ("distribution/", "distribution"),
    ("trace/", "trace"),
    ("desk/", "desk"),
    ("public/", "portal"),
    ("", "reports"),
):
    if find_spec(f"hamafza.{app}.urls"):
        urlpatterns.append(path(prefix, include(f"hamafza.{app}.urls")))
urlpatterns.append(path("i18n/", include("django.conf.urls.i18n")))
