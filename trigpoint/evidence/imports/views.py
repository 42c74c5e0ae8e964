"""Screens of bringing in past evidence: the file, its columns, the preview, the report, undoing."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from trigpoint.evidence.imports import forms, operations, queries, rules
from trigpoint.evidence.imports.models import EvidenceImport
from trigpoint.people.requests import SignedInRequest
from trigpoint.people.roles import Capability
from trigpoint.web.screens import done, page, refusals_in, screen, sent, status_of

PAGE_SIZE = 50
PREVIEW = "evidence:imports-preview"


@screen(Capability.EVIDENCE_IMPORT)
def index(request: SignedInRequest) -> HttpResponse:
    """List the spreadsheets brought in so far."""
    found = Paginator(queries.imports(viewer=request.user), PAGE_SIZE)
    shown = found.get_page(request.GET.get("page"))
    return page(request, "evidence/imports/index.html", {"imports": shown})


@screen(Capability.EVIDENCE_IMPORT, methods=("GET", "POST"))
def upload(request: SignedInRequest) -> HttpResponse:
    """Ask for a spreadsheet; one that cannot be read is refused here."""
    form = forms.UploadForm(sent(request), request.FILES or None)
    trust = request.user.person.trust
    if form.is_valid():
        with refusals_in(form):
            file = form.cleaned_data["file"]
            made = operations.upload(
                trust=trust, data=file.read(), name=str(file.name), by=request.user
            )
            return done(request, "evidence:imports-match", made.pk)
    context = {
        "form": form,
        "may_import": rules.may_import(request.user, trust),
        "kept_days": rules.UNCONFIRMED_KEPT.days,
    }
    return page(request, "evidence/imports/upload.html", context, status=status_of(form))


@screen(Capability.EVIDENCE_IMPORT, methods=("GET", "POST"))
def match(request: SignedInRequest, past_import_id: UUID) -> HttpResponse:
    """Ask what each column is; guessed from its heading, and as last time."""
    made = _import(request, past_import_id)
    form = forms.MatchForm(sent(request), upload=made)
    if form.is_valid():
        with refusals_in(form):
            operations.match(upload=made, by=request.user, on=timezone.localdate(), **form.asked())
            return done(request, PREVIEW, made.pk)
    may = rules.LIFECYCLE.may("match", made.status)
    context = {"upload": made, "form": form, "may_match": may}
    return page(request, "evidence/imports/match.html", context, status=status_of(form))


@screen(Capability.EVIDENCE_IMPORT)
def preview(request: SignedInRequest, past_import_id: UUID) -> HttpResponse:
    """Show what each row would do, problems first to be found; afterwards, what it did."""
    made = _import(request, past_import_id)
    only = request.GET.get("only", "")
    rows = [row for row in made.rows if only in ("", row["outcome"])]
    undoable = made.status == EvidenceImport.Status.CONFIRMED
    in_the_way = queries.system_in_the_way(made) if undoable else []
    context = {
        "upload": made,
        "only": only,
        "tally": rules.tally(made.rows),
        "outcomes": list(rules.OUTCOMES.items()),
        "rows": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page")),
        "may_confirm": rules.may_confirm(made, leave_out=True),
        "may_undo": rules.may_undo(made, in_the_way=in_the_way),
    }
    return page(request, "evidence/imports/preview.html", context)


@screen(Capability.EVIDENCE_IMPORT, methods=("POST",))
def confirm(request: SignedInRequest, past_import_id: UUID) -> HttpResponse:
    """Bring in exactly what was previewed, then show the report."""
    made = _import(request, past_import_id)
    leave_out = "leave_out" in request.POST
    operations.confirm(upload=made, leave_out=leave_out, by=request.user, at=timezone.now())
    return done(request, PREVIEW, made.pk, said="Brought in. You can still undo it.")


@screen(Capability.EVIDENCE_IMPORT, methods=("GET", "POST"))
def undo(request: SignedInRequest, past_import_id: UUID) -> HttpResponse:
    """Ask first, then take out every record of an import."""
    made = _import(request, past_import_id)
    if request.method == "GET":
        context = {
            "upload": made,
            "may": rules.may_undo(made, in_the_way=queries.system_in_the_way(made)),
        }
        return page(request, "evidence/imports/undo.html", context)
    operations.undo(upload=made, by=request.user, at=timezone.now())
    return done(request, PREVIEW, made.pk, said="Undone. Its records are gone.")


def _import(request: SignedInRequest, past_import_id: UUID) -> EvidenceImport:
    return get_object_or_404(EvidenceImport.objects.visible_to(request.user), pk=past_import_id)
