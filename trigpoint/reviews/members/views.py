"""Screens of a review's team: somebody joins it, somebody leaves it."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from trigpoint.people.requests import SignedInRequest
from trigpoint.people.roles import Capability
from trigpoint.reviews.activities.queries import system_planned
from trigpoint.reviews.members import forms, operations, rules
from trigpoint.reviews.reviews import forms as review_forms
from trigpoint.reviews.reviews import queries
from trigpoint.reviews.reviews.models import Review, ReviewTeamMember
from trigpoint.reviews.reviews.operations import Member
from trigpoint.reviews.reviews.rules import may_restaff
from trigpoint.web.screens import done, page, refusals_in, screen, sent, status_of

SHOWN = "reviews:reviews-show"


@screen(Capability.REVIEW_RUN, methods=("GET", "POST"))
def join(request: SignedInRequest, review_id: UUID) -> HttpResponse:
    """Bring somebody into the team, and say what stands between them and the review."""
    found = Review.objects.visible_to(request.user).select_related("academy", "lead")
    review = get_object_or_404(found, pk=review_id)
    today = timezone.localdate()
    people = queries.team_candidates(viewer=request.user, on=today, review=review)
    form = review_forms.MemberForm(data=sent(request), people=review_forms.by_id(people), nobody="")
    if form.is_valid():
        with refusals_in(form):
            member = Member(**form.cleaned_data)
            operations.join(review=review, member=member, by=request.user, on=today)
            return done(request, SHOWN, review.pk, said=f"{member.person.name} joined the team.")
    context = {"review": review, "form": form, "may": may_restaff(request.user, review)}
    return page(request, "reviews/members/join.html", context, status=status_of(form))


@screen(Capability.REVIEW_RUN, methods=("GET", "POST"))
def leave(request: SignedInRequest, member_id: UUID) -> HttpResponse:
    """Ask why, then let somebody go from the team."""
    found = ReviewTeamMember.objects.visible_to(request.user).select_related(
        "person", "review__academy", "review__lead"
    )
    member = get_object_or_404(found, pk=member_id)
    review = member.review
    form = forms.LeaveForm(sent(request))
    if form.is_valid():
        with refusals_in(form):
            operations.leave(
                member=member, by=request.user, on=timezone.localdate(), **form.cleaned_data
            )
            return done(request, SHOWN, review.pk, said=f"{member.person.name} left the team.")
    planned = list(system_planned(review.pk, member.person_id))
    may = rules.may_leave(request.user, member, planned=planned)
    context = {"member": member, "review": review, "form": form, "may": may}
    return page(request, "reviews/members/leave.html", context, status=status_of(form))
