"""Adding a file to a record, and getting it back: checked for each request, never opened here."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.http import content_disposition_header

from trigpoint.evidence.attachments import forms, operations, rules
from trigpoint.evidence.attachments.models import Attachment
from trigpoint.evidence.attachments.operations import Minted
from trigpoint.evidence.entries.models import EvidenceRecord
from trigpoint.evidence.entries.queries import system_form
from trigpoint.instruments.contents.rules import photos_asked
from trigpoint.people.requests import SignedInRequest
from trigpoint.people.roles import Capability
from trigpoint.web.screens import done, is_htmx, page, refusals_in, screen, sent, status_of


@screen(Capability.EVIDENCE_CAPTURE, methods=("GET", "POST"))
def attach(request: SignedInRequest, record_id: UUID) -> HttpResponse:
    """Add a photo or a PDF; a script gets the list of files back."""
    record = get_object_or_404(
        EvidenceRecord.objects.visible_to(request.user)
        .filter(author=request.user.person)
        .select_related("instrument_version"),
        pk=record_id,
    )
    asked = photos_asked(system_form(record))
    form = forms.AttachForm(sent(request), request.FILES or None, asked=asked)
    if form.is_valid():
        upload = form.cleaned_data["upload"]
        with refusals_in(form):
            operations.attach(
                record=record, name=upload.name, data=upload.read(), by=request.user,
                at=timezone.now(), minted=Minted(question=form.cleaned_data.get("question", "")),
            )  # fmt: skip
            if not is_htmx(request):
                return done(request, "evidence:entries-capture", record_id, said="Added.")
    context = {
        "record": record,
        "form": form,
        "asked": asked,
        "attachments": record.attachments.order_by("created_at", "id"),
        "may_remove": rules.may_remove(request.user, record),
    }
    return page(
        request,
        "evidence/attachments/attach.html",
        context,
        fragment="wrong" if form.errors else "list",
        status=status_of(form),
    )


@screen(Capability.EVIDENCE_CAPTURE, methods=("GET", "POST"))
def remove(request: SignedInRequest, attachment_id: UUID) -> HttpResponse:
    """Ask first, then take a file off one's draft."""
    found = Attachment.objects.visible_to(request.user).filter(record__author=request.user.person)
    attachment = get_object_or_404(found.select_related("record"), pk=attachment_id)
    record = attachment.record
    if request.method == "POST":
        operations.remove(attachment=attachment, by=request.user)
        return done(request, "evidence:entries-show", record.pk, said="Removed.")
    context = {"attachment": attachment, "may": rules.may_remove(request.user, record)}
    return page(request, "evidence/attachments/remove.html", context)


@screen(Capability.OWN_VIEW)
def download(request: SignedInRequest, attachment_id: UUID) -> HttpResponse:
    """Hand out one file to whoever may read its record, to be saved and never run."""
    attachment = get_object_or_404(Attachment.objects.visible_to(request.user), pk=attachment_id)
    if not rules.is_there(attachment):
        raise Http404
    with attachment.file.open("rb") as stored:
        data = stored.read()
    return HttpResponse(
        data,
        content_type=attachment.media_type,
        headers={
            "Content-Disposition": content_disposition_header(
                as_attachment=True, filename=attachment.name
            )
            or "attachment",
            "Content-Security-Policy": "sandbox; default-src 'none'",
            "Cross-Origin-Resource-Policy": "same-origin",
            "X-Content-Type-Options": "nosniff",
        },
    )
