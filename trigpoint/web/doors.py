"""Two addresses that belong to no area: the front door, and the one a monitor knocks on."""

from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect

from trigpoint.web import navigation
from trigpoint.web.navigation import Scope, Takes
from trigpoint.web.screens import SIGNED_IN, public, screen


@screen(SIGNED_IN)
def home(request: HttpRequest) -> HttpResponse:
    """Go to the first page the person's roles open: the trust's, the academy's, their own."""
    access = request.user.access  # type: ignore[union-attr]  # the front door checked
    for scope in Scope:
        entry = navigation.home(access, scope)
        academies = access.academies(entry.capability) if entry else ()
        if entry and (entry.takes is Takes.NOTHING or academies):
            return redirect(entry.address(scope=scope, academy=next(iter(academies), None)))
    account = navigation.account(access)
    if not account:
        raise PermissionDenied
    return redirect(account[0].address(scope=Scope.ME, academy=None))


@public("says only whether the service works; a monitor has no account")
def healthz(_: HttpRequest) -> HttpResponse:
    """Answer 200 when the database answers, else 503."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"status": "the database does not answer"}, status=503)
    return JsonResponse({"status": "ok"})
