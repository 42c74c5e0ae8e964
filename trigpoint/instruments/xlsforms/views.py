"""Screens of XLSForms: bring in, export."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.text import slugify

from trigpoint.instruments.contents.rules import file_of
from trigpoint.instruments.drafts.queries import system_scales
from trigpoint.instruments.drafts.rules import frozen, may_write
from trigpoint.instruments.library.models import InstrumentVersion
from trigpoint.instruments.surveys.rules import sheets
from trigpoint.instruments.workbooks.rules import written
from trigpoint.instruments.xlsforms import forms, operations
from trigpoint.people.roles import Capability
from trigpoint.web.downloads import XLSX_TYPE
from trigpoint.web.screens import done, page, refusals_in, screen, sent, status_of

if TYPE_CHECKING:
    from trigpoint.people.requests import SignedInRequest


@screen(Capability.INSTRUMENT_EDIT, methods=("GET", "POST"))
def bring_in(request: "SignedInRequest") -> HttpResponse:
    """Bring in a form as a draft, and say what could not be carried over."""
    trust = request.user.person.trust
    form = forms.BringInForm(sent(request), request.FILES or None)
    if form.is_valid():
        upload = form.cleaned_data["file"]
        with refusals_in(form):
            version = operations.bring_in(
                trust=trust,
                kind=form.cleaned_data["kind"],
                name=form.cleaned_data["name"],
                file_name=upload.name,
                data=upload.read(),
                by=request.user,
            )
            left = len(version.left_out)
            said = f"A draft. {left} thing{'' if left == 1 else 's'} could not be carried over."
            return done(request, "instruments:drafts-show", version.pk, said=said)
    context = {"form": form, "may": may_write(request.user, trust.pk)}
    return page(request, "instruments/xlsforms/bring_in.html", context, status=status_of(form))


@screen(Capability.INSTRUMENT_VIEW)
def export(request: "SignedInRequest", version_id: UUID) -> HttpResponse:
    """Send a version as an XLSForm, for what an XLSForm can say."""
    found = InstrumentVersion.objects.visible_to(request.user).select_related("instrument")
    version = get_object_or_404(found, pk=version_id)
    content = version.content
    if version.status == InstrumentVersion.Status.DRAFT:
        content = frozen(content, system_scales(version.trust_id))
    data = written(sheets(file_of(version.instrument, content), number=version.number))
    name = f"{slugify(version.instrument.name)}-version-{version.number}"
    headers = {"Content-Disposition": f'attachment; filename="{name}.xlsx"'}
    return HttpResponse(data, content_type=XLSX_TYPE, headers=headers)
