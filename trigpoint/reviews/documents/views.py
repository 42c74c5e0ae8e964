"""Screens of documents: the notice to the academy with what to send; ask, drop, hand over."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from trigpoint.people.roles import Capability
from trigpoint.reviews.documents import forms, operations, queries, rules
from trigpoint.reviews.documents.models import ReviewDocument
from trigpoint.reviews.reviews import queries as reviews
from trigpoint.reviews.reviews.models import Review
from trigpoint.reviews.timetable import rules as timetable
from trigpoint.web.screens import done, page, refusals_in, screen, sent, status_of

if TYPE_CHECKING:
    from trigpoint.people.requests import SignedInRequest

INDEX = "reviews:documents-index"


@screen(Capability.REVIEW_VIEW)
def index(request: "SignedInRequest", review_id: UUID) -> HttpResponse:
    """Show the notice to the academy: what is coming, why, what to send, what it costs."""
    viewer, review = request.user, _review(request, review_id)
    appointments = reviews.timetable(review, viewer=viewer)
    documents = list(queries.register(review, viewer=viewer))
    for document in documents:
        document.review = review
    deadlines = {it.step: it.due_on for it in review.deadlines.all()}
    context = {
        "review": review,
        "areas": review.areas.order_by("position", "id"),
        "lines": reviews.lines(review, viewer=viewer),
        "members": reviews.members(review, viewer=viewer, on=timezone.localdate()),
        "days": timetable.by_day(appointments, at=timezone.now()),
        "hours": timetable.hours(appointments),
        "documents_due": deadlines.get("DOCUMENTS"),
        "final_due": deadlines.get("FINAL"),
        "rows": [
            (it, rules.may_hand_over(viewer, it), rules.may_drop(viewer, it)) for it in documents
        ],
        "may": rules.may_ask(viewer, review),
    }
    return page(request, "reviews/documents/index.html", context)


@screen(Capability.REVIEW_RUN, methods=("GET", "POST"))
def ask(request: "SignedInRequest", review_id: UUID) -> HttpResponse:
    """Ask the academy for documents."""
    review = _review(request, review_id)
    form = forms.AskForm(sent(request))
    if form.is_valid():
        with refusals_in(form):
            titles = form.cleaned_data["titles"]
            operations.ask(review=review, titles=titles, by=request.user)
            return done(request, INDEX, review.pk, said="Asked for.")
    context = {"review": review, "form": form, "may": rules.may_ask(request.user, review)}
    return page(request, "reviews/documents/ask.html", context, status=status_of(form))


@screen(Capability.REVIEW_RUN, methods=("POST",))
def drop(request: "SignedInRequest", document_id: UUID) -> HttpResponse:
    """No longer ask for a document."""
    review = operations.drop(document=_find(request, document_id), by=request.user)
    return done(request, INDEX, review.pk, said="No longer asked for.")


@screen(Capability.REVIEW_VIEW, methods=("GET", "POST"))
def hand_over(request: "SignedInRequest", document_id: UUID) -> HttpResponse:
    """Say that a document is there, and where."""
    document = _find(request, document_id)
    form = forms.HandOverForm(
        sent(request), title=document.title, initial={"where": document.where}
    )
    if form.is_valid():
        with refusals_in(form):
            operations.hand_over(
                document=document,
                where=form.cleaned_data["where"],
                by=request.user,
                on=timezone.localdate(),
            )
            return done(request, INDEX, document.review_id, said="Handed over.")
    may = rules.may_hand_over(request.user, document)
    context = {"document": document, "review": document.review, "form": form, "may": may}
    return page(request, "reviews/documents/hand_over.html", context, status=status_of(form))


def _review(request: "SignedInRequest", review_id: UUID) -> Review:
    found = Review.objects.visible_to(request.user).select_related(
        "academy", "lead", "nominee", "policy_version"
    )
    return get_object_or_404(found, pk=review_id)


def _find(request: "SignedInRequest", document_id: UUID) -> ReviewDocument:
    found = ReviewDocument.objects.visible_to(request.user).select_related(
        "review__academy", "review__lead"
    )
    return get_object_or_404(found, pk=document_id)
