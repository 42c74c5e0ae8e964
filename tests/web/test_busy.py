"""A change that cannot have the database in time is answered in words."""

import sqlite3

import pytest
from django.db import OperationalError, connection, transaction
from django.test import Client
from psycopg_pool import PoolTimeout

from tests.factories import UserFactory
from trigpoint.people.models import User
from trigpoint.web import errors
from trigpoint.web.busy import RETRY_AFTER_SECONDS, is_busy

LOCKED = OperationalError("database is locked")


@pytest.mark.urls("tests.web.urls")
@pytest.mark.usefixtures("_registries")
def test_busy_says_when_to_come_again():
    answer = Client().get("/try/fault/busy/")

    assert (answer.status_code, answer["Retry-After"]) == (503, str(RETRY_AFTER_SECONDS))


def test_a_locked_file_is_busy_and_a_broken_one_is_not(tmp_path):
    path = tmp_path / "one.sqlite3"
    first, second = (sqlite3.connect(path, timeout=0, isolation_level=None) for _ in range(2))
    first.execute("CREATE TABLE t (x)")
    first.execute("BEGIN IMMEDIATE")

    with pytest.raises(sqlite3.OperationalError) as locked:
        second.execute("INSERT INTO t VALUES (1)")
    with pytest.raises(sqlite3.OperationalError) as broken:
        second.execute("INSERT INTO u VALUES (1)")

    assert is_busy(OperationalError(str(locked.value)))
    assert not is_busy(OperationalError(str(broken.value)))


@transaction.atomic
def lock_in_no_time(user):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '5ms'")
    User.objects.select_for_update().get(pk=user.pk)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_lock_that_is_not_had_in_time_is_busy():
    user = UserFactory.create()
    other = connection.copy()
    with other.cursor() as elsewhere:
        elsewhere.execute("BEGIN")
        elsewhere.execute("SELECT 1 FROM people_user WHERE id = %s FOR UPDATE", [user.pk])
        with pytest.raises(OperationalError) as raised:
            lock_in_no_time(user)
    other.close()

    assert is_busy(raised.value)


def test_a_pool_without_a_free_connection_is_busy():
    error = OperationalError("couldn't get a connection after 10.00 sec")
    error.__cause__ = PoolTimeout("couldn't get a connection after 10.00 sec")

    assert is_busy(error)


def test_what_fails_outside_a_page_is_busy_too(rf):
    try:  # as behind the session, before a page is found
        raise LOCKED
    except OperationalError:
        answer = errors.crashed(rf.get("/"))

    assert answer.status_code == 503
