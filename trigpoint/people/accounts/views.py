"""Screens of sign-ins: one's own account, and those an administrator opens and switches off."""

from typing import TYPE_CHECKING
from uuid import UUID

from allauth.account.forms import ResetPasswordForm
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from trigpoint.people.accounts import forms, operations, queries, rules
from trigpoint.people.roles import Capability
from trigpoint.people.staff.models import Person
from trigpoint.web.screens import SIGNED_IN, done, page, refusals_in, screen, status_of

if TYPE_CHECKING:
    from trigpoint.people.requests import SignedInRequest

HOUR = 60 * 60


@screen(SIGNED_IN)
def show(request: "SignedInRequest") -> HttpResponse:
    """Show one's own account, roles, and who can see what about oneself."""
    today = timezone.localdate()
    context = {
        "roles": queries.my_roles(viewer=request.user, on=today),
        "watchers": queries.watchers(viewer=request.user, on=today),
        "idle_hours": settings.SESSION_COOKIE_AGE // HOUR,
    }
    return page(request, "people/accounts/show.html", context)


@screen(Capability.ACCOUNT_OPEN)
def of_person(request: "SignedInRequest", person_id: UUID) -> HttpResponse:
    """Show a person's sign-in, and open it or switch it off; a panel of the person's page."""
    person = _person(request, person_id)
    return _of_person(request, person, forms.OpenForm(initial={"email": person.email}))


@screen(Capability.ACCOUNT_OPEN, methods=("POST",))
def open_account(request: "SignedInRequest", person_id: UUID) -> HttpResponse:
    """Open a sign-in and send the link to choose a password."""
    person = _person(request, person_id)
    form = forms.OpenForm(request.POST)
    if form.is_valid():
        email = form.cleaned_data["email"]
        with refusals_in(form):
            operations.invite(person=person, email=email, by=request.user, on=timezone.localdate())
            invitation = ResetPasswordForm({"email": email})
            if invitation.is_valid():
                invitation.save(request)
            said = f"Sign-in opened. A link to choose a password went to {email}."
            return done(request, "people:staff-show", person.pk, said=said)
    return _of_person(request, person, form)


@screen(Capability.ACCOUNT_OPEN, methods=("POST",))
def switch_off(request: "SignedInRequest", person_id: UUID) -> HttpResponse:
    """Switch a sign-in off; its sessions end with their next click."""
    person = _person(request, person_id, user__isnull=False)
    operations.switch_off(account=person.user, by=request.user, on=timezone.localdate())
    return done(request, "people:staff-show", person.pk, said="Sign-in switched off.")


@screen(Capability.ACCOUNT_OPEN, methods=("POST",))
def switch_on(request: "SignedInRequest", person_id: UUID) -> HttpResponse:
    """Switch a sign-in on again."""
    person = _person(request, person_id, user__isnull=False)
    operations.switch_on(account=person.user, by=request.user)
    return done(request, "people:staff-show", person.pk, said="Sign-in switched on.")


def _person(request: "SignedInRequest", person_id: UUID, **more: bool) -> Person:
    """Find somebody whose page the administrator may open."""
    seen = Person.objects.visible_to(request.user).select_related("trust", "user__person__trust")
    return get_object_or_404(seen, pk=person_id, **more)


def _of_person(request: "SignedInRequest", person: Person, form: forms.OpenForm) -> HttpResponse:
    """Draw the panel, whichever state the sign-in is in."""
    account = getattr(person, "user", None)
    context: dict[str, object] = {"person": person, "account": account, "form": form}
    if account is None:
        context["may_open"] = rules.may_open(request.user, person, on=timezone.localdate())
    else:
        others = operations.others_left(account, on=timezone.localdate())
        context["may_switch_off"] = rules.may_switch_off(request.user, account, others=others)
        context["may_switch_on"] = rules.may_switch_on(request.user, account)
    return page(
        request,
        "people/accounts/of_person.html",
        context,
        fragment="panel",
        status=status_of(form),
    )
