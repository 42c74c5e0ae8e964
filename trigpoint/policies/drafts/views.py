"""Screens of the version to come: begin, its page, replace, consult, approve, withdraw."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from trigpoint.people.roles import Capability
from trigpoint.policies.comments.queries import counts as comment_counts
from trigpoint.policies.differences.queries import system_compared
from trigpoint.policies.differences.rules import STANDARD, Comparison, compare
from trigpoint.policies.drafts import forms, operations, queries, rules
from trigpoint.policies.frameworks.queries import system_framework
from trigpoint.policies.frameworks.rules import Framework, counts, mapped
from trigpoint.policies.models import PolicyVersion
from trigpoint.policies.versions import rules as versions
from trigpoint.policies.versions.queries import responsibilities, standards, version_in_force
from trigpoint.web.screens import done, page, refusals_in, screen, sent, status_of

if TYPE_CHECKING:
    from trigpoint.people.requests import SignedInRequest

SHOW = "policies:drafts-show"


@screen(Capability.POLICY_DRAFT, methods=("GET", "POST"))
def begin(request: "SignedInRequest") -> HttpResponse:
    """Begin the next version: from the one in force, the shipped framework, or a file."""
    viewer, current = request.user, version_in_force(viewer=request.user)
    to_come = queries.to_come(viewer=viewer)
    if to_come and request.method == "GET":
        return redirect(SHOW, to_come.pk)
    form = forms.BeginForm(sent(request), request.FILES or None, current=current)
    form.trust_id = viewer.trust_id
    if form.is_valid():
        with refusals_in(form):
            if form.framework:
                version = operations.begin_from(
                    trust=viewer.person.trust, framework=form.framework, by=viewer
                )
            else:
                version = operations.begin(version=current, by=viewer)  # type: ignore[arg-type]  # offered only with one
            said = f"Version {version.number} is a draft. Change what must change."
            return done(request, SHOW, version.pk, said=said)
    context = {"form": form, "may": versions.may_draft(viewer, viewer.person.trust)}
    return page(request, "policies/drafts/begin.html", context, status=status_of(form))


@screen(Capability.POLICY_DRAFT)
def show(request: "SignedInRequest", version_id: UUID) -> HttpResponse:
    """Show the version to come: where it stands, what it changes, what is missing, its contents."""
    viewer, version = request.user, _find(request, version_id)
    before, still = queries.system_before(version), queries.system_still_open(version)
    areas = list(version.areas.order_by("position", "id"))
    answering = versions.answering(areas, responsibilities(version, viewer=viewer))
    context = {
        "version": version,
        "before": before,
        "comparison": system_compared(before, version) if before else None,
        "still": still,
        "gaps": [(row.name, gap) for row in answering for gap in row.gaps],
        "areas": rules.contents(areas, standards(version, viewer=viewer)),
        "sections": version.sections.order_by("position"),
        "comments": comment_counts(version, viewer=viewer),
        "may": {
            "edit": versions.may_edit(viewer, version),
            "approve": rules.may_approve(viewer, version, still),
            "redraft": rules.may_redraft(viewer, version),
            "withdraw": rules.may_withdraw(viewer, version),
            "take_effect": versions.may_take_effect(version, on=timezone.localdate()),
        },
    }
    return page(request, "policies/drafts/show.html", context)


@screen(Capability.POLICY_DRAFT, methods=("GET", "POST"))
def replace(request: "SignedInRequest", version_id: UUID) -> HttpResponse:
    """Put a framework in the place of a draft: preview, say what continues what, then replace."""
    version = _find(request, version_id)
    form = forms.SourceForm(sent(request), request.FILES or None)
    form.trust_id = version.trust_id
    context: dict[str, object] = {
        "version": version,
        "form": form,
        "may": versions.may_edit(request.user, version),
    }
    if form.is_valid() and form.framework:
        before = queries.system_before(version) or version
        continues = _continues(request, form, _preview(before, form.framework), before)
        if form.cleaned_data["confirmed"] and continues.is_valid():
            with refusals_in(form):
                framework = mapped(form.framework, continues.mapping())
                operations.replace(version=version, framework=framework, by=request.user)
                said = "The draft says what the file says."
                return done(request, SHOW, version.pk, said=said)
        context |= {
            "framework": form.framework,
            "counts": counts(form.framework),
            "comparison": _preview(version, form.framework),
            "continues": continues,
        }
    template = "policies/drafts/replace.html"
    return page(request, template, context, status=status_of(form))


def _preview(before: PolicyVersion, framework: Framework) -> Comparison:
    return compare(system_framework(before), framework)


def _continues(
    request: "SignedInRequest",
    form: forms.SourceForm,
    preview: Comparison,
    before: PolicyVersion,
) -> forms.ContinuesForm:
    """Ask of each standard the file brings which of those it no longer has it continues."""
    gone = {node.key for node in preview.removed if node.kind == STANDARD}
    return forms.ContinuesForm(
        request.POST if form.cleaned_data["confirmed"] else None,
        beginning={node.key: node.name for node in preview.added if node.kind == STANDARD},
        ending={it.lineage: it for it in before.standards.order_by("code") if it.lineage in gone},
    )


@screen(Capability.POLICY_DRAFT, methods=("GET", "POST"))
def consult(request: "SignedInRequest", version_id: UUID) -> HttpResponse:
    """Put a draft to everybody in the trust until a day."""
    version, today = _find(request, version_id), timezone.localdate()
    form = forms.ConsultForm(sent(request))
    if form.is_valid():
        with refusals_in(form):
            until = form.cleaned_data["until"]
            operations.consult(version=version, until=until, by=request.user, on=today)
            said = (
                f"Version {version.number} is in consultation. Everybody in the trust may comment."
            )
            return done(request, SHOW, version.pk, said=said)
    may = versions.LIFECYCLE.may("consult", version.status)
    context = {"version": version, "form": form, "may": may}
    return page(request, "policies/drafts/consult.html", context, status=status_of(form))


@screen(Capability.POLICY_DRAFT, methods=("POST",))
def redraft(request: "SignedInRequest", version_id: UUID) -> HttpResponse:
    """Take a version in consultation back to a draft."""
    version = operations.redraft(version=_find(request, version_id), by=request.user)
    said = f"Version {version.number} is a draft again. Its comments are kept."
    return done(request, SHOW, version.pk, said=said)


@screen(Capability.POLICY_ADOPT, methods=("GET", "POST"))
def approve(request: "SignedInRequest", version_id: UUID) -> HttpResponse:
    """Record which body approved a version, and from when to when it holds."""
    viewer, version, today = request.user, _find(request, version_id), timezone.localdate()
    form = forms.ApprovalForm(
        sent(request), viewer=viewer, current=version_in_force(viewer=viewer), on=today
    )
    if form.is_valid():
        with refusals_in(form):
            approved = operations.approve(
                version=version, approval=form.approval(), by=viewer, on=today
            )
            in_force = approved.status == PolicyVersion.Status.IN_FORCE
            state = "in force" if in_force else "approved and takes effect by itself"
            said = f"Version {version.number} is {state}."
            if in_force:
                return done(request, "policies:versions-show", said=said)
            return done(request, SHOW, version.pk, said=said)
    still = queries.system_still_open(version)
    context = {
        "version": version,
        "form": form,
        "may": rules.may_approve(viewer, version, still),
    }
    return page(request, "policies/drafts/approve.html", context, status=status_of(form))


@screen(Capability.POLICY_ADOPT, methods=("GET", "POST"))
def withdraw(request: "SignedInRequest", version_id: UUID) -> HttpResponse:
    """Give up a version that is not in force, with the reason."""
    version, viewer = _find(request, version_id), request.user
    if version.status == PolicyVersion.Status.APPROVED:
        form: forms.WithdrawForm = forms.TakeBackForm(sent(request), viewer=viewer)
    else:
        form = forms.WithdrawForm(sent(request))
    if form.is_valid():
        with refusals_in(form):
            operations.withdraw(
                version=version,
                because=form.cleaned_data["because"],
                by=viewer,
                on=timezone.localdate(),
                decision=form.decision() if isinstance(form, forms.TakeBackForm) else None,
            )
            said = f"Version {version.number} is withdrawn. It stays on record."
            return done(request, "policies:versions-show", said=said)
    context = {"version": version, "form": form, "may": rules.may_withdraw(viewer, version)}
    return page(request, "policies/drafts/withdraw.html", context, status=status_of(form))


@screen(Capability.POLICY_ADOPT, methods=("GET", "POST"))
def adopt(request: "SignedInRequest") -> HttpResponse:
    """Ask for a framework and its approval, show what it would bring, then adopt it."""
    viewer, current = request.user, version_in_force(viewer=request.user)
    form = forms.AdoptForm(
        sent(request),
        request.FILES or None,
        viewer=viewer,
        current=current,
        on=timezone.localdate(),
    )
    context: dict[str, object] = {"form": form, "current": current}
    if form.is_valid() and form.framework:
        if form.cleaned_data["confirmed"]:
            with refusals_in(form):
                version = operations.adopt(
                    trust=viewer.person.trust,
                    framework=form.framework,
                    approval=form.approval(),
                    by=viewer,
                )
                said = f"Version {version.number} is in force."
                return done(request, "policies:versions-show", said=said)
        context |= {
            "framework": form.framework,
            "counts": counts(form.framework),
            "comparison": _preview(current, form.framework) if current else None,
        }
    return page(request, "policies/drafts/adopt.html", context, status=status_of(form))


def _find(request: "SignedInRequest", version_id: UUID) -> PolicyVersion:
    return get_object_or_404(queries.find(viewer=request.user), pk=version_id)
