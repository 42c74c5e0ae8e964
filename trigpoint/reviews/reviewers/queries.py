"""Who reviews, and the facts a year is proposed from."""

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from trigpoint.people.models import Person, Post
from trigpoint.policies.settings.rules import Stored, number
from trigpoint.reviews.assignment.rules import Reviewer, Spell
from trigpoint.reviews.conflicts import rules as conflict_rules
from trigpoint.reviews.conflicts.models import ConflictOfInterest
from trigpoint.reviews.reviewers.models import ReviewerProfile
from trigpoint.reviews.reviews.queries import team_candidates

if TYPE_CHECKING:
    from trigpoint.people.models import User


def register(*, viewer: "User") -> QuerySet[ReviewerProfile]:
    """Return the reviewers one may see, by name."""
    return (
        ReviewerProfile.objects.visible_to(viewer)
        .select_related("person")
        .order_by("-is_available", "person__name", "id")
    )


def to_add(*, viewer: "User", on: date) -> QuerySet[Person]:
    """Return people who may lead or join a review and are no reviewers yet."""
    known = ReviewerProfile.objects.filter(person=OuterRef("pk"))
    return team_candidates(viewer=viewer, on=on).filter(~Exists(known))


def system_from_posts(person: Person, *, on: date, years: int) -> list[tuple[str, str]]:
    """Return what somebody's own posts stand in the way of: the academy and the words."""
    posts = Post.objects.filter(person=person, academy__isnull=False).select_related("academy")
    told = [
        (post.academy.name, conflict_rules.of_post(post, on=on, years=years))
        for post in posts.order_by("academy__name", "id")
        if post.academy
    ]
    return [(academy, words) for academy, words in told if words]


def system_reviewers(trust_id: UUID, *, on: date, settings: Stored) -> list[Reviewer]:
    """Return everybody who may be proposed, with their days, areas and conflicts."""
    profiles = (
        ReviewerProfile.objects.filter(trust=trust_id, is_available=True)
        .filter(person__in=Person.objects.here(on=on))
        .select_related("person")
        .order_by("person__name", "id")
    )
    years = number(settings, "programme", "conflict_years")
    kept_away = _kept_away(trust_id, years=years)
    homes = _homes(trust_id, on=on)
    usual = number(settings, "programme", "reviewer_days_a_term")
    return [
        Reviewer(
            person_id=it.person_id,
            name=it.person.name,
            days_a_term=usual if it.days_a_term is None else it.days_a_term,
            areas=frozenset(it.areas),
            spells=kept_away[it.person_id],
            home_id=homes.get(it.person_id),
            is_external=it.person.kind == Person.Kind.EXTERNAL,
        )
        for it in profiles
    ]


def _kept_away(trust_id: UUID, *, years: int) -> dict[UUID, list[Spell]]:
    """Return by person when and why they do not review where; what was declared is said first."""
    found: defaultdict[UUID, list[Spell]] = defaultdict(list)
    declared = ConflictOfInterest.objects.filter(trust=trust_id).order_by("-created_at", "-id")
    for conflict in declared:
        found[conflict.person_id].append(conflict_rules.spell(conflict, years=years))
    for post in _posts(trust_id):
        found[post.person_id] += conflict_rules.post_spells(post, years=years)
    return found


def _posts(trust_id: UUID) -> QuerySet[Post]:
    """Return the posts at academies that reviewers hold or held."""
    return Post.objects.filter(
        trust=trust_id, academy__isnull=False, person__reviewer_profile__isnull=False
    ).order_by(F("ends_on").desc(nulls_first=True), "id")


def _homes(trust_id: UUID, *, on: date) -> dict[UUID, UUID]:
    """Return the academy each reviewer works at now, where they work at one."""
    held = _posts(trust_id).filter(
        Q(starts_on=None) | Q(starts_on__lte=on), Q(ends_on=None) | Q(ends_on__gte=on)
    )
    return {post.person_id: post.academy_id for post in held.reverse() if post.academy_id}
