"""Two addresses that belong to no area: the front door, and the one a monitor knocks on."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect

from trigpoint.web import navigation
from trigpoint.web.screens import SIGNED_IN, public, screen


@screen(SIGNED_IN)
def home(request: HttpRequest) -> HttpResponse:
    """Go to the page that matters first to what the person does here."""
    landing = navigation.landing(request.user.access)  # type: ignore[union-attr]  # the front door checked
    return redirect(landing.url_name if landing else "people:accounts-show")


@public("says only whether the service works; a monitor has no account")
def healthz(_: HttpRequest) -> HttpResponse:
    """Answer 200 when the database answers, else 503."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"status": "the database does not answer"}, status=503)
    return JsonResponse({"status": "ok"})
