"""What a member of staff sees about themselves, and who else sees it."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from trigpoint.evidence.models import EvidenceRecord, Reply
from trigpoint.improvement.models import Action
from trigpoint.judgements.models import Finding
from trigpoint.reviews.models import Activity, Review
from trigpoint.reviews.visits.queries import system_stays
from trigpoint.reviews.visits.rules import visited

if TYPE_CHECKING:
    from trigpoint.people.models import User

SHARED = (EvidenceRecord.Status.SHARED, EvidenceRecord.Status.LOCKED)


@dataclass(frozen=True, slots=True)
class VisitBudget:
    """Visits of one school year: those made, those still to come, minutes of those made."""

    used: int
    booked: int
    minutes_used: int
    most: int
    most_minutes: int

    @property
    def left(self) -> int:
        """Visits still possible without a logged reason; never below 0."""
        return max(self.most - self.used - self.booked, 0)


def feedback(*, viewer: "User") -> QuerySet[EvidenceRecord]:
    """Return records shared with the viewer about themselves, newest first, replies loaded."""
    return (
        EvidenceRecord.objects.visible_to(viewer)
        .filter(observed_id=viewer.person_id, status__in=SHARED)
        .select_related("author", "academy")
        .prefetch_related(
            "notes",
            Prefetch("replies", Reply.objects.select_related("author").order_by("replied_at")),
        )
        .order_by("-observed_at", "-id")[:10]
    )


def next_visits(*, viewer: "User", at: datetime) -> QuerySet[Activity]:
    """Return visits to the viewer that are, or were, still to come, soonest first.

    A person sees who comes, when and why, whether or not they may open the review; and which
    visits are called off.
    """
    ahead = (Activity.Status.PLANNED, Activity.Status.OFF)
    return (
        Activity.objects.filter(observed_id=viewer.person_id, status__in=ahead, ends_at__gte=at)
        .exclude(review__status=Review.Status.CANCELLED)
        .select_related("review")
        .prefetch_related("reviewers")
        .order_by("starts_at", "id")
    )


def budget(*, viewer: "User", at: datetime) -> VisitBudget:
    """Count this school year's visits to the viewer across all observers, as planning does."""
    trust = viewer.person.trust
    stays = system_stays(viewer.person, trust, day=timezone.localtime(at).date())
    made = visited(stay for stay in stays if stay.starts_at <= at)
    return VisitBudget(
        used=made.count,
        booked=visited(stays).count - made.count,
        minutes_used=made.minutes,
        most=trust.visit_budget_count,
        most_minutes=trust.visit_budget_minutes,
    )


def findings(*, viewer: "User") -> QuerySet[Finding]:
    """Return what was published about the viewer, newest first."""
    return (
        Finding.objects.visible_to(viewer)
        .filter(person_id=viewer.person_id, status=Finding.Status.PUBLISHED)
        .select_related("area", "theme")
        .order_by("-raised_on", "id")[:5]
    )


def own_actions(*, viewer: "User") -> QuerySet[Action]:
    """Return the viewer's own actions that are not closed, soonest due first."""
    return (
        Action.objects.visible_to(viewer)
        .filter(owner_id=viewer.person_id)
        .exclude(status=Action.Status.CLOSED)
        .order_by("due_on", "id")
    )
