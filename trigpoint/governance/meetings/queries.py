"""Meetings, what they had before them, what they asked and what they decided."""

from typing import TYPE_CHECKING

from django.db.models import Count, F, Q, QuerySet

from trigpoint.governance.meetings.models import Challenge, Decision, Meeting, Paper
from trigpoint.reporting.models import Report
from trigpoint.trusts.models import Body

if TYPE_CHECKING:
    from trigpoint.people.models import User

LATEST = 5


def register(*, viewer: "User") -> "QuerySet[Meeting]":
    """Return the meetings one may view, latest first, with counts of papers and open questions."""
    return (
        Meeting.objects.visible_to(viewer)
        .select_related("body")
        .annotate(
            paper_count=Count("papers", distinct=True),
            open_count=Count(
                "challenges",
                filter=~Q(challenges__status=Challenge.Status.CLOSED),
                distinct=True,
            ),
        )
        .order_by("-held_on", "id")
    )


def papers(*, viewer: "User", meeting: Meeting) -> "QuerySet[Paper]":
    """Return what a meeting had before it, in order."""
    found = Paper.objects.visible_to(viewer).filter(meeting=meeting)
    return found.select_related("report__academy", "report__review").order_by("position")


def challenges(*, viewer: "User", meeting: Meeting | None = None) -> "QuerySet[Challenge]":
    """Return a meeting's questions in the order they were put; without one, the latest of all."""
    found = Challenge.objects.visible_to(viewer).select_related("meeting__body", "asked_by")
    if meeting:
        return found.filter(meeting=meeting).order_by("created_at", "id")
    return found.order_by("-created_at", "id")[:LATEST]


def decisions(*, viewer: "User", meeting: Meeting | None = None) -> "QuerySet[Decision]":
    """Return a meeting's decisions; without one, the latest to follow up."""
    found = Decision.objects.visible_to(viewer).select_related("meeting__body")
    if meeting:
        return found.filter(meeting=meeting).order_by("created_at", "id")
    return found.order_by(F("follow_up_on").desc(nulls_last=True), "-created_at", "id")[:LATEST]


def bodies(*, viewer: "User") -> "QuerySet[Body]":
    """Return the bodies one may call a meeting of."""
    callable_at = viewer.access.where("meetings.call")
    return Body.objects.visible_to(viewer).filter(callable_at).order_by("kind", "name", "id")


def reports_to_table(*, viewer: "User", meeting: Meeting) -> "QuerySet[Report]":
    """Return the final reports that concern the body and are not before the meeting yet."""
    found = Report.objects.visible_to(viewer).filter(status=Report.Status.FINAL)
    if meeting.body.academy_id:
        found = found.filter(academy=meeting.body.academy_id)
    already = meeting.papers.filter(report__isnull=False).values("report")
    return found.exclude(pk__in=already).order_by("-finalised_at", "id")
