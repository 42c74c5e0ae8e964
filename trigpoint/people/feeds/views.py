"""Screens of one's calendar address: see whether there is one, make it, revoke it."""

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.utils import timezone

from trigpoint.people.feeds import operations, queries
from trigpoint.web.screens import SIGNED_IN, done, page, screen

if TYPE_CHECKING:
    from trigpoint.people.requests import SignedInRequest


@screen(SIGNED_IN)
def show(request: "SignedInRequest") -> HttpResponse:
    """Say whether one's calendar has an address, and how to put it into a calendar program."""
    context = {"feed": queries.feed(viewer=request.user)}
    return page(request, "people/feeds/show.html", context)


@screen(SIGNED_IN, methods=("POST",))
def make(request: "SignedInRequest") -> HttpResponse:
    """Make an address and show it, this once: in the answer itself, so that it is kept nowhere."""
    token = operations.make(by=request.user, at=timezone.now())
    address = request.build_absolute_uri(queries.system_path(token))
    context = {
        "feed": queries.feed(viewer=request.user),
        "address": address,
        "subscribe": f"webcal://{address.partition('://')[2]}",
    }
    return page(request, "people/feeds/make.html", context)


@screen(SIGNED_IN, methods=("POST",))
def revoke(request: "SignedInRequest") -> HttpResponse:
    """Revoke the address."""
    operations.revoke(by=request.user)
    return done(request, "people:feeds-show", said="The address opens nothing any more.")
