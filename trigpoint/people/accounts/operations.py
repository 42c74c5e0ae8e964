"""Sign-ins: opened for a person, switched off, switched on again."""

from datetime import date
from typing import TYPE_CHECKING

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from trigpoint.people.accounts import rules
from trigpoint.people.accounts.models import User
from trigpoint.people.grants import operations as grants
from trigpoint.people.grants import queries as grant_queries
from trigpoint.people.roles import Role
from trigpoint.people.staff import operations as staff
from trigpoint.people.staff.models import Person
from trigpoint.people.staff.rules import PersonFacts
from trigpoint.records import history
from trigpoint.records.refusals import Refused

if TYPE_CHECKING:
    from trigpoint.trusts.models import Trust


@transaction.atomic
def open_account(
    *, person: Person, email: str, password: str | None = None, by: "User | None", on: date
) -> User:
    """Give a person a sign-in. Without a password it is entered by the link in the first email.

    Raises:
        Refused: the person may not, has one already, or the address or password will not do.

    """
    person = Person.objects.select_for_update(no_key=True).get(pk=person.pk)  # one at a time
    if by:
        rules.may_open(by, person, on=on).enforce()
    else:
        rules.can_open(person, on=on).enforce()
    email = email.strip().lower()
    if not email:
        reason = f"{person} needs an email address to sign in with. Write one down."
        raise Refused(reason)
    if User.objects.filter(email=email).exists():
        reason = "Another sign-in uses that email address. Use a different one."
        raise Refused(reason)
    if password is not None:
        _check(password, User(email=email))
    account = User.objects.create_user(email, password, person=person)
    history.write(account, "opened", by=by)
    return account


def _check(password: str, account: User) -> None:
    try:
        validate_password(password, account)
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from error


@transaction.atomic
def invite(*, person: Person, email: str, by: "User", on: date) -> User:
    """Give a person a sign-in and, where they have a post at an academy, the role of staff there.

    Raises:
        Refused: as for :func:`open_account`.

    """
    account = open_account(person=person, email=email, by=by, on=on)
    current = person.posts.exclude(ends_on__lt=on).select_related("academy")
    places = {post.academy_id: post.academy for post in current}
    held = person.grants.in_force(on=on).filter(role=Role.STAFF).values_list("academy", flat=True)
    for academy_id, academy in places.items():
        if academy_id not in set(held):
            grants.give(
                person=person,
                role=Role.STAFF,
                place=academy,
                starts_on=on,
                by=by,
                reason="Holds a post",
            )
    return account


@transaction.atomic
def switch_off(*, account: User, by: User, on: date) -> User:
    """Switch a sign-in off. Every session it has ends with its next click.

    Raises:
        Refused: the person may not, or it is the last administrator's.

    """
    grants.system_hold_administrators(account.trust_id)
    account = User.objects.select_for_update(of=("self",)).get(pk=account.pk)
    rules.may_switch_off(by, account, others=others_left(account, on=on)).enforce()
    return _switch(account, on=False, by=by)


@transaction.atomic
def switch_on(*, account: User, by: User) -> User:
    """Switch a sign-in on again, with the password and roles it had.

    Raises:
        Refused: the person may not, or it is on.

    """
    account = User.objects.select_for_update(of=("self",)).get(pk=account.pk)
    rules.may_switch_on(by, account).enforce()
    return _switch(account, on=True, by=by)


def _switch(account: User, *, on: bool, by: User) -> User:
    account.is_switched_on = on
    account.save(update_fields=["is_switched_on"])
    history.write(account, "switched on" if on else "switched off", by=by)
    return account


def others_left(account: User, *, on: date) -> int:
    """Count administrators who could still sign in without this account; many when it is none."""
    administers = account.person.grants.in_force(on=on).filter(
        grant_queries.EVERYWHERE, role=Role.ADMINISTRATOR
    )
    others = grant_queries.system_other_administrators(trust=account.person.trust, on=on)
    return others - 1 if administers.exists() else others


@transaction.atomic
def system_add_administrator(
    *, trust: "Trust", name: str, email: str, password: str, on: date
) -> User:
    """Make an administrator of the whole trust from the server, the first one above all.

    Raises:
        Refused: the address is somebody else's, or the password will not do.

    """
    email = email.strip().lower()
    account = User.objects.filter(email=email, person__trust=trust).first()
    if account is None:
        person = Person.objects.filter(trust=trust, email__iexact=email).first()
        person = person or staff.join(trust=trust, facts=PersonFacts(name, email), by=None)
        account = open_account(person=person, email=email, password=password, by=None, on=on)
    grants.give(
        person=account.person,
        role=Role.ADMINISTRATOR,
        starts_on=on,
        by=None,
        reason="Sets the trust up",
    )
    return account
