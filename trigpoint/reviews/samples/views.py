"""Screens of samples: what was drawn and what is left unseen; draw."""

from secrets import randbelow
from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from trigpoint.people.roles import Capability
from trigpoint.policies.settings.rules import number
from trigpoint.reviews.reviews.models import Review
from trigpoint.reviews.samples import forms, operations, queries, rules
from trigpoint.reviews.samples.operations import Question
from trigpoint.reviews.samples.rules import Frame
from trigpoint.web.screens import done, page, refusals_in, screen, sent, status_of

if TYPE_CHECKING:
    from trigpoint.people.requests import SignedInRequest


@screen(Capability.REVIEW_VIEW)
def index(request: "SignedInRequest", review_id: UUID) -> HttpResponse:
    """Show what was drawn for a review, by whom it is seen, and what no draw has come to."""
    review = _review(request, review_id)
    names = {str(it.pk): it.name for it in queries.observers(review, viewer=request.user)}
    samples = list(queries.register(review, viewer=request.user))
    drawn = [(it["subject"], it["year_group"]) for sample in samples for it in sample.drawn]
    frames = {
        cell for sample in samples for cell in Frame(sample.subjects, sample.year_groups, ()).cells
    }
    context = {
        "review": review,
        "samples": [
            (sample, [(it, names.get(it["observer"], "Somebody who left")) for it in sample.drawn])
            for sample in samples
        ],
        "unseen": rules.unseen(_in_order(review, frames), drawn),
        "may": rules.may_draw(request.user, review),
    }
    return page(request, "reviews/samples/index.html", context)


@screen(Capability.REVIEW_RUN, methods=("GET", "POST"))
def draw(request: "SignedInRequest", review_id: UUID) -> HttpResponse:
    """Draw a sample over year groups, subjects and observers, with a recorded seed."""
    review = _review(request, review_id)
    people = queries.observers(review, viewer=request.user)
    subjects, years = queries.system_subjects(review), rules.year_groups(review.academy)
    named = {part.strip() for part in review.subjects.split(",")}
    scope = [it for it in subjects if it in named]
    form = forms.DrawForm(
        sent(request),
        subjects=subjects,
        year_groups=years,
        people=people,
        initial={
            "count": number(review.policy_version.settings, "sample", "LESSON_VISIT") or 1,
            "subjects": scope or subjects,
            "year_groups": years,
            "observers": [str(it.pk) for it in people],
            "seed": 1 + randbelow(rules.MOST_SEED),
        },
    )
    if form.is_valid():
        with refusals_in(form):
            said = form.cleaned_data
            operations.draw(
                review=review,
                frame=Frame(said["subjects"], said["year_groups"], said["observers"]),
                question=Question(said["kind"], said["count"], said["seed"]),
                by=request.user,
                at=timezone.now(),
            )
            told = "Drawn. Put each on the timetable from here."
            return done(request, "reviews:samples-index", review.pk, said=told)
    context = {
        "review": review,
        "form": form,
        "ages_known": bool(years),
        "may": rules.may_draw(request.user, review),
    }
    return page(request, "reviews/samples/draw.html", context, status=status_of(form))


def _in_order(review: Review, cells: set[rules.Cell]) -> list[rules.Cell]:
    """Sort cells by year group as the school has them, then by subject."""
    years = rules.year_groups(review.academy)
    place = {year: number for number, year in enumerate(years)}
    return sorted(cells, key=lambda cell: (place.get(cell[1], len(years)), cell[1], cell[0]))


def _review(request: "SignedInRequest", review_id: UUID) -> Review:
    found = Review.objects.visible_to(request.user).select_related(
        "academy", "lead", "policy_version"
    )
    return get_object_or_404(found, pk=review_id)
