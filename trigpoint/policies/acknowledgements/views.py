"""Screens of who has read the policy: one's own word, and the list of those who have and have not."""

from typing import TYPE_CHECKING
from urllib.parse import urlencode
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from trigpoint.people.roles import Capability
from trigpoint.policies.acknowledgements import operations, queries, rules
from trigpoint.policies.versions.models import PolicyVersion
from trigpoint.policies.versions.queries import version_in_force
from trigpoint.web.screens import asked_id, done, page, screen

if TYPE_CHECKING:
    from django.http import HttpRequest

    from trigpoint.people.requests import SignedInRequest

PAGE_SIZE = 50
INDEX = "policies:acknowledgements-index"


@screen(Capability.POLICY_VIEW)
def show(request: "SignedInRequest", version_id: UUID) -> HttpResponse:
    """Show whether one has confirmed a version, and the button; a piece of the policy's page."""
    today = timezone.localdate()
    version = get_object_or_404(PolicyVersion.objects.visible_to(request.user), pk=version_id)
    said = queries.own(version, viewer=request.user)
    has_post = queries.system_holds_post(request.user.person_id, on=today)
    context: dict[str, object] = {
        "version": version,
        "read_on": said.acknowledged_on if said else None,
        "may_acknowledge": rules.may_acknowledge(version, has_post=has_post),
    }
    if request.user.access.holds(Capability.ACKNOWLEDGEMENT_VIEW):
        context["counts"] = queries.counts(version, viewer=request.user, on=today)
    return page(request, "policies/acknowledgements/show.html", context, fragment="panel")


@screen(Capability.POLICY_VIEW)
def ask(request: "SignedInRequest") -> HttpResponse:
    """Ask for the version in force to be read, where one has not; a piece of one's own page."""
    version = queries.to_read(viewer=request.user, on=timezone.localdate())
    template = "policies/acknowledgements/ask.html"
    return page(request, template, {"version": version}, fragment="panel")


@screen(Capability.POLICY_VIEW, methods=("POST",))
def acknowledge(request: "SignedInRequest", version_id: UUID) -> HttpResponse:
    """Confirm that one has read a version."""
    version = get_object_or_404(PolicyVersion.objects.visible_to(request.user), pk=version_id)
    operations.acknowledge(version=version, by=request.user, on=timezone.localdate())
    return done(request, "policies:versions-show", said="Thank you. Your confirmation is kept.")


@screen(Capability.ACKNOWLEDGEMENT_VIEW)
def index(request: "SignedInRequest") -> HttpResponse:
    """List who has read the version in force, with ``?academy=`` one academy's, heads first."""
    today, viewer = timezone.localdate(), request.user
    version, template = version_in_force(viewer=viewer), "policies/acknowledgements/index.html"
    if version is None:
        return page(request, template, {"version": None})
    place, show = _place(request), request.GET.get("show", "")
    found = queries.readers(version, viewer=viewer, on=today, place=place, show=show)
    counts = queries.counts(version, viewer=viewer, on=today, place=place)
    tallies = queries.tallies(version, viewer=viewer, on=today)
    context = {
        "version": version,
        "place": place,
        "place_name": next((it.name for it in tallies if it.key == place), ""),
        "show": show,
        "tallies": tallies,
        "choices": [
            ("", "Everybody", counts["all"]),
            ("waiting", "Have not read it", counts["waiting"]),
            ("read", "Have read it", counts["read"]),
        ],
        "counts": counts,
        "rows": Paginator(found, PAGE_SIZE).get_page(request.GET.get("page")),
        "nudged_since": rules.nudged_since(version, on=today),
        "may_nudge": rules.may_nudge(viewer, version),
    }
    return page(request, template, context)


@screen(Capability.ACKNOWLEDGEMENT_NUDGE, methods=("POST",))
def nudge(request: "SignedInRequest", person_id: UUID) -> HttpResponse:
    """Remind one person."""
    version = _in_force(request)
    seen = queries.readers(version, viewer=request.user, on=timezone.localdate())
    person = get_object_or_404(seen.select_related("user"), pk=person_id)
    operations.nudge(version=version, person=person, by=request.user, at=timezone.now())
    return done(request, _back(request), said=f"{person.name} has been reminded.")


@screen(Capability.ACKNOWLEDGEMENT_NUDGE, methods=("GET", "POST"))
def nudge_all(request: "SignedInRequest") -> HttpResponse:
    """Ask first, then remind everybody who has not read it, in one's reach or at one academy."""
    viewer, version, place = request.user, _in_force(request), _place(request)
    if request.method == "POST":
        told = operations.nudge_all(version=version, place=place, by=viewer, at=timezone.now())
        people = "1 person has" if told == 1 else f"{told} people have"
        return done(request, _back(request), said=f"{people} been reminded.")
    waiting = queries.to_nudge(version, viewer=viewer, on=timezone.localdate(), place=place)
    count, may = waiting.count(), rules.may_nudge(viewer, version)
    context = {
        "version": version,
        "count": count,
        "back": _back(request),
        "may": may and rules.has_anybody_to_nudge(version, count),
    }
    return page(request, "policies/acknowledgements/nudge_all.html", context)


def _in_force(request: "SignedInRequest") -> PolicyVersion:
    version = version_in_force(viewer=request.user)
    if version is None:
        raise Http404
    return version


def _place(request: "HttpRequest") -> str:
    """Return the academy asked for, or the central team; everywhere when the address names none."""
    if request.GET.get("academy") == queries.CENTRAL:
        return queries.CENTRAL
    academy_id = asked_id(request, "academy")
    return str(academy_id) if academy_id else ""


def _back(request: "HttpRequest") -> str:
    """Return to the list as it was."""
    kept = {"academy": _place(request), "show": "waiting"}
    return f"{reverse(INDEX)}?{urlencode({name: it for name, it in kept.items() if it})}"
