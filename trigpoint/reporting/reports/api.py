"""Reports over the API: read only."""

from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet
from ninja import Router, Schema
from ninja.pagination import paginate

from trigpoint.people.requests import SignedInRequest
from trigpoint.people.roles import Capability
from trigpoint.reporting.reports import queries
from trigpoint.reporting.reports.models import Report
from trigpoint.web.endpoints import endpoint
from trigpoint.web.paging import Pages

PAGE_SIZE = 50
router = Router(tags=["reports"])


class ReportOut(Schema):
    """One report: where it is, and when its next step is due (none once final)."""

    id: UUID
    title: str
    academy_id: UUID
    review_id: UUID
    status: str
    due_on: date | None
    finalised_at: datetime | None
    content_sha256: str


@router.get("", response=list[ReportOut], url_name="reports-index")
@paginate(Pages, page_size=PAGE_SIZE)
@endpoint(Capability.REPORT_VIEW)
def index(request: SignedInRequest) -> QuerySet[Report]:
    """List the reports you may read, unfinished first."""
    return queries.register(viewer=request.user)
