import datetime as dt

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection

from tests.factories import SurveyFactory
from trigpoint.evidence.answering import operations, rules

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2025, 11, 12, 10, 0, tzinfo=dt.UTC)
LATER = NOW + dt.timedelta(hours=1)


def kept():
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key FROM web_cache")
        return [key for (key,) in cursor.fetchall()]


def test_forget_takes_the_salt_and_limits_that_are_over_out_and_leaves_others(client):
    with time_machine.travel(NOW, tick=False):
        cache.clear()
        client.post(f"/evidence/s/{SurveyFactory.create().secret}/", {"q1": "AGREE"})
        cache.set("sign-in-limit", 1, timeout=24 * 60 * 60)
        before = kept()

    with time_machine.travel(LATER, tick=False):
        operations.forget(at=LATER)

    assert f":1:{rules.SALT_KEY}" in before
    assert len(before) == 3
    assert kept() == [":1:sign-in-limit"]
