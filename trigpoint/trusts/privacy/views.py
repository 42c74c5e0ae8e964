"""Screens of the numbers that protect people: show, set."""

from typing import TYPE_CHECKING

from django.http import HttpResponse

from trigpoint.trusts.privacy import forms, operations, queries, rules
from trigpoint.trusts.privacy.operations import Privacy
from trigpoint.web.screens import done, page, refusals_in, screen, sent, status_of

if TYPE_CHECKING:
    from trigpoint.people.requests import SignedInRequest

SHOW = "trusts:privacy-show"


@screen("privacy.view")
def show(request: "SignedInRequest") -> HttpResponse:
    """Show everybody how they are protected, and when that changed."""
    trust = request.user.person.trust
    numbers = [
        (words, unit, getattr(trust, name)) for name, (words, unit, *_) in rules.NUMBERS.items()
    ]
    context = {
        "numbers": numbers,
        "trust": trust,
        "changes": [
            (entry.created_at, rules.changes_in_words(entry.detail["changed"]))
            for entry in queries.changes(viewer=request.user)
        ],
        "may": rules.may_set_privacy(request.user, trust),
    }
    return page(request, "trusts/privacy/show.html", context)


@screen("privacy.set", methods=("GET", "POST"))
def set_privacy(request: "SignedInRequest") -> HttpResponse:
    """Set the numbers that protect people."""
    trust = request.user.person.trust
    form = forms.PrivacyForm(sent(request), told=rules.told(trust))
    if form.is_valid():
        with refusals_in(form):
            operations.set_privacy(
                trust=trust,
                privacy=Privacy(**form.facts()),
                base_revision=form.cleaned_data["base_revision"],
                by=request.user,
            )
            return done(request, SHOW, said="Saved. What it was stays on record.")
    context = {"form": form, "may": rules.may_set_privacy(request.user, trust)}
    return page(request, "trusts/privacy/set_privacy.html", context, status=status_of(form))
