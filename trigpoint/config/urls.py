"""Root URL map: the first path segment is the area's package name."""

from importlib.util import find_spec

from allauth.account import views as accounts
from django.conf import settings
from django.urls import include, path, re_path

from trigpoint.config.api_urls import api
from trigpoint.web import doors

# Signing in is the library's; only what the product uses of it has an address.
SIGN_IN = [
    path("sign-in/", accounts.login, name="account_login"),
    path("sign-out/", accounts.logout, name="account_logout"),
    path("sign-in/switched-off/", accounts.account_inactive, name="account_inactive"),
    path("password/", accounts.password_change, name="account_change_password"),
    path("password/set/", accounts.password_set, name="account_set_password"),
    path("password/reset/", accounts.password_reset, name="account_reset_password"),
    path("password/reset/sent/", accounts.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        accounts.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "password/changed/",
        accounts.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("sign-in/again/", accounts.reauthenticate, name="account_reauthenticate"),
]

urlpatterns = [
    path("", doors.home, name="home"),
    path("healthz", doors.healthz, name="healthz"),
    path("people/", include(SIGN_IN)),
    path("api/v1/", api.urls),
    *(
        path(f"{area}/", include(f"trigpoint.{area}.urls"))
        for area in settings.AREAS
        if find_spec(f"trigpoint.{area}.urls")
    ),
]

handler400 = "trigpoint.web.errors.bad_request"
handler403 = "trigpoint.web.errors.not_allowed"
handler404 = "trigpoint.web.errors.not_found"
handler429 = "trigpoint.web.errors.too_many"
handler500 = "trigpoint.web.errors.crashed"
