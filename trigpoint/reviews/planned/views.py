"""The screen behind moving a planned review on the page of the year."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from trigpoint.people.requests import SignedInRequest
from trigpoint.people.roles import Capability
from trigpoint.reviews.planned import forms, operations
from trigpoint.reviews.reviews.models import Review
from trigpoint.reviews.reviews.rules import may_replan
from trigpoint.web.screens import done, page, refusals_in, screen, sent, status_of


@screen(Capability.REVIEW_PLAN, methods=("GET", "POST"))
def move(request: SignedInRequest, review_id: UUID) -> HttpResponse:
    """Move a planned review to another week, its clock with it."""
    found = Review.objects.visible_to(request.user).select_related("academy", "lead")
    review = get_object_or_404(found.prefetch_related("members"), pk=review_id)
    form = forms.WeekForm(sent(request), initial={"week": request.GET.get("week", "")})
    if form.is_valid():
        with refusals_in(form):
            review = operations.move(
                review=review, by=request.user, on=timezone.localdate(), **form.cleaned_data
            )
            said = f"Moved to {review.fieldwork_starts_on:%-d %B}, and its clock with it."
            return done(request, "reviews:charts-show", said=said)
    context = {"review": review, "form": form, "may": may_replan(request.user, review)}
    return page(request, "reviews/planned/move.html", context, status=status_of(form))
