"""Screens of paired visits: a review's, one side by side, and opening one early."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from trigpoint.evidence.pairs import forms, operations, queries
from trigpoint.people.requests import SignedInRequest
from trigpoint.people.roles import Capability
from trigpoint.records.refusals import Verdict
from trigpoint.reviews.activities.rules import may_open
from trigpoint.reviews.models import Activity, Review
from trigpoint.web.screens import done, page, refusals_in, screen, sent, status_of

SHOW = "evidence:pairs-show"


@screen(Capability.EVIDENCE_VIEW)
def index(request: SignedInRequest, review_id: UUID) -> HttpResponse:
    """List a review's paired visits, and how far each has come."""
    review = get_object_or_404(
        Review.objects.visible_to(request.user).select_related("academy"), pk=review_id
    )
    pairs = queries.of_review(review, viewer=request.user)
    return page(request, "evidence/pairs/index.html", {"review": review, "pairs": pairs})


@screen(Capability.EVIDENCE_VIEW)
def show(request: SignedInRequest, activity_id: UUID) -> HttpResponse:
    """Show two accounts of one visit side by side, or who is still to hand in."""
    activity = _find(request, activity_id)
    pair = queries.pair(activity, viewer=request.user)
    context = {
        "activity": activity,
        "pair": pair,
        "may_open": _may_open(request, activity),
        "is_rater": _is_rater(request, activity),
    }
    return page(request, "evidence/pairs/show.html", context)


@screen(Capability.REVIEW_RUN, methods=("GET", "POST"))
def open_pair(request: SignedInRequest, activity_id: UUID) -> HttpResponse:
    """Open a pair before both have handed in, and say why."""
    activity = _find(request, activity_id)
    form = forms.OpenPairForm(sent(request))
    if form.is_valid():
        with refusals_in(form):
            operations.open_pair(activity=activity, by=request.user, **form.cleaned_data)
            return done(request, SHOW, activity_id, said="The pair is open.")
    context = {"activity": activity, "form": form, "may": _may_open(request, activity)}
    return page(request, "evidence/pairs/open_pair.html", context, status=status_of(form))


def _find(request: SignedInRequest, activity_id: UUID) -> Activity:
    return get_object_or_404(queries.paired(viewer=request.user), pk=activity_id)


def _is_rater(request: SignedInRequest, activity: Activity) -> bool:
    return request.user.person_id in [it.pk for it in activity.reviewers.all()]


def _may_open(request: SignedInRequest, activity: Activity) -> Verdict:
    return may_open(
        request.user,
        activity,
        is_rater=_is_rater(request, activity),
        is_handed_in=queries.system_is_handed_in(activity),
    )
