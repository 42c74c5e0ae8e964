"""The product's settings, with what only tests want: quick passwords, no built files, mail kept."""

import logging
from importlib.util import find_spec

from trigpoint.config import settings
from trigpoint.config.settings import *  # noqa: F403 -- that is the point

# The demo is installed so that it can be tested; demo mode stays off until a test asks for it.
if find_spec("trigpoint.demo.apps"):
    AREAS = [*settings.AREAS, "demo"]
    INSTALLED_APPS = [*settings.INSTALLED_APPS, "trigpoint.demo"]

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
TEMPLATES = [
    {**settings.TEMPLATES[0], "OPTIONS": {**settings.TEMPLATES[0]["OPTIONS"], "debug": True}}
]  # or coverage cannot see which lines of a template ran
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
MIDDLEWARE = [
    name for name in settings.MIDDLEWARE if "whitenoise" not in name
]  # it warns when no static files were collected, and a warning is a failing test
logging.getLogger("django_structlog").setLevel("WARNING")  # a line a request says nothing here
