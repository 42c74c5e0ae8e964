"""Academies, teams and activities in which somebody may record evidence."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from trigpoint.evidence.contents.rules import RecordContent
from trigpoint.people.roles import Capability
from trigpoint.reviews.models import Activity, Review
from trigpoint.reviews.reviews.rules import OVER
from trigpoint.trusts.models import Academy, Team

if TYPE_CHECKING:
    from trigpoint.people.models import User


@dataclass(frozen=True, slots=True)
class Placing:
    """Where a new record would go."""

    academy: Academy
    review: Review | None = None
    activity: Activity | None = None


def placing(content: RecordContent, *, viewer: "User", hold: bool = False) -> Placing | None:
    """Return the place a content names; None when any of it is not the viewer's to see.

    With ``hold`` nobody else begins a record in that academy until the transaction ends.
    """
    review = activity = None
    if content.activity_id:
        found = Activity.objects.visible_to(viewer).filter(pk=content.activity_id)
        if hold:
            found = found.select_for_update(of=("review__academy",), no_key=True)
        around = ("review__academy", "review__policy_version", "instrument_version")
        activity = found.select_related(*around).first()
        review = activity.review if activity else None
    elif content.review_id:
        asked = Review.objects.visible_to(viewer).filter(pk=content.review_id)
        if hold:
            asked = asked.select_for_update(of=("academy",), no_key=True)
        review = asked.select_related("academy", "policy_version").first()
    if review:
        fits = content.academy_id in (None, review.academy_id)
        return Placing(review.academy, review, activity) if fits else None
    if content.activity_id or content.review_id:
        return None
    academies = Academy.objects.filter(trust=viewer.trust_id, pk__in=[content.academy_id])
    if hold:
        academies = academies.select_for_update(no_key=True)
    academy = academies.first()
    return Placing(academy) if academy else None


def my_activities(*, viewer: "User", on: date) -> "QuerySet[Activity]":
    """Return what the viewer themselves is still to do, from a week before a day on, in time order."""
    return (
        Activity.objects.visible_to(viewer)
        .filter(
            reviewers=viewer.person_id,
            starts_at__date__gte=on - timedelta(days=7),
            status=Activity.Status.PLANNED,
        )
        .exclude(Q(review__status__in=OVER) | Q(evidence__author=viewer.person_id))
        .select_related("review__academy")
        .distinct()
        .order_by("starts_at", "id")
    )


def places(*, viewer: "User") -> "QuerySet[Academy]":
    """Return the academies where the viewer may record evidence, for a record of no activity."""
    return (
        Academy.objects.filter(
            viewer.access.where(Capability.EVIDENCE_CAPTURE, academy="id", team="teams"),
            closed_on=None,
        )
        .distinct()
        .order_by("name", "id")
    )


def own_teams(*, viewer: "User") -> "QuerySet[Team]":
    """Return the teams the viewer may record evidence for, where not for the whole academy."""
    held = viewer.access.where
    whole = Academy.objects.filter(held(Capability.EVIDENCE_CAPTURE, academy="id"))
    return (
        Team.objects.filter(held(Capability.EVIDENCE_CAPTURE, academy="", team="id"))
        .filter(academy__isnull=False, academy__closed_on=None)
        .exclude(academy__in=whole)
        .select_related("academy")
        .order_by("academy__name", "name", "id")
    )
