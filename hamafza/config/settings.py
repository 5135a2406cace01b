"""Django settings: one file, what differs between installations comes from the environment (docs/install.md)."""

from __future__ import annotations

from pathlib import Path

import django_stubs_ext
from csp.constants import NONE, SELF

from hamafza.config import databases, environment, keys

environment.check_names()
# Lets generic bases such as models.Field[str, str] be written at run time.
django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parent.parent
CHECKOUT = BASE_DIR.parent if (BASE_DIR.parent / "pyproject.toml").exists() else Path.cwd()
HAMAFZA_HOME = environment.folder("HAMAFZA_HOME", CHECKOUT / "var")
HAMAFZA_HOME.mkdir(parents=True, exist_ok=True, mode=0o700)
HAMAFZA_PORT = environment.number("HAMAFZA_PORT", 8000, low=1, high=65535)
HAMAFZA_KEYS = keys.key_ring(HAMAFZA_HOME)
HTTPS = environment.flag("HAMAFZA_HTTPS")
HAMAFZA_PROXIES = environment.networks("HAMAFZA_PROXIES")

DEBUG = environment.flag("HAMAFZA_DEBUG")
HAMAFZA_TEST_CLOCK = environment.test_clock("HAMAFZA_TEST_CLOCK", allowed=DEBUG)
SECRET_KEY = keys.secret_key(HAMAFZA_HOME)
ALLOWED_HOSTS = [
    host.strip() for host in environment.text("HAMAFZA_HOSTS", "127.0.0.1,localhost").split(",") if host.strip()
]

INSTALLED_APPS = [
    "hamafza.core",
    "hamafza.places",
    "hamafza.audit",
    "hamafza.accounts",
    "hamafza.documents",
    "hamafza.notices",
    "hamafza.registry",
    "hamafza.needs",
    "hamafza.intake",
    "hamafza.commitments",
    "hamafza.ledger",
    "hamafza.giving",
    "hamafza.distribution",
    "hamafza.trace",
    "hamafza.councils",
    "hamafza.desk",
    "hamafza.reports",
    "hamafza.portal",
    "hamafza.config",
    "django.forms",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "axes",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "hamafza.accounts.middleware.SignInRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "hamafza.core.bare_errors.BareErrorMiddleware",
    "hamafza.accounts.middleware.ActorMiddleware",
    "hamafza.core.middleware.RefusalMiddleware",
    "hamafza.core.middleware.NoStoreMiddleware",
    "axes.middleware.AxesMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "hamafza.core.context.page",
                "hamafza.notices.context.bell",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static", "hamafza.core.templatetags.hamafza"],
        },
    }
]

ROOT_URLCONF = "hamafza.config.urls"
WSGI_APPLICATION = "hamafza.config.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

DATABASES = {"default": databases.database(environment.text("HAMAFZA_DATABASE_URL"), home=HAMAFZA_HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "accounts:sign-in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "accounts:sign-in"

# Lock-out on name and address together, never on the name alone: nobody can lock another person out.
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_CLIENT_IP_CALLABLE = "hamafza.core.visitor.neighbourhood_of"
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "hamafza.accounts.views.sign_in.locked_out"
AXES_VERBOSE = False
AXES_ENABLE_ADMIN = False
AXES_SENSITIVE_PARAMETERS = ["username"]

LANGUAGE_CODE = "fa"
LANGUAGES = [("fa", "فارسی"), ("en", "English")]  # each in its own words
LANGUAGE_COOKIE_NAME = "hamafza_language"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Tehran"

STATIC_URL = "static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
MEDIA_ROOT = HAMAFZA_HOME / "files"

FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]  # nothing unsealed reaches the disk
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 64 * 1024 * 1024

SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-hamafza" if HTTPS else "hamafza"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrftoken"
CSRF_FAILURE_VIEW = "hamafza.core.views.csrf_failure"
SECURE_SSL_REDIRECT = False  # the proxy in front redirects
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}

# Ways out of the house (notices/senders): none is set up unless it is named.
HAMAFZA_SMS_URL = environment.service("HAMAFZA_SMS_URL")
HAMAFZA_SMS_TOKEN = environment.text("HAMAFZA_SMS_TOKEN")
HAMAFZA_MAIL_FROM = DEFAULT_FROM_EMAIL = environment.text("HAMAFZA_MAIL_FROM")
EMAIL_HOST = environment.text("HAMAFZA_MAIL_HOST", "localhost")
EMAIL_PORT = environment.number("HAMAFZA_MAIL_PORT", 587, low=1, high=65535)
EMAIL_HOST_USER = environment.text("HAMAFZA_MAIL_USER")
EMAIL_HOST_PASSWORD = environment.text("HAMAFZA_MAIL_PASSWORD")
EMAIL_USE_TLS, EMAIL_USE_SSL = EMAIL_PORT == 587, EMAIL_PORT == 465
EMAIL_TIMEOUT = 15

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # Statements carry the parameters of queries: identity numbers must not reach a log (S-A13).
    "loggers": {"django.db.backends": {"level": "WARNING", "propagate": False, "handlers": []}},
}
