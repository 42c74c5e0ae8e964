"""A small demo trust, told once for all the tests of this folder and then forgotten."""

import datetime as dt

import pytest
from django.db import transaction

from trigpoint.demo.telling import operations

TODAY = dt.date(2026, 11, 23)


@pytest.fixture(scope="package")
def told(django_db_setup, django_db_blocker):
    """Tell the story of two academies inside a transaction that never ends well."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield operations.tell(today=TODAY, academies=2)
        transaction.set_rollback(True)
