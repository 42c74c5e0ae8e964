"""Screens of bringing in a trust's own staff list: the file, the preview, the report."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from trigpoint.people.roles import Capability
from trigpoint.people.staff_lists import forms, operations, rules
from trigpoint.people.staff_lists.models import StaffImport
from trigpoint.web.screens import done, page, refusals_in, screen, sent, status_of

if TYPE_CHECKING:
    from trigpoint.people.requests import SignedInRequest

PAGE_SIZE = 50


@screen(Capability.STAFF_IMPORT, methods=("GET", "POST"))
def upload(request: "SignedInRequest") -> HttpResponse:
    """Ask for a staff list; one that cannot be read is refused here."""
    form = forms.UploadForm(sent(request), request.FILES or None)
    trust = request.user.person.trust
    if form.is_valid():
        with refusals_in(form):
            made = operations.upload(
                trust=trust, by=request.user, on=timezone.localdate(), **form.asked()
            )
            return done(request, "people:staff_lists-preview", made.pk)
    context = {"form": form, "may_upload": rules.may_upload(request.user, trust)}
    return page(request, "people/staff_lists/upload.html", context, status=status_of(form))


@screen(Capability.STAFF_IMPORT)
def preview(request: "SignedInRequest", upload_id: UUID) -> HttpResponse:
    """Show what each row would do, problems first; once confirmed, what it did."""
    made = get_object_or_404(StaffImport.objects.visible_to(request.user), pk=upload_id)
    only = request.GET.get("only", "")
    rows = [row for row in made.rows if not only or row["outcome"] == only]
    context = {
        "upload": made,
        "only": only,
        "outcomes": list(rules.OUTCOMES.items()),
        "tally": rules.tally(made.rows),
        "rows": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page")),
        "may_confirm": rules.may_confirm(made),
        "is_confirmed": made.status == StaffImport.Status.CONFIRMED,
    }
    return page(request, "people/staff_lists/preview.html", context)


@screen(Capability.STAFF_IMPORT, methods=("POST",))
def confirm(request: "SignedInRequest", upload_id: UUID) -> HttpResponse:
    """Bring in exactly what was previewed, then show the report."""
    made = get_object_or_404(StaffImport.objects.visible_to(request.user), pk=upload_id)
    operations.confirm(upload=made, by=request.user, at=timezone.now())
    return done(request, "people:staff_lists-preview", made.pk, said="Staff brought in.")
