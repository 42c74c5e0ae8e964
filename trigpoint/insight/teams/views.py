"""Screens of a team's overview."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect

from trigpoint.insight.teams import queries
from trigpoint.people.requests import SignedInRequest
from trigpoint.people.roles import Capability
from trigpoint.web.screens import page, screen


@screen(Capability.TEAM_OVERVIEW)
def index(request: SignedInRequest) -> HttpResponse:
    """List the teams one leads or looks after; with just one, go straight to it."""
    found = list(queries.mine(viewer=request.user))
    if len(found) == 1:
        return redirect("insight:teams-show", found[0].pk)
    return page(request, "insight/teams/index.html", {"teams": found})


@screen(Capability.TEAM_OVERVIEW)
def show(request: SignedInRequest, team_id: UUID) -> HttpResponse:
    """Show one team across all sources: what was seen, how often, and what follows."""
    team = get_object_or_404(queries.mine(viewer=request.user), pk=team_id)
    context = {"team": team, "picture": queries.picture(viewer=request.user, team=team)}
    return page(request, "insight/teams/show.html", context)
