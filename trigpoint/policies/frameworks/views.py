"""Screens for frameworks: what is shipped, and adopting one as the trust's policy."""

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.utils import timezone

from trigpoint.people.roles import Capability
from trigpoint.policies.frameworks import forms, operations, queries, rules
from trigpoint.web.screens import done, page, refusals_in, screen, sent, status_of

if TYPE_CHECKING:
    from trigpoint.people.requests import SignedInRequest


@screen(Capability.POLICY_ADOPT)
def index(request: "SignedInRequest") -> HttpResponse:
    """Show the framework that comes with the product, and what is in force now."""
    shipped = rules.shipped()
    context = {
        "shipped": shipped,
        "counts": rules.counts(shipped),
        "current": queries.version_in_force(viewer=request.user),
    }
    return page(request, "policies/frameworks/index.html", context)


@screen(Capability.POLICY_ADOPT, methods=("GET", "POST"))
def adopt(request: "SignedInRequest") -> HttpResponse:
    """Ask for a framework and its approval, show what it would bring, then adopt it."""
    viewer, current = request.user, queries.version_in_force(viewer=request.user)
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
        standards = queries.standards_in_force(viewer=viewer)
        context |= {
            "framework": form.framework,
            "counts": rules.counts(form.framework),
            "difference": rules.difference(form.framework, standards),
        }
    template = "policies/frameworks/adopt.html"
    return page(request, template, context, status=status_of(form))
