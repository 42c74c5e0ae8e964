"""Screens that bring term dates in: upload, preview, confirm, report."""

from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from trigpoint.trusts.structure.models import Academy
from trigpoint.trusts.term_files import forms, operations
from trigpoint.web.screens import done, page, refusals_in, screen, status_of

if TYPE_CHECKING:
    from trigpoint.people.requests import SignedInRequest

IMPORT = "calendars.import"


@screen(IMPORT)
def upload(request: "SignedInRequest") -> HttpResponse:
    """Ask for a file of term dates."""
    form = forms.UploadForm(None, academies=_academies(request))
    return page(request, "trusts/term_files/upload.html", {"form": form})


@screen(IMPORT, methods=("GET", "POST"))
def preview(request: "SignedInRequest") -> HttpResponse:
    """Show what each event of the file is taken for; nothing is saved yet."""
    if request.method == "GET":
        return redirect("trusts:term_files-upload")
    form = forms.UploadForm(request.POST, request.FILES, academies=_academies(request))
    if not form.is_valid():
        return page(
            request, "trusts/term_files/upload.html", {"form": form}, status=status_of(form)
        )
    context = {
        "reading": form.reading,
        "academies": form.chosen(),
        "academy": form.cleaned_data["academy"],
        "text": form.cleaned_data["file"].decode(errors="replace"),
    }
    return page(request, "trusts/term_files/preview.html", context)


@screen(IMPORT, methods=("POST",))
def confirm(request: "SignedInRequest") -> HttpResponse:
    """Make the calendars what the previewed file says."""
    form = forms.ConfirmForm(request.POST, academies=_academies(request))
    if form.is_valid():
        academies = form.chosen()
        with refusals_in(form):
            report = operations.import_terms(
                academies=academies, reading=form.reading, by=request.user, on=timezone.localdate()
            )
            said = f"Calendars of {len(academies)} academies: {report.words}"
            if len(academies) == 1:
                said = f"Calendar of {academies[0].name}: {report.words}"
            return done(request, "trusts:calendars-show", academies[0].pk, said=said)
    return page(request, "trusts/term_files/confirm.html", {"form": form}, status=status_of(form))


def _academies(request: "SignedInRequest") -> QuerySet[Academy]:
    """Return the academies whose calendars the person may bring in."""
    return (
        Academy.objects.visible_to(request.user)
        .filter(request.user.access.where(IMPORT, academy="id"), closed_on=None)
        .order_by("name", "id")
    )
