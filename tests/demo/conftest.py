"""A small demo trust, told once for all the tests of this folder and then forgotten."""

import datetime as dt
from pathlib import Path

import pytest
from django.db import transaction

from trigpoint.demo.telling import operations

TODAY = dt.date(2026, 11, 23)
HERE = Path(__file__).parent


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """Run these one after another, however the rest is shuffled: else each file tells it anew."""
    items.sort(key=lambda item: HERE not in item.path.parents)


@pytest.fixture(scope="package")
def told(django_db_setup, django_db_blocker):
    """Tell the story of two academies inside a transaction that never ends well."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield operations.tell(today=TODAY, academies=2)
        transaction.set_rollback(True)
