"""The product's URL map with a few pages to try the front door on."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.db import OperationalError
from django.http import Http404, HttpResponse
from django.urls import path

from trigpoint.config import urls
from trigpoint.records.refusals import Refused
from trigpoint.web.screens import SIGNED_IN, done, page, public, screen

handler400, handler403, handler404 = urls.handler400, urls.handler403, urls.handler404
handler429, handler500 = urls.handler429, urls.handler500

FAULTS = {
    "bad": SuspiciousOperation("no"),
    "forbidden": PermissionDenied(),
    "missing": Http404("no"),
    "large": RequestDataTooBig("no"),
    "refused": Refused("Answer the contradiction, then agree the claim."),
    "busy": OperationalError("database is locked"),
    "broken": RuntimeError("no"),
    "gone": OperationalError("no such table: x"),
}


@screen("thing.view", methods=("GET", "POST"))
def guarded(_):
    """Answer only those who hold thing.view."""
    return HttpResponse("inside")


@screen(SIGNED_IN)
def own(request):
    """Answer anybody who is signed in."""
    return page(request, "web/refused.html", {"reason": "Just looking."})


@public("a fault to look at")
def fault(_, name):
    """Go wrong in the named way."""
    raise FAULTS[name]


@public("changes nothing")
def changed(request):
    """Finish a change that was not one."""
    return done(request, "try-own", said="Saved.", event=request.GET.get("event", ""))


@public("shows an academy")
def academy(request, academy_id: UUID):
    """Stand for one academy's page."""
    messages.info(request, "Hello")
    return HttpResponse(str(academy_id))


urlpatterns = [
    *urls.urlpatterns,
    path("try/guarded/", guarded, name="try-guarded"),
    path("try/own/", own, name="try-own"),
    path("try/changed/", changed, name="try-changed"),
    path("try/fault/<str:name>/", fault, name="try-fault"),
    path("try/academies/<uuid:academy_id>/", academy, name="try-academy"),
    path("try/list/", own, name="things-index"),
    path("try/list/<uuid:pk>/", guarded, name="things-show"),
]
