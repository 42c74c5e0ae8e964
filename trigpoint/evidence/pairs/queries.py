"""The paired visits of a review, and the two accounts of one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Count, F, Prefetch, Q

from trigpoint.evidence.entries.models import EarlierVersion, EvidenceRecord, LookForMark
from trigpoint.evidence.pairs.rules import Line, Tally, choices_beside, marks_beside, tally
from trigpoint.people.models import Person
from trigpoint.reviews.models import Activity, Review

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from trigpoint.people.models import User

HANDED_IN = ~Q(status=EvidenceRecord.Status.DRAFT)


@dataclass(frozen=True, slots=True)
class Rater:
    """One of the two: whether they have handed in, and their record where the viewer may read it."""

    person: Person
    has_handed_in: bool
    record: EvidenceRecord | None = None
    is_corrected: bool = False


@dataclass(frozen=True, slots=True)
class Pair:
    """A paired visit as one viewer sees it; ``lines`` only where both accounts are theirs to read."""

    activity: Activity
    raters: Sequence[Rater]
    marks: Sequence[Line] = ()
    choices: Sequence[Line] = ()

    @property
    def waiting(self) -> list[str]:
        """The names of those who have not handed in."""
        return [it.person.name for it in self.raters if not it.has_handed_in]

    @property
    def is_open(self) -> bool:
        """Say whether the two may read each other."""
        return bool(self.activity.opened_because) or not self.waiting

    @property
    def is_beside(self) -> bool:
        """Say whether the viewer has both accounts before them."""
        return self.is_open and sum(it.record is not None for it in self.raters) > 1

    @property
    def tally(self) -> Tally:
        """How often the two agree."""
        return tally([*self.marks, *self.choices])


def paired(*, viewer: "User") -> "QuerySet[Activity]":
    """Return the paired visits the viewer may know of, with their review and two observers."""
    return (
        Activity.objects.visible_to(viewer)
        .filter(is_paired=True)
        .select_related("review__academy", "review__lead", "instrument_version")
        .prefetch_related(Prefetch("reviewers", Person.objects.order_by("name", "id")))
    )


def of_review(review: Review, *, viewer: "User") -> "QuerySet[Activity]":
    """Return a review's paired visits in time order, with how many of the two handed in."""
    by_the_two = ~Q(evidence__status="DRAFT") & Q(evidence__author__activities=F("pk"))
    count = Count("evidence__author", filter=by_the_two, distinct=True)
    found = paired(viewer=viewer).filter(review=review)
    return found.annotate(handed_in=count).order_by("starts_at", "id")


def system_is_handed_in(activity: Activity) -> bool:
    """Say whether one of the two has handed in a record of a visit."""
    raters = activity.reviewers.values("pk")
    return EvidenceRecord.objects.filter(HANDED_IN, activity=activity, author__in=raters).exists()


def pair(activity: Activity, *, viewer: "User") -> Pair:
    """Return the two accounts of a visit, each the first its observer handed in."""
    handed_in = EvidenceRecord.objects.filter(HANDED_IN, activity=activity)
    authors = set(handed_in.values_list("author_id", flat=True))
    readable = handed_in.visible_to(viewer).order_by("-submitted_at", "id")
    first = {it.author_id: it for it in readable}  # the last word has the earliest
    corrected = _corrected(viewer, [it.pk for it in first.values()])
    raters = [
        Rater(
            it,
            it.pk in authors,
            first.get(it.pk),
            is_corrected=it.pk in first and first[it.pk].pk in corrected,
        )
        for it in activity.reviewers.all()
    ]
    found = Pair(activity, raters)
    return _beside(found, viewer) if found.is_beside else found


def _corrected(viewer: "User", records: list[UUID]) -> set[UUID]:
    earlier = EarlierVersion.objects.visible_to(viewer).filter(record__in=records)
    return set(earlier.values_list("record_id", flat=True))


def _beside(found: Pair, viewer: "User") -> Pair:
    one, other = (it.record for it in found.raters if it.record)
    marks = (
        LookForMark.objects.visible_to(viewer)
        .filter(record__in=[one, other])
        .order_by("look_for__standard__position", "look_for__position", "look_for_id")
        .values_list("record_id", "look_for_id", "look_for__text", "seen")
    )
    labels: dict[UUID, str] = {}
    seen: dict[UUID, dict[UUID, str]] = {one.pk: {}, other.pk: {}}
    for record_id, look_for, label, mark in marks:
        labels[look_for] = label
        seen[record_id][look_for] = mark
    form = found.activity.instrument_version.content
    return Pair(
        found.activity,
        found.raters,
        marks=marks_beside(labels, seen[one.pk], seen[other.pk]),
        choices=choices_beside(form, one.answers, other.answers),
    )
