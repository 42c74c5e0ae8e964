import datetime as dt
import io
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.factories import (
    AcademyFactory,
    GrantFactory,
    PersonFactory,
    PostFactory,
    TrustFactory,
    UserFactory,
    person,
)
from trigpoint.people.accounts import operations
from trigpoint.people.management.commands import add_administrator
from trigpoint.people.models import User
from trigpoint.people.roles import Role
from trigpoint.records.refusals import Refused
from trigpoint.trusts.models import Trust

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 3, 2)
PASSWORD = "three contour lines"


@pytest.fixture
def administrator():
    return person(Role.ADMINISTRATOR, at=TrustFactory.create())


def test_open_account_without_a_password_opens_only_by_a_link(administrator):
    someone = PersonFactory.create(trust=administrator.person.trust)

    account = operations.open_account(
        person=someone, email=" Ann@Ash.Example", by=administrator, on=TODAY
    )

    assert account.email == "ann@ash.example"
    assert not account.has_usable_password()


def test_open_account_refuses_a_used_address_a_weak_password_and_none(administrator):
    someone = PersonFactory.create(trust=administrator.person.trust)

    with pytest.raises(Refused, match="Another sign-in uses"):
        operations.open_account(
            person=someone, email=UserFactory.create().email, by=administrator, on=TODAY
        )
    with pytest.raises(Refused, match="too short"):
        operations.open_account(
            person=someone, email="a@ash.example", password="short", by=administrator, on=TODAY
        )
    with pytest.raises(Refused, match="needs an email address"):
        operations.open_account(person=someone, email=" ", by=None, on=TODAY)
    with pytest.raises(Refused, match="already"):
        operations.open_account(
            person=administrator.person, email="b@ash.example", by=None, on=TODAY
        )


def test_invite_gives_the_role_of_staff_where_somebody_works(administrator):
    academy = AcademyFactory.create(trust=administrator.person.trust)
    someone = PostFactory.create(academy=academy).person
    PostFactory.create(person=someone, academy=academy, title="Another")
    PostFactory.create(
        person=someone, academy=AcademyFactory.create(trust=academy.trust), ends_on="2020-01-01"
    )

    operations.invite(person=someone, email="ann@ash.example", by=administrator, on=TODAY)

    assert [(held.role, held.academy) for held in someone.grants.all()] == [(Role.STAFF, academy)]


def test_invite_keeps_the_role_somebody_has(administrator):
    academy = AcademyFactory.create(trust=administrator.person.trust)
    someone = PostFactory.create(academy=academy).person
    GrantFactory.create(person=someone, academy=academy)

    operations.invite(person=someone, email="ann@ash.example", by=administrator, on=TODAY)

    assert someone.grants.count() == 1


def test_switch_off_then_on(administrator):
    account = UserFactory.create(person__trust=administrator.person.trust)

    off = operations.switch_off(account=account, by=administrator, on=TODAY).is_switched_on
    on = operations.switch_on(account=account, by=administrator).is_switched_on

    assert (off, on) == (False, True)


def test_switch_off_refuses_the_last_administrator(administrator):
    with pytest.raises(Refused, match="last administrator"):
        operations.switch_off(account=administrator, by=administrator, on=TODAY)
    second = person(Role.ADMINISTRATOR, at=administrator.person.trust)

    operations.switch_off(account=administrator, by=second, on=TODAY)

    assert (
        User.objects.filter(is_switched_on=True, person__trust=administrator.person.trust).get()
        == second
    )


def run(command, *args, **options):
    out = StringIO()
    call_command(command, *args, stdout=out, **options)
    return out.getvalue()


def add(monkeypatch, password=PASSWORD, **options):
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{password}\n"))
    return run("add_administrator", "Jo@ash.example", name="Jo Ash", password_stdin=True, **options)


def test_add_administrator_sets_a_fresh_installation_up(client, monkeypatch):
    founded = run("found_trust", "Ash Trust", group_uid="4119")

    said = add(monkeypatch)

    account = User.objects.get()
    assert "Next: manage.py add_administrator" in founded
    assert "jo@ash.example administers Ash Trust" in said
    assert account.check_password(PASSWORD)
    assert account.access.roles == {Role.ADMINISTRATOR}
    assert PASSWORD not in said
    with pytest.raises(CommandError, match="there already"):
        add(monkeypatch)
    with pytest.raises(CommandError, match="4119 is here already"):
        run("found_trust", "Again", group_uid="4119")


def test_add_administrator_takes_the_person_the_staff_list_brought(monkeypatch):
    someone = PersonFactory.create(email="jo@ash.example")

    add(monkeypatch)

    assert User.objects.get().person == someone


def test_add_administrator_says_what_is_in_the_way(monkeypatch):
    with pytest.raises(CommandError, match="there is none here yet"):
        add(monkeypatch)
    with pytest.raises(CommandError, match="No trust here has Group UID 1"):
        add(monkeypatch, group_uid="1")
    TrustFactory.create()
    with pytest.raises(CommandError, match="too short"):
        add(monkeypatch, password="short")

    assert Trust.objects.count() == 1
    assert not User.objects.exists()


def test_add_administrator_asks_twice_for_the_password(monkeypatch):
    TrustFactory.create()
    typed = iter([PASSWORD, "another", PASSWORD, PASSWORD])
    monkeypatch.setattr(add_administrator, "getpass", lambda _: next(typed))

    with pytest.raises(CommandError, match="differ"):
        run("add_administrator", "jo@ash.example", name="Jo")
    assert "administers" in run("add_administrator", "jo@ash.example", name="Jo")
