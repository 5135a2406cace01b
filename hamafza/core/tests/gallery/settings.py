"""Settings of the gallery: the pages without accounts and database. For looking at the patterns and for their tests only."""

from hamafza.config.settings import *  # noqa: F403
from hamafza.config.settings import TEMPLATES as _TEMPLATES

DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1", "testserver"]
ROOT_URLCONF = "hamafza.core.tests.gallery.urls"
TEMPLATES = [
    {
        **_TEMPLATES[0],
        "DIRS": ["hamafza/core/tests/gallery/templates"],
        "OPTIONS": {
            **_TEMPLATES[0]["OPTIONS"],  # type: ignore[dict-item]
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "hamafza.core.context.page",
            ],
        },
    }
]
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
MIDDLEWARE = [
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "hamafza.core.tests.gallery.shell.GalleryShell",
]
