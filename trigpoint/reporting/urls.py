"""Every screen in Reporting. Name = thing-verb = view function = template."""

from django.urls import URLPattern, URLResolver, path

from trigpoint.reporting.documents import views as documents
from trigpoint.reporting.drafts import views as drafts
from trigpoint.reporting.reports import views as reports
from trigpoint.reporting.statements import views as statements

app_name = "reporting"
REPORT = "reports/<uuid:report_id>"
urlpatterns: list[URLPattern | URLResolver] = [
    path("reports/", reports.index, name="reports-index"),
    path(f"{REPORT}/", reports.show, name="reports-show"),
    path(f"{REPORT}/describe/", reports.describe, name="reports-describe"),
    path(f"{REPORT}/send-to-qa/", reports.send_to_qa, name="reports-send_to_qa"),
    path(f"{REPORT}/return-to-draft/", reports.return_to_draft, name="reports-return_to_draft"),
    path(f"{REPORT}/open-to-academy/", reports.open_to_academy, name="reports-open_to_academy"),
    path(f"{REPORT}/confirm/", reports.confirm, name="reports-confirm"),
    path(f"{REPORT}/finalise/", reports.finalise, name="reports-finalise"),
    path(f"{REPORT}/supersede/", reports.supersede, name="reports-supersede"),
    path(f"{REPORT}/pdf/", documents.pdf, name="documents-pdf"),
    path(f"{REPORT}/word/", documents.word, name="documents-word"),
    path("reviews/<uuid:review_id>/report/", drafts.for_review, name="drafts-for_review"),
    path("reviews/<uuid:review_id>/assemble/", drafts.assemble, name="drafts-assemble"),
    path(
        "judgements/<uuid:judgement_id>/statement/",
        statements.for_judgement,
        name="statements-for_judgement",
    ),
    path("statements/<uuid:statement_id>/reword/", reports.reword, name="reports-reword"),
    path("statements/<uuid:statement_id>/comment/", reports.comment, name="reports-comment"),
    path("comments/<uuid:comment_id>/dispose/", reports.dispose, name="reports-dispose"),
]
