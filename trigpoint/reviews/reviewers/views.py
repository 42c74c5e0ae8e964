"""Screens of reviewers: who they are, what they know, and where they must not."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from trigpoint.people.models import Person
from trigpoint.people.requests import SignedInRequest
from trigpoint.people.roles import Capability
from trigpoint.policies.models import Area
from trigpoint.policies.settings.rules import number
from trigpoint.policies.versions import queries as versions
from trigpoint.reviews.conflicts import queries as conflicts
from trigpoint.reviews.conflicts import rules as conflict_rules
from trigpoint.reviews.reviewers import forms, operations, queries, rules
from trigpoint.reviews.reviewers.models import ReviewerProfile
from trigpoint.web.screens import done, page, refusals_in, screen, sent, status_of

SHOWN = "reviews:reviewers-show"


@screen(Capability.REVIEWER_VIEW)
def index(request: SignedInRequest) -> HttpResponse:
    """List the reviewers: the days they give, the areas they know."""
    names = dict(_areas(request))
    rows = [
        {"profile": it, "areas": [names[one] for one in it.areas if one in names]}
        for it in queries.register(viewer=request.user)
    ]
    context = {
        "rows": rows,
        "usual": _setting(request, "reviewer_days_a_term"),
        "may_add": request.user.access.is_trust_wide(Capability.REVIEWER_ADD),
    }
    return page(request, "reviews/reviewers/index.html", context)


@screen(Capability.OWN_VIEW)
def show(request: SignedInRequest, person_id: UUID) -> HttpResponse:
    """Show one reviewer with the conflicts of interest that keep them from academies."""
    found = ReviewerProfile.objects.visible_to(request.user).select_related("person")
    profile = get_object_or_404(found, person=person_id)
    today, years = timezone.localdate(), _setting(request, "conflict_years")
    declared = conflicts.of(profile.person, viewer=request.user)
    names = dict(_areas(request))
    context = {
        "profile": profile,
        "areas": [names[one] for one in profile.areas if one in names],
        "usual": _setting(request, "reviewer_days_a_term"),
        "years": years,
        "today": today,
        "declared": [(it, conflict_rules.counts(it, on=today, years=years)) for it in declared],
        "found": queries.system_from_posts(profile.person, on=today, years=years),
        "may_change": rules.may_change(request.user, profile),
        "may_declare": conflict_rules.may_declare(request.user, profile.person),
        "is_own": profile.person_id == request.user.person_id,
        "may_list": request.user.access.holds(Capability.REVIEWER_VIEW),
    }
    return page(request, "reviews/reviewers/show.html", context)


@screen(Capability.REVIEW_RUN)
def own(request: SignedInRequest) -> HttpResponse:
    """Open one's own page as a reviewer; say whom to ask where there is none yet."""
    if (
        ReviewerProfile.objects.visible_to(request.user)
        .filter(person=request.user.person_id)
        .exists()
    ):
        return redirect(SHOWN, request.user.person_id)
    return page(request, "reviews/reviewers/own.html", {})


@screen(Capability.REVIEWER_ADD, methods=("GET", "POST"))
def add(request: SignedInRequest) -> HttpResponse:
    """Add somebody to those who may be proposed."""
    today = timezone.localdate()
    people = {str(it.pk): it for it in queries.to_add(viewer=request.user, on=today)}
    form = forms.AddReviewerForm(sent(request), people=people, areas=_areas(request))
    if form.is_valid():
        person: Person = form.cleaned_data["person"]
        with refusals_in(form):
            made = operations.add(person=person, facts=form.facts(), by=request.user, on=today)
            return done(
                request, SHOWN, made.person_id, said=f"{person.name} may be proposed for reviews."
            )
    context = {"form": form, "nobody": not people}
    return page(request, "reviews/reviewers/add.html", context, status=status_of(form))


@screen(Capability.REVIEWER_ADD, methods=("GET", "POST"))
def change(request: SignedInRequest, person_id: UUID) -> HttpResponse:
    """Change what somebody gives and knows."""
    found = ReviewerProfile.objects.visible_to(request.user).select_related("person")
    profile = get_object_or_404(found, person=person_id)
    initial = {
        "days_a_term": profile.days_a_term,
        "areas": profile.areas,
        "is_available": profile.is_available,
    }
    form = forms.ProfileForm(sent(request), initial=initial, areas=_areas(request))
    if form.is_valid():
        with refusals_in(form):
            operations.change(
                profile=profile, facts=form.facts(), by=request.user, on=timezone.localdate()
            )
            return done(request, SHOWN, profile.person_id, said="Changed.")
    may = rules.may_change(request.user, profile)
    context = {"profile": profile, "form": form, "may": may}
    return page(request, "reviews/reviewers/change.html", context, status=status_of(form))


def _areas(request: SignedInRequest) -> list[tuple[str, str]]:
    """Return the areas of the policy in force, by lineage."""
    version = versions.system_version_in_force(request.user.trust_id)
    found = Area.objects.visible_to(request.user).filter(version=version).order_by("position")
    return list(found.values_list("lineage", "name"))


def _setting(request: SignedInRequest, name: str) -> int:
    version = versions.system_version_in_force(request.user.trust_id)
    return number(version.settings if version else {}, "programme", name)
