"""Screens that bring academies in: upload, choose the trust, preview, confirm, report."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from trigpoint.trusts.gias import forms, operations, queries, rules
from trigpoint.trusts.gias.models import ImportRun
from trigpoint.web.screens import done, page, refusals_in, screen, sent, status_of

if TYPE_CHECKING:
    from trigpoint.people.requests import SignedInRequest

CAPABILITY = "academies.import"


@screen(CAPABILITY, methods=("GET", "POST"))
def upload(request: "SignedInRequest") -> HttpResponse:
    """Ask for the register's files; a file that is not what it should be is refused here."""
    form = forms.UploadForm(sent(request), request.FILES or None)
    trust = request.user.person.trust
    if form.is_valid():
        with refusals_in(form):
            files = operations.Files(**form.contents())
            run = operations.upload(trust=trust, files=files, by=request.user)
            return done(request, "trusts:gias-choose", run.pk)
    context = {"form": form, "may_upload": rules.may_upload(request.user, trust)}
    return page(request, "trusts/gias/upload.html", context, status=status_of(form))


@screen(CAPABILITY, methods=("GET", "POST"))
def choose(request: "SignedInRequest", import_id: UUID) -> HttpResponse:
    """Ask which trust of the files it is, found by name or Group UID."""
    run = get_object_or_404(ImportRun.objects.visible_to(request.user), pk=import_id)
    if request.method == "GET" and run.status == ImportRun.Status.CONFIRMED:
        return redirect("trusts:gias-preview", run.pk)  # the report; the files are gone by now
    form = forms.ChooseForm(sent(request))
    if form.is_valid():
        with refusals_in(form):
            operations.choose(run=run, by=request.user, **form.cleaned_data)
            return done(request, "trusts:gias-preview", run.pk)
    wanted = request.GET.get("q", run.trust.group_uid or run.trust.name)
    context = {
        "run": run,
        "form": form,
        "q": wanted,
        "found": queries.trusts_called(wanted, viewer=request.user, run=run),
        "most": queries.MOST_FOUND,
    }
    return page(request, "trusts/gias/choose.html", context, status=status_of(form))


@screen(CAPABILITY)
def preview(request: "SignedInRequest", import_id: UUID) -> HttpResponse:
    """Show what each row would do; once confirmed, the report of what it did."""
    run = _run(request, import_id)
    return _preview(request, run, forms.ConfirmForm(None, question=rules.question(run)))


def _run(request: "SignedInRequest", import_id: UUID) -> ImportRun:
    runs = ImportRun.objects.visible_to(request.user).select_related("trust")
    return get_object_or_404(runs, pk=import_id)


def _preview(request: "SignedInRequest", run: ImportRun, form: forms.ConfirmForm) -> HttpResponse:
    context = {
        "form": form,
        "run": run,
        "tally": rules.tally(run.rows),
        "may_confirm": rules.may_confirm(run),
        "missing": queries.not_in_the_register(viewer=request.user, run=run) if run.rows else [],
        "is_confirmed": run.status == ImportRun.Status.CONFIRMED,
    }
    return page(request, "trusts/gias/preview.html", context, status=status_of(form))


@screen(CAPABILITY, methods=("POST",))
def confirm(request: "SignedInRequest", import_id: UUID) -> HttpResponse:
    """Write exactly what was previewed, then show the report."""
    run = _run(request, import_id)
    form = forms.ConfirmForm(request.POST, question=rules.question(run))
    if form.is_valid():
        with refusals_in(form):
            operations.confirm(run=run, by=request.user, at=timezone.now(), **form.cleaned_data)
            return done(request, "trusts:gias-preview", run.pk, said="Academies imported.")
    return _preview(request, run, form)
