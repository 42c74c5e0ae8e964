"""The same role, and the same sign-in, given by two at once: one is made, the other gets a sentence."""

import datetime as dt
from threading import Event

import pytest
from django.db import transaction

from tests.factories import AcademyFactory, PersonFactory, person
from tests.parallel import HANDS, PATIENCE_SECONDS, all_at_once, said, until_another_waits
from trigpoint.people.accounts import operations as accounts
from trigpoint.people.grants import operations
from trigpoint.people.models import User
from trigpoint.people.roles import Role


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_give_at_once_gives_a_role_once():
    academy = AcademyFactory.create()
    administrator = person(Role.ADMINISTRATOR, at=academy.trust)
    head = PersonFactory.create(trust=academy.trust)

    def give(by):
        day = dt.date(2026, 3, 2)
        operations.give(person=head, role=Role.HEADTEACHER, place=academy, starts_on=day, by=by)

    def job():
        return said(give, administrator)

    made, *refused = sorted(all_at_once([job] * HANDS))
    assert made == ""
    assert all("holds that role there already" in sentence for sentence in refused)
    assert head.grants.count() == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_open_account_at_once_opens_one():
    academy = AcademyFactory.create()
    administrator = person(Role.ADMINISTRATOR, at=academy.trust)
    head = PersonFactory.create(trust=academy.trust)

    def open_one(by):
        accounts.open_account(person=head, email="head@ash.example", by=by, on=dt.date(2026, 3, 2))

    def job():
        return said(open_one, administrator)

    made, *refused = sorted(all_at_once([job] * HANDS))
    assert made == ""
    assert all("has a sign-in already" in sentence for sentence in refused)
    assert User.objects.filter(person=head).count() == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_administrators_cannot_switch_each_other_off_at_once():
    trust = AcademyFactory.create().trust
    one, other = (person(Role.ADMINISTRATOR, at=trust) for _ in range(2))
    begun = Event()

    def first(by):
        with transaction.atomic():
            accounts.switch_off(account=other, by=by, on=dt.date(2026, 3, 2))
            begun.set()
            until_another_waits()  # not committed yet

    def second(by):
        assert begun.wait(PATIENCE_SECONDS)
        accounts.switch_off(account=one, by=by, on=dt.date(2026, 3, 2))

    said_to = all_at_once([lambda: said(first, one), lambda: said(second, other)])

    assert len([sentence for sentence in said_to if sentence]) == 1
    assert [*User.objects.filter(is_switched_on=True)] == [one]
