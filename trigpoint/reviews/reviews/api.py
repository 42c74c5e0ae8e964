"""Reviews as JSON: the list and one review."""

from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Query, Router, Schema
from ninja.pagination import paginate

from trigpoint.people.requests import SignedInRequest
from trigpoint.people.roles import Capability
from trigpoint.reviews.reviews import queries
from trigpoint.reviews.reviews.models import Deadline, LineOfEnquiry, Review
from trigpoint.web.endpoints import endpoint
from trigpoint.web.paging import Pages

router = Router(tags=["reviews"])
PAGE_SIZE = 100


class Filters(Schema):
    """Which reviews are wanted; everything is optional."""

    show: str = ""
    academy: UUID | None = None


class ReviewOut(Schema):
    """One review in a list."""

    id: UUID
    title: str
    kind: str
    status: str
    academy_id: UUID
    lead: str
    fieldwork_starts_on: date
    fieldwork_ends_on: date

    @staticmethod
    def resolve_lead(review: Review) -> str:
        """Name the lead."""
        return review.lead.name


class DeadlineOut(Schema):
    """One step of the clock."""

    step: str
    due_on: date
    done_on: date | None


class LineOut(Schema):
    """One line of enquiry."""

    number: int
    question: str
    wanted: dict[str, int]


class ReviewDetailOut(ReviewOut):
    """One review with its clock and its lines of enquiry."""

    reason: str
    subjects: str
    year_groups: str
    deadlines: list[DeadlineOut]
    lines: list[LineOut]

    @staticmethod
    def resolve_deadlines(review: Review) -> list[Deadline]:
        """Return the clock in order."""
        return list(review.deadlines.order_by("position"))

    @staticmethod
    def resolve_lines(review: Review) -> list[LineOfEnquiry]:
        """Return the lines in order."""
        return list(review.lines.order_by("number"))


@router.get("", response=list[ReviewOut], url_name="reviews-index")
@paginate(Pages, page_size=PAGE_SIZE)
@endpoint(Capability.REVIEW_VIEW)
def index(request: SignedInRequest, filters: Query[Filters]) -> QuerySet[Review]:
    """List reviews, newest fieldwork first."""
    return queries.register(
        viewer=request.user,
        on=timezone.localdate(),
        show=filters.show,
        academy_id=filters.academy,
    )


@router.get("{uuid:review_id}", response=ReviewDetailOut, url_name="reviews-show")
@endpoint(Capability.REVIEW_VIEW)
def show(request: SignedInRequest, review_id: UUID) -> Review:
    """Return one review."""
    return get_object_or_404(queries.workspace(viewer=request.user), pk=review_id)
