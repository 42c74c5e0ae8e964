"""The one-click sign-in of the demo."""

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from trigpoint.demo.signin import queries, rules
from trigpoint.web.screens import public


@public(
    "One-click sign-in as somebody invented; there is nobody else where the demo is installed.",
    methods=("POST",),
)
def enter(request: HttpRequest, role: str) -> HttpResponse:
    """Sign in as one of the people of the demo. Outside demo mode there is no such page."""
    player = queries.system_player(role) if rules.may_enter() else None
    if player is None:
        raise Http404
    login(request, player, backend=settings.AUTHENTICATION_BACKENDS[0])
    return redirect("home")
