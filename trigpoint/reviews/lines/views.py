"""Screens of a line of enquiry: saying it otherwise, dropping it."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from trigpoint.people.requests import SignedInRequest
from trigpoint.people.roles import Capability
from trigpoint.reviews.lines import operations, rules
from trigpoint.reviews.reviews import forms
from trigpoint.reviews.reviews.models import LineOfEnquiry
from trigpoint.reviews.reviews.operations import Line
from trigpoint.reviews.reviews.queries import standards_to_ask
from trigpoint.web.screens import done, page, refusals_in, screen, sent, status_of

HERE = "reviews:reviews-ask"


@screen(Capability.REVIEW_RUN, methods=("GET", "POST"))
def reword(request: SignedInRequest, line_id: UUID) -> HttpResponse:
    """Say a line of enquiry otherwise."""
    line = _find(request, line_id)
    chosen = [one.pk for one in line.standards.all()]
    form = forms.RewordForm(
        sent(request),
        initial={"question": line.question, "standards": chosen},
        standards=standards_to_ask(line.review, viewer=request.user),
        suggested=line.wanted,
    )
    if form.is_valid():
        with refusals_in(form):
            operations.reword(
                line=line,
                said=Line(**form.facts()),
                base_revision=form.cleaned_data["base_revision"],
                by=request.user,
                on=timezone.localdate(),
            )
            return done(request, HERE, line.review_id, said="Line of enquiry changed.")
    context = {"line": line, "form": form, "may": rules.may_reword(request.user, line)}
    return page(request, "reviews/lines/reword.html", context, status=status_of(form))


@screen(Capability.REVIEW_RUN, methods=("GET", "POST"))
def drop(request: SignedInRequest, line_id: UUID) -> HttpResponse:
    """Ask first, then take a line out of the review."""
    line = _find(request, line_id)
    if request.method == "POST":
        operations.drop(line=line, by=request.user, on=timezone.localdate())
        return done(request, HERE, line.review_id, said="Line of enquiry dropped.")
    context = {"line": line, "may": rules.may_drop(request.user, line)}
    return page(request, "reviews/lines/drop.html", context)


def _find(request: SignedInRequest, line_id: UUID) -> LineOfEnquiry:
    found = LineOfEnquiry.objects.visible_to(request.user).select_related(
        "review__academy", "review__lead"
    )
    return get_object_or_404(found, pk=line_id)
