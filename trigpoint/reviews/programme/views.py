"""The one screen of a programme itself: asking for a proposal."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from trigpoint.people.requests import SignedInRequest
from trigpoint.people.roles import Capability
from trigpoint.reviews.programme import operations
from trigpoint.trusts.models import AcademicYear
from trigpoint.web.screens import done, screen


@screen(Capability.PROGRAMME_PROPOSE, methods=("POST",))
def propose(request: SignedInRequest) -> HttpResponse:
    """Have the background worker propose a school year."""
    years = AcademicYear.objects.visible_to(request.user).select_related("trust")
    year = get_object_or_404(years, name=request.POST.get("year", ""))
    operations.ask(year=year, by=request.user, at=timezone.now(), on=timezone.localdate())
    return done(request, "reviews:charts-show", said="A proposal is being worked out.")
