"""Screens of development needs: totals for those who plan, one's own for oneself."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from trigpoint.improvement.needs import operations, queries
from trigpoint.improvement.needs.models import DevelopmentNeed
from trigpoint.people.requests import SignedInRequest
from trigpoint.people.roles import Capability
from trigpoint.web.screens import done, page, screen


@screen(Capability.NEED_VIEW)
def index(request: SignedInRequest) -> HttpResponse:
    """Show who needs what, by theme and staff group, small groups hidden."""
    asked = request.GET.get("shared", "")
    shared = int(asked[:3]) if asked.isdecimal() else 0
    context = {
        "table": queries.totals(viewer=request.user, shared=shared),
        "shared": shared,
        "sees_findings": request.user.access.holds(Capability.FINDING_VIEW),
        "below": request.user.person.trust.suppress_below,
    }
    return page(request, "improvement/needs/index.html", context)


@screen(Capability.MY_PRACTICE, methods=("GET", "POST"))
def meet(request: SignedInRequest, need_id: UUID) -> HttpResponse:
    """Say that one's own need is met."""
    found = DevelopmentNeed.objects.visible_to(request.user).select_related("theme")
    need = get_object_or_404(found, pk=need_id)
    if request.method == "POST":
        operations.meet(need=need, by=request.user, on=timezone.localdate())
        return done(request, "home", said="Marked as met.")
    return page(request, "improvement/needs/meet.html", {"need": need})
