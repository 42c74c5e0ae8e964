"""The front door and the monitor's door; sessions, uploads and sign-in limits at the threshold."""

import re

import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection
from django.urls import resolve, reverse

from tests.factories import AcademyFactory, UserFactory, person
from trigpoint.people.roles import Role
from trigpoint.web import sessions

PASSWORD = "a long and plain sentence"


def test_home_asks_a_stranger_to_sign_in(client, db):
    assert client.get("/").headers["Location"].startswith(reverse("account_login"))


def test_home_leads_everybody_somewhere(client, db):
    academy = AcademyFactory.create()

    for role in Role:
        client.force_login(person(role, at=academy))
        assert resolve(client.get("/").headers["Location"]), role


def test_healthz_says_that_it_works(client, db):
    assert client.get("/healthz").json() == {"status": "ok"}


def test_healthz_says_that_the_database_does_not_answer(client, db):
    def fail(*_):
        raise DatabaseError

    with connection.execute_wrapper(fail):
        answer = client.get("/healthz")

    assert answer.status_code == 503


def test_session_goes_on_while_it_is_used_and_ends_when_it_is_not(client, db, settings):
    user = person(Role.HEADTEACHER, at=AcademyFactory.create())
    with time_machine.travel("2026-03-02 08:00", tick=False) as clock:
        client.force_login(user)
        for _ in range(4):
            clock.shift(settings.SESSION_COOKIE_AGE - 60)
            assert "/sign-in/" not in client.get("/").headers["Location"]
        clock.shift(settings.SESSION_COOKIE_AGE + 60)
        assert "/sign-in/" in client.get("/").headers["Location"]


def test_session_is_written_at_most_every_ten_minutes(client, db, django_assert_num_queries):
    client.force_login(person(Role.HEADTEACHER, at=AcademyFactory.create()))
    client.get("/")
    touched = client.session[sessions.TOUCHED]

    client.get("/")

    assert client.session[sessions.TOUCHED] == touched


def test_upload_that_is_too_large_is_refused_before_it_is_read(client, db, settings):
    settings.UPLOAD_MAX_BYTES = 1000
    large = SimpleUploadedFile("photo.jpg", b"x" * 2000)

    answer = client.post(reverse("account_login"), {"file": large})

    assert answer.status_code == 413


def try_password(client, email, password):
    return client.post(reverse("account_login"), {"login": email, "password": password})


def test_sign_in_is_limited_for_each_account(client, db):
    user = UserFactory.create()
    user.set_password(PASSWORD)
    user.save()

    answers = [try_password(client, user.email, "wrong").status_code for _ in range(6)]
    blocked = try_password(client, user.email, PASSWORD)
    other = UserFactory.create()
    other.set_password(PASSWORD)
    other.save()

    assert answers[:5] == [200] * 5
    assert "Location" not in blocked.headers
    assert try_password(client, other.email, PASSWORD).status_code == 302


def test_sign_in_says_the_same_for_an_unknown_address(client, db):
    user = UserFactory.create()

    known = try_password(client, user.email, "wrong").content.decode()
    unknown = try_password(client, "nobody@example.org", "wrong").content.decode()

    told_apart = re.compile(r'value="[^"]*"')
    assert told_apart.sub("", known) == told_apart.sub("", unknown)


def test_there_is_no_sign_up(client, db):
    for path in ("/people/sign-up/", "/people/signup/", "/accounts/signup/"):
        assert client.get(path).status_code == 404


def test_answers_carry_the_policies_that_keep_a_page_to_itself(client, db):
    headers = client.get(reverse("account_login")).headers

    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "microphone=()" in headers["Permissions-Policy"]
