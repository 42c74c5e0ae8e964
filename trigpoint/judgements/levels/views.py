"""Screens of judgements: making them, and why a level is what it is."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from trigpoint.judgements.levels import forms, operations, queries, rules
from trigpoint.judgements.levels.models import Judgement
from trigpoint.judgements.strength import rules as strength
from trigpoint.people.requests import SignedInRequest
from trigpoint.people.roles import Capability
from trigpoint.policies.models import Standard
from trigpoint.policies.settings.rules import strength_settings
from trigpoint.policies.standards.queries import breaks_in_full
from trigpoint.policies.standards.rules import Breaks
from trigpoint.reviews.models import Review
from trigpoint.web.drawings import Point
from trigpoint.web.screens import done, page, refusals_in, screen, sent, status_of


@screen(Capability.JUDGEMENT_VIEW, methods=("GET", "POST"))
def judge(request: SignedInRequest, review_id: UUID) -> HttpResponse:
    """Give the standards and areas of a review their levels: first which, then at what level."""
    reviews = Review.objects.visible_to(request.user).select_related("academy", "lead")
    review = get_object_or_404(reviews, pk=review_id)
    places = queries.places(viewer=request.user, review=review)
    chosen = _chosen(request, places)
    earlier = _earlier(request, review, chosen)
    form = _form(request, places, chosen, earlier)
    if isinstance(form, forms.JudgeForm) and form.is_valid():
        with refusals_in(form):
            operations.judge(review=review, by=request.user, on=timezone.localdate(), **form.said())
            said = "Judgement made, in words." if form.scale.is_in_words else "Judgement made."
            return done(request, "judgements:levels-judge", review.pk, said=said)
    context = {
        "review": review,
        "places": places,
        "chosen": chosen,
        "is_ready": any(it.agreed for it in places),
        "earlier": earlier,
        "form": form,
        "may": rules.may_judge(request.user, review),
        "is_held_back": rules.holds_back(request.user, review)
        and not any(it.judgement for it in places),
    }
    return page(request, "judgements/levels/judge.html", context, status=status_of(form))


def _chosen(request: SignedInRequest, places: list[queries.Place]) -> queries.Place | None:
    """Return what is judged, of what has an agreed claim: what was sent, else what was asked for."""
    wanted = request.POST.get("place") or request.GET.get("place")
    return next((it for it in places if it.agreed and it.key == wanted), None)


def _form(
    request: SignedInRequest,
    places: list[queries.Place],
    chosen: queries.Place | None,
    earlier: Judgement | None,
) -> forms.JudgeForm | forms.ChooseForm:
    """Ask what is judged; once that is chosen, ask for its level, or for what was found."""
    if chosen is None:
        waiting = [it for it in places if it.agreed and not it.judgement]
        return forms.ChooseForm(sent(request), places=waiting)
    first = _first(chosen, earlier)
    return forms.JudgeForm(sent(request), place=chosen, viewer=request.user, initial=first)


def _earlier(
    request: SignedInRequest, review: Review, chosen: queries.Place | None
) -> Judgement | None:
    """Return what a self-review starts from where nothing is judged in it yet."""
    if chosen is None or chosen.judgement:
        return None
    return queries.earlier(viewer=request.user, review=review, place=chosen)


def _first(chosen: queries.Place, earlier: Judgement | None) -> dict[str, object]:
    """Return what the form opens with: what was judged, or what the school judged last time."""
    if made := chosen.judgement:
        return {"level": made.level_id, "rationale": made.rationale}
    if earlier:
        level = earlier.now_level  # type: ignore[attr-defined]  # annotated
        return {"level": level, "rationale": earlier.rationale}
    return {}


@screen(Capability.JUDGEMENT_VIEW)
def show(request: SignedInRequest, judgement_id: UUID) -> HttpResponse:
    """Why this level: how well it is known, what is behind it, and how it moved."""
    judgement = get_object_or_404(queries.find(viewer=request.user), pk=judgement_id)
    reads_claims = rules.may_read_claims(request.user, judgement)
    claims = list(queries.behind(viewer=request.user, judgement=judgement)) if reads_claims else []
    history = queries.history(viewer=request.user, judgement=judgement)
    own, trust = _views(history)
    broken = breaks_in_full(viewer=request.user)
    context = {
        "judgement": judgement,
        "weight": strength.explain(
            judgement.strength_facts,
            strength_settings(judgement.review.policy_version.settings),
        ),
        "sampled": queries.sampled(viewer=request.user, judgement=judgement),
        "reads_claims": reads_claims,
        "reads_words": rules.may_read_words(request.user, judgement),
        "claims": claims,
        "answers": queries.answers(viewer=request.user, claims=claims) if claims else [],
        "history": history,
        "points": _points(history, judgement, broken),
        "own": own,
        "own_level": own.level if own else None,
        "trust": trust,
        "trust_level": trust.level if trust else None,
        "views_meaning": _between_views(own, trust, broken),
        "provisional": rules.why_provisional(judgement),
        "is_latest": judgement in (own, trust),
    }
    return page(request, "judgements/levels/show.html", context)


@screen(Capability.JUDGEMENT_VIEW)
def for_standard(request: SignedInRequest, standard_id: UUID) -> HttpResponse:
    """Show how the academies stand on one standard: a panel of the standard's page."""
    standard = get_object_or_404(Standard.objects.visible_to(request.user), pk=standard_id)
    latest = queries.latest_by_academy(viewer=request.user, standard=standard)
    context = {"standard": standard, "latest": latest}
    return page(request, "judgements/levels/for_standard.html", context, fragment="panel")


def _views(history: list[Judgement]) -> tuple[Judgement | None, Judgement | None]:
    """Return the latest judgement by the school itself, and the latest by anybody else."""
    own = [it for it in history if it.perspective == Judgement.Perspective.SELF]
    others = [it for it in history if it.perspective != Judgement.Perspective.SELF]
    return next(iter(own), None), next(iter(others), None)


def _between_views(own: Judgement | None, trust: Judgement | None, broken: Breaks) -> str:
    """Say what changed in meaning between the school's view and the trust's, whichever was first."""
    if own is None or trust is None:
        return ""
    older, newer = sorted((own, trust), key=lambda it: it.version)  # type: ignore[attr-defined]  # from queries.history
    return rules.meaning_between(older, newer, broken)


def _points(history: list[Judgement], judgement: Judgement, broken: Breaks) -> list[Point]:
    """Return how the level moved from the same point of view, oldest first, at most eight."""
    own = judgement.perspective == Judgement.Perspective.SELF
    same = [it for it in history if (it.perspective == Judgement.Perspective.SELF) == own]
    oldest_first = same[:8][::-1]
    return [
        Point(
            when=f"{it.made_on:%b %Y}",
            level=it.level,
            breaks=place > 0 and bool(rules.meaning_between(oldest_first[place - 1], it, broken)),
        )
        for place, it in enumerate(oldest_first)
    ]
