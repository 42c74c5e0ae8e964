"""The screen of who receives a review: name."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from trigpoint.people.requests import SignedInRequest
from trigpoint.people.roles import Capability
from trigpoint.reviews.nominees import forms, operations, rules
from trigpoint.reviews.reviews.models import Review
from trigpoint.reviews.reviews.queries import nominees
from trigpoint.web.screens import done, page, refusals_in, screen, sent, status_of


@screen(Capability.REVIEW_RUN, methods=("GET", "POST"))
def name(request: SignedInRequest, review_id: UUID) -> HttpResponse:
    """Say who receives the review for the academy."""
    found = Review.objects.visible_to(request.user).select_related("academy", "lead", "nominee")
    review, today = get_object_or_404(found, pk=review_id), timezone.localdate()
    people = nominees(review.academy_id, viewer=request.user, on=today, review=review)
    form = forms.NomineeForm(sent(request), people=people, now=review.nominee)
    if form.is_valid():
        with refusals_in(form):
            operations.name(review=review, by=request.user, on=today, **form.cleaned_data)
            return done(request, "reviews:reviews-show", review.pk, said="Nominee changed.")
    context = {"review": review, "form": form, "may": rules.may_name(request.user, review)}
    return page(request, "reviews/nominees/name.html", context, status=status_of(form))
