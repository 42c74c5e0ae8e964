"""Screens of one proposed review: why it is so, moving it, agreeing it, leaving it out."""

from contextlib import nullcontext
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from trigpoint.people.requests import SignedInRequest
from trigpoint.people.roles import Capability
from trigpoint.records.revisions import revision_of
from trigpoint.reviews.charts.rules import numbered
from trigpoint.reviews.programme import queries as programmes
from trigpoint.reviews.programme.models import Programme, ProgrammeSlot
from trigpoint.reviews.promises.rules import label
from trigpoint.reviews.slots import forms, operations, rules
from trigpoint.web.screens import done, is_htmx, page, refusals_in, screen, sent, status_of

CHART, CHANGED = "reviews:charts-show", "programme-changed"


@screen(Capability.PROGRAMME_VIEW)
def show(request: SignedInRequest, slot_id: UUID) -> HttpResponse:
    """Show one proposed review with its reasons, as a page or in the side panel."""
    slot = _find(request, slot_id)
    context = {
        "slot": slot,
        "what": label(slot.kind),
        "may_move": rules.may_move(request.user, slot),
        "may_agree": rules.may_agree(request.user, slot),
        "may_drop": rules.may_drop(request.user, slot),
        "may_restore": rules.may_restore(request.user, slot),
    }
    return page(request, "reviews/slots/show.html", context, fragment="why")


@screen(Capability.REVIEW_PLAN, methods=("GET", "POST"))
def move(request: SignedInRequest, slot_id: UUID) -> HttpResponse:
    """Move a proposed review to another week or day, or give it other people."""
    slot, today = _find(request, slot_id), timezone.localdate()
    form = _move_form(request, slot)
    if form.is_valid():
        people = (slot.lead_id, *(person.pk for person in slot.team.all()))
        to = form.move(now=slot.starts_on, people=people)
        # Dragged, there is no form on the page: the refusal's own sentence is shown above it.
        with nullcontext() if is_htmx(request) else refusals_in(form):
            slot = operations.move(slot=slot, to=to, by=request.user, on=today)
            said = f"Moved to {slot.starts_on:%-d %B}."
            return done(request, CHART, said=said, event=CHANGED)
    context = {
        "slot": slot,
        "what": label(slot.kind),
        "form": form,
        "may": rules.may_move(request.user, slot),
    }
    return page(request, "reviews/slots/move.html", context, status=status_of(form))


def _move_form(request: SignedInRequest, slot: ProgrammeSlot) -> forms.MoveForm:
    """Return the form with the school weeks still ahead and the reviewers there are."""
    today = timezone.localdate()
    gathered = programmes.system_gather(slot.programme.year, on=today)
    weeks = numbered(gathered.year) if gathered else {}
    to_come = [
        (monday, f"Week {number}, from {monday:%-d %B}")
        for monday, number in weeks.items()
        if monday >= today
    ]
    reviewers = gathered.year.reviewers if gathered else ()
    is_own = slot.kind == "SELF"
    people = [] if is_own else [(one.person_id, one.name) for one in reviewers]
    return forms.MoveForm(sent(request), weeks=to_come, people=people)


@screen(Capability.REVIEW_PLAN, methods=("POST",))
def agree(request: SignedInRequest, slot_id: UUID) -> HttpResponse:
    """Turn a proposed review into a planned one."""
    slot = _find(request, slot_id)
    review = operations.agree(slot=slot, by=request.user, on=timezone.localdate())
    said = f"Agreed: {review.title} at {slot.academy.name} is planned."
    return done(request, CHART, said=said, event=CHANGED)


@screen(Capability.PROGRAMME_PROPOSE, methods=("GET", "POST"))
def agree_all(request: SignedInRequest, programme_id: UUID) -> HttpResponse:
    """Ask first, then agree everything that was shown, and say what could not be."""
    viewer = request.user
    found = Programme.objects.visible_to(viewer).select_related("year", "trust")
    programme = get_object_or_404(found, pk=programme_id)
    proposed = list(programmes.slots(programme, viewer=viewer).filter(status="PROPOSED"))
    seen = revision_of(f"{it.pk} {it.starts_on}" for it in proposed)
    if request.method == "POST" and request.POST.get("seen") == seen:
        agreed, refused = operations.agree_all(
            programme=programme, by=viewer, on=timezone.localdate()
        )
        context: dict[str, object] = {"agreed": agreed, "refused": refused}
        if refused:
            return page(request, "reviews/slots/agreed.html", context)
        return done(request, CHART, said=f"{agreed} agreed and planned.")
    is_stale = request.method == "POST"
    context = {
        "programme": programme,
        "proposed": [(it, label(it.kind)) for it in proposed],
        "seen": seen,
        "is_stale": is_stale,
        "may": rules.may_agree_all(viewer, programme),
    }
    return page(request, "reviews/slots/agree_all.html", context, status=409 if is_stale else 200)


@screen(Capability.REVIEW_PLAN, methods=("GET", "POST"))
def drop(request: SignedInRequest, slot_id: UUID) -> HttpResponse:
    """Ask why, then leave a proposed review out of the year."""
    slot = _find(request, slot_id)
    form = forms.DropForm(sent(request))
    if form.is_valid():
        with refusals_in(form):
            operations.drop(
                slot=slot, by=request.user, on=timezone.localdate(), **form.cleaned_data
            )
            return done(request, CHART, said="Left out of the year.")
    context = {
        "slot": slot,
        "what": label(slot.kind),
        "form": form,
        "may": rules.may_drop(request.user, slot),
    }
    return page(request, "reviews/slots/drop.html", context, status=status_of(form))


@screen(Capability.REVIEW_PLAN, methods=("POST",))
def restore(request: SignedInRequest, slot_id: UUID) -> HttpResponse:
    """Take a dropped review up again."""
    slot = _find(request, slot_id)
    operations.restore(slot=slot, by=request.user, on=timezone.localdate())
    return done(request, CHART, said="Taken up again.", event=CHANGED)


def _find(request: SignedInRequest, slot_id: UUID) -> ProgrammeSlot:
    found = (
        ProgrammeSlot.objects.visible_to(request.user)
        .select_related("academy", "lead", "programme__year", "review")
        .prefetch_related("team")
    )
    return get_object_or_404(found, pk=slot_id)
