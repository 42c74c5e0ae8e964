"""Claims of a review as its team and its readers need them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from trigpoint.evidence.models import EarlierVersion, EvidenceRecord, Note
from trigpoint.judgements.claims import rules
from trigpoint.judgements.claims.models import Citation, CitationQuerySet, Claim
from trigpoint.judgements.strength.rules import Cited
from trigpoint.people.names import queries as names
from trigpoint.records.searching import words_of
from trigpoint.reviews.models import Review

if TYPE_CHECKING:
    from trigpoint.people.models import User

LONGEST_NUMBER = 10  # digits; a longer one is no record's number, nor one a database can compare
FOUND_AT_MOST = 12
NOT_CITED = "NONE"


@dataclass(frozen=True, slots=True)
class Sides:
    """A claim's citations, each side oldest first; what waits for an answer comes first against."""

    supports: list[Citation] = field(default_factory=list)
    contradicts: list[Citation] = field(default_factory=list)

    @property
    def unanswered(self) -> list[Citation]:
        """Citations that contradict and nobody has answered."""
        return [it for it in self.contradicts if rules.is_unanswered(it)]

    @property
    def changed(self) -> list[Citation]:
        """Citations whose record says something else now than when it was cited."""
        return [it for it in (*self.supports, *self.contradicts) if rules.is_changed(it)]

    @property
    def counted(self) -> dict[str, Any]:
        """What signing off asks: see ``rules.may_agree``."""
        return {
            "support_count": len(self.supports),
            "unanswered": [it.record.reference for it in self.unanswered],
            "changed": [it.record.reference for it in self.changed],
        }

    @property
    def kinds_for(self) -> int:
        """How many kinds of source support it."""
        return len({it.record.kind for it in self.supports})

    @property
    def kinds_against(self) -> int:
        """How many kinds of source contradict it."""
        return len({it.record.kind for it in self.contradicts})


def of_review(*, viewer: "User", review: Review) -> list[Claim]:
    """Return the review's claims the viewer may see, in their numbers' order, withdrawn ones last."""
    found = list(
        Claim.objects.visible_to(viewer)
        .filter(review=review)
        .select_related("level", "standard", "line", "proposed_by", "agreed_by")
        .with_overtaken()
        .order_by("number", "id")
    )
    for claim in found:
        claim.review = review  # the rules ask for its lead and clock; it is loaded already
    return sorted(found, key=lambda claim: claim.status == Claim.Status.WITHDRAWN)


def find(*, viewer: "User") -> QuerySet[Claim]:
    """Return claims with everything one claim's page says."""
    found = Claim.objects.visible_to(viewer).with_overtaken()
    return found.select_related(
        "review__lead",
        "review__policy_version",
        "review__academy",
        "level",
        "standard__area__scale",
        "line",
        "proposed_by",
        "agreed_by",
    )


def sides(*, viewer: "User", claim: Claim) -> Sides:
    """Return what is cited for and against; each says whether the viewer may read its record."""
    readable = EvidenceRecord.objects.visible_to(viewer).filter(pk=OuterRef("record_id"))
    cited = Citation.objects.visible_to(viewer).annotate(is_readable=Exists(readable))
    people = ("record__author", "cited_by", "answered_by")
    return _sides(cited.filter(claim=claim).select_related(*people))


def system_sides(claim: Claim) -> Sides:
    """Return what is cited for and against, for signing off."""
    return _sides(Citation.objects.filter(claim=claim).select_related("record"))


def _sides(cited: CitationQuerySet) -> Sides:
    found = list(cited.with_change().order_by("record__number", "id"))
    against = [it for it in found if it.stance == Citation.Stance.CONTRADICTS]
    return Sides(
        [it for it in found if it.stance == Citation.Stance.SUPPORTS],
        sorted(against, key=lambda it: bool(it.answer_kind)),
    )


def uses(*, viewer: "User", record_id: UUID) -> QuerySet[Citation]:
    """Return where a record is cited, in claims the viewer may see."""
    return (
        Citation.objects.visible_to(viewer)
        .with_change()
        .filter(record_id=record_id)
        .select_related("claim__review")
        .order_by("claim__number", "id")
    )


def use_counts(*, viewer: "User", record_ids: Collection[UUID]) -> dict[UUID, int]:
    """Count, for some records, the claims the viewer may see that cite each; none is left out."""
    cited = Citation.objects.visible_to(viewer).filter(record__in=record_ids)
    counted = cited.order_by().values("record").annotate(n=Count("id"))
    return dict(counted.values_list("record", "n"))


def cited_for(strength: str, *, viewer: "User") -> Q:
    """Say which records are cited by a claim of that strength the viewer may see, or by none."""
    cited = Citation.objects.visible_to(viewer).exclude(claim__status=Claim.Status.WITHDRAWN)
    if strength == NOT_CITED:
        return ~Q(Exists(cited.filter(record=OuterRef("pk"))))
    return Q(pk__in=cited.filter(claim__strength=strength).values("record"))


def as_cited(citation: Citation | None, *, viewer: "User") -> EarlierVersion | None:
    """Return what a record said when it was cited, where it says something else now."""
    if citation is None:
        return None
    since = EarlierVersion.objects.visible_to(viewer).filter(
        record=citation.record_id, revision__gte=citation.revision
    )
    return since.order_by("revision").first()


def evidence(*, viewer: "User", review: Review, words: str = "") -> list[EvidenceRecord]:
    """Return evidence of the review that can be cited, the latest first, at most a dozen.

    Args:
        viewer: who is looking; only what they may read.
        review: the review.
        words: what to look for in titles, notes, groups and kinds; ``E30`` finds that record.

    """
    found = (
        EvidenceRecord.objects.visible_to(viewer)
        .filter(review=review, is_private=False)
        .exclude(status=EvidenceRecord.Status.DRAFT)
    )
    for word in words_of(words):
        found = found.filter(_says(word))
    return list(found.select_related("author").order_by("-observed_at", "id")[:FOUND_AT_MOST])


def _says(word: str) -> Q:
    noted = Note.objects.filter(record=OuterRef("pk"), text__icontains=word)
    said = Q(title__icontains=word) | Q(group_described__icontains=word) | Q(Exists(noted))
    said |= Q(kind__icontains=word) | Q(year_groups__icontains=word) | Q(subject__icontains=word)
    number = word.upper().removeprefix("E")
    is_number = number.isdecimal() and len(number) < LONGEST_NUMBER
    return said | Q(number=int(number)) if is_number else said


def system_cited(claim_ids: Collection[UUID]) -> list[Cited]:
    """Return what is cited by some claims, for weighing; nobody reads it as it stands."""
    seen = ("kind", "author_id", "observed_at", "year_groups", "imported_from")
    found = Citation.objects.filter(claim__in=claim_ids).values_list(
        "record_id", "stance", "answer_kind", *(f"record__{name}" for name in seen)
    )
    return [
        Cited(
            record_id=record_id,
            kind=kind,
            observer_id=None if imported_from else author_id,
            observed_on=timezone.localtime(observed_at).date(),
            year_groups=year_groups,
            contradicts=stance == Citation.Stance.CONTRADICTS,
            answered=bool(answer_kind),
        )
        for record_id, stance, answer_kind, kind, author_id, observed_at, year_groups, imported_from in found
    ]


def open_count(*, viewer: "User", review_id: UUID) -> int:
    """Count the claims of a review that the viewer may see and that are not withdrawn."""
    found = Claim.objects.visible_to(viewer).filter(review=review_id)
    return found.exclude(status=Claim.Status.WITHDRAWN).count()


def system_changed(claims: Iterable[Claim]) -> list[str]:
    """Say which claims cite what has changed since, each as "E30, cited for claim 1.2"."""
    found = (
        Citation.objects.since_changed()
        .filter(claim__in=[claim.pk for claim in claims])  # few: so a plan begins with them
        .select_related("claim", "record")
        .order_by("claim__number", "record__number")
    )
    return [f"{it.record.reference}, cited for claim {it.claim.reference}" for it in found]


def system_cited_records(record_ids: Collection[UUID]) -> QuerySet[Citation]:
    """Return the citations of some records."""
    return Citation.objects.filter(record__in=record_ids)


def system_of_review(review_id: UUID) -> QuerySet[Claim]:
    """Return every claim of a review."""
    return Claim.objects.filter(review=review_id)


def system_staff_names(review: Review) -> tuple[str, ...]:
    """Return the names that nothing said of a review may hold.

    The academy's staff and those of no academy, the review's own people, who saw and who was seen.
    """
    records = EvidenceRecord.objects.filter(review=review)
    seen = Q(pk__in=records.values("observed")) | Q(pk__in=records.values("author"))
    team = Q(pk__in=review.members.values("person")) | Q(pk__in=[review.lead_id, review.nominee_id])
    return names.system_staff_names(review.trust_id, academy_id=review.academy_id, also=seen | team)
