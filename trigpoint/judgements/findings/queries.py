"""Lists of findings, and the choices there are when one is raised."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q, QuerySet

from trigpoint.evidence.models import EvidenceRecord
from trigpoint.judgements.findings.models import Finding, Theme
from trigpoint.people.models import Person
from trigpoint.reviews.models import Review

if TYPE_CHECKING:
    from trigpoint.people.models import User


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is narrowed to; empty is everything. Academy and theme are ids as text."""

    kind: str = ""
    scope: str = ""
    area: str = ""
    academy: str = ""
    theme: str = ""


def register(*, viewer: "User", wanted: Wanted | None = None) -> QuerySet[Finding]:
    """Return findings, the latest first, each with its academy, area, theme and whom it is about."""
    found = (
        Finding.objects.visible_to(viewer)
        .select_related("academy", "area", "theme", "team", "person", "review")
        .order_by("-raised_on", "-created_at", "id")
    )
    if wanted is None:
        return found
    narrowed = {
        "kind": wanted.kind,
        "scope": wanted.scope,
        "area__lineage": wanted.area,
        "academy": wanted.academy,
        "theme": wanted.theme,
    }
    return found.filter(**{name: value for name, value in narrowed.items() if value})


def find(*, viewer: "User") -> QuerySet[Finding]:
    """Return findings with everything one finding's page says."""
    return Finding.objects.visible_to(viewer).select_related(
        "academy",
        "area",
        "standard",
        "theme",
        "team",
        "person",
        "review__lead",
        "claim",
        "raised_by",
    )


def themes(*, viewer: "User") -> QuerySet[Theme]:
    """Return the trust's themes by name."""
    return Theme.objects.visible_to(viewer).order_by("name", "id")


def people(*, viewer: "User", review: Review, on: date) -> QuerySet[Person]:
    """Return whom a finding may be about: staff the viewer may see there, and people they observed."""
    seen = EvidenceRecord.objects.visible_to(viewer).filter(review=review, observed__isnull=False)
    staff = Person.objects.visible_to(viewer).filter(posts__academy=review.academy_id)
    either = Q(pk__in=seen.values("observed_id")) | Q(pk__in=staff.values("pk"))
    return Person.objects.here(on=on).filter(either).order_by("name", "id")


def system_of_review(review_id: UUID) -> QuerySet[Finding]:
    """Return the findings of a review that stand."""
    return Finding.objects.standing().filter(review=review_id)
