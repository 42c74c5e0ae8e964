"""Settings. Everything that differs between two installations comes from the environment.

Locally nothing needs to be set. Production is the same code with three variables: ``TRIGPOINT_HOSTS``,
``SECRET_KEY`` and ``DATABASE_URL`` (docs/guides/it-staff.md). Setting the first one asks for the rest.
"""

from pathlib import Path
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key

from trigpoint.config import logs

env = environ.Env()
ROOT = Path(__file__).resolve().parent.parent.parent
VAR = Path(env.str("TRIGPOINT_VAR", default=str(ROOT / "var")))  # database, uploads, built files

# ── Which kind of installation ────────────────────────────────────────────────────────────────

HOSTS: list[str] = env.list(
    "TRIGPOINT_HOSTS", default=[]
)  # the names people type: "qa.trust.example"
PRODUCTION = bool(HOSTS)
DEBUG = env.bool("TRIGPOINT_DEBUG", default=False)
TRIGPOINT_DEMO = env.bool("TRIGPOINT_DEMO", default=False)  # never from a request
PROXIES = env.int("TRIGPOINT_PROXIES", default=0)  # how many trusted servers stand in front


def _refuse(problem: str) -> None:
    """Stop before anything is served from a half-configured installation."""
    raise ImproperlyConfigured(problem)


if PRODUCTION:
    if not env.str("SECRET_KEY", default=""):
        _refuse(
            "SECRET_KEY is not set. Production needs one, kept secret and kept the same: make it with "
            "`python3 -c 'import secrets; print(secrets.token_urlsafe(64))'` and put it in the environment."
        )
    if not env.str("DATABASE_URL", default=""):
        _refuse(
            "DATABASE_URL is not set. Name the database, for example "
            "postgres://trigpoint:password@localhost:5432/trigpoint, and put it in the environment."
        )
    if DEBUG or TRIGPOINT_DEMO:
        _refuse(
            "TRIGPOINT_HOSTS is set together with TRIGPOINT_DEBUG or TRIGPOINT_DEMO. A server that "
            "people reach by name must have both switched off: anyone could sign in."
        )

# Without one (local use only) sessions end when the process does; `make start` keeps one in var/.
SECRET_KEY = env.str("SECRET_KEY", default="") or get_random_secret_key()
# Where mail leads back to.
TRIGPOINT_URL = env.str(
    "TRIGPOINT_URL", default=f"https://{HOSTS[0]}" if HOSTS else "http://localhost:8000"
).rstrip("/")
ALLOWED_HOSTS = HOSTS or ["localhost", "127.0.0.1", "[::1]"]

# ── Apps, in the order of the stack ───────────────────────────────────────────────────────────

AREAS = [
    "records",
    "web",
    "trusts",
    "people",
    "policies",
    "instruments",
    "reviews",
    "evidence",
    "judgements",
    "reporting",
    "improvement",
    "governance",
    "insight",
    *(["demo"] if TRIGPOINT_DEMO else []),
]
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    *(f"trigpoint.{area}" for area in AREAS),
    "allauth",
    "allauth.account",
    "csp",
    "django_htmx",
    "django_structlog",
    "django_tasks",
    "django_tasks_db",
    "ninja",
    "template_partials",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "trigpoint.config.logs.RequestLog",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "trigpoint.web.sessions.IdleTimeout",
    "django.middleware.common.CommonMiddleware",
    "trigpoint.web.uploads.UploadLimit",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "trigpoint.web.refusals.RefusalMiddleware",
    "trigpoint.web.errors.BusyMiddleware",
]
ROOT_URLCONF = "trigpoint.config.urls"
WSGI_APPLICATION = "trigpoint.config.wsgi.application"
FORM_RENDERER = "trigpoint.web.rendering.HouseForms"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "trigpoint.web.shell.context",
            ],
        },
    }
]

# ── Database, cache, background work ──────────────────────────────────────────────────────────

_database = env.db_url("DATABASE_URL", default=f"sqlite:///{VAR / 'trigpoint.sqlite3'}")
if _database["ENGINE"].endswith("sqlite3"):
    # Readers never wait, writers queue up instead of failing, and a saved note survives the power.
    _database["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
        ),
    }
else:
    # The pool keeps connections open, so CONN_MAX_AGE stays 0: Django refuses to have both.
    _database["CONN_MAX_AGE"] = 0
    _database["OPTIONS"] = {
        "options": "-c lock_timeout=20s",  # as long as SQLite waits
        **_database.get("OPTIONS", {}),
        "pool": {
            "min_size": 1,
            "max_size": env.int("TRIGPOINT_DATABASE_POOL", default=8),
            "timeout": 10,
        },
    }
DATABASES = {"default": _database}

# In the database, so that a sign-in limit holds across all processes of the server.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "web_cache",
        # Django's 300 would throw sign-in limits out as soon as a survey is answered by many
        # networks. A limit is a short row, and a job deletes those that are over.
        "OPTIONS": {"MAX_ENTRIES": 1_000_000},
    }
}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# ── Files ─────────────────────────────────────────────────────────────────────────────────────

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
MEDIA_ROOT = VAR / "files"  # uploads; served only by views that check who asks
STATICFILES_FINDERS = ["trigpoint.web.staticfiles.OwnFinder"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "trigpoint.web.staticfiles.ModuleStorage"},
}
UPLOAD_MAX_BYTES = 25 * 1024 * 1024  # one whole request
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_NUMBER_FILES = 20
FILE_UPLOAD_PERMISSIONS = 0o640

# ── Who is asking ─────────────────────────────────────────────────────────────────────────────

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "/people/sign-in/"
LOGIN_REDIRECT_URL = "/"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
_VALIDATION = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_VALIDATION}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{_VALIDATION}.CommonPasswordValidator"},
    {
        "NAME": f"{_VALIDATION}.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["email"]},
    },
]
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = [
    "email*",
    "password1*",
]  # there is no sign-up page; administrators add people
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # addresses come from the trust's own staff list
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # a stranger's address is never written to
ACCOUNT_EMAIL_SUBJECT_PREFIX = "[Trigpoint] "
ACCOUNT_LOGIN_ON_PASSWORD_RESET = False
ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_SESSION_REMEMBER = False  # the cookie goes when the browser closes: staff share computers
ACCOUNT_RATE_LIMITS = {
    # A whole school signs in from one address on Monday morning, so the limit that counts is
    # the one for each account.
    "login": "240/m/ip",
    "login_failed": "30/m/ip,5/5m/key",
    "reset_password": "30/m/ip,3/10m/key",
    # A year group answers a survey from one address; the key is a hash of it that nothing leads
    # back from (trigpoint.evidence.answering).
    "survey_answer": "400/10m/key",
}
ALLAUTH_TRUSTED_PROXY_COUNT = PROXIES

# ── Hardening ─────────────────────────────────────────────────────────────────────────────────

SESSION_COOKIE_AGE = 8 * 60 * 60  # seconds without a click; trigpoint.web.sessions keeps it going
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = PRODUCTION
SESSION_COOKIE_NAME = "__Host-session" if PRODUCTION else "trigpoint-session"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = PRODUCTION
CSRF_COOKIE_NAME = "__Host-csrf" if PRODUCTION else "trigpoint-csrf"
CSRF_FAILURE_VIEW = "trigpoint.web.errors.csrf_failed"
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in HOSTS]
SECURE_SSL_REDIRECT = PRODUCTION
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = PRODUCTION
SECURE_HSTS_PRELOAD = PRODUCTION
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PROXIES else None
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],  # the stylesheet draws its arrows and ticks as data images
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "object-src": ["'none'"],
        "upgrade-insecure-requests": PRODUCTION,
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    feature: []
    for feature in (
        "accelerometer",
        "autoplay",
        "browsing-topics",
        "display-capture",
        "geolocation",
        "gyroscope",
        "hid",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "serial",
        "usb",
        "xr-spatial-tracking",
    )
}

# ── Language, time, mail, logs ────────────────────────────────────────────────────────────────

LANGUAGE_CODE = "en-gb"
USE_I18N = True
USE_TZ = True  # stored in UTC, shown in London
TIME_ZONE = "Europe/London"
# Invented people get no mail, not even on the terminal.
_nowhere = "dummymail://" if TRIGPOINT_DEMO else "consolemail://"
vars().update(env.email_url("EMAIL_URL", default=_nowhere))
EMAIL_TIMEOUT = 20  # seconds; a mail server that hangs must not hold the worker
DEFAULT_FROM_EMAIL = env.str("TRIGPOINT_MAIL_FROM", default="trigpoint@localhost")
LOGGING_CONFIG = None
logs.configure(readable=DEBUG)
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False
DJANGO_STRUCTLOG_USER_ID_FIELD = ""
DJANGO_STRUCTLOG_STATUS_START_LOG_LEVEL = 10  # debug: the line at the end of a request is enough
DJANGO_STRUCTLOG_STATUS_4XX_LOG_LEVEL = 20  # info: a refusal is an answer, not a fault
