"""Downloads of a report. Access is checked for each one, as on the screen."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from trigpoint.people.requests import SignedInRequest
from trigpoint.people.roles import Capability
from trigpoint.reporting.documents import operations, queries
from trigpoint.reporting.documents.queries import Edition
from trigpoint.reporting.models import Report
from trigpoint.web.screens import screen

PDF = "application/pdf"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@screen(Capability.REPORT_VIEW)
def pdf(request: SignedInRequest, report_id: UUID) -> HttpResponse:
    """Hand over the report as a tagged PDF."""
    edition = _edition(request, report_id)
    return _attached(operations.render_pdf(edition), PDF, f"{edition.file_name}.pdf")


@screen(Capability.REPORT_VIEW)
def word(request: SignedInRequest, report_id: UUID) -> HttpResponse:
    """Hand over the report as a Word file."""
    edition = _edition(request, report_id)
    return _attached(operations.render_word(edition), WORD, f"{edition.file_name}.docx")


def _edition(request: SignedInRequest, report_id: UUID) -> Edition:
    found = Report.objects.visible_to(request.user).select_related("review", "academy", "trust")
    return queries.edition(get_object_or_404(found, pk=report_id), viewer=request.user)


def _attached(content: bytes, media_type: str, name: str) -> HttpResponse:
    """Answer with a file to keep: never opened inside the product's own pages."""
    return HttpResponse(
        content,
        content_type=media_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
