import datetime as dt

import pytest

from trigpoint.people.models import Notice
from trigpoint.policies.acknowledgements import queries
from trigpoint.policies.versions.queries import version_in_force

pytestmark = pytest.mark.django_db


def test_most_have_read_the_policy_and_some_were_reminded(told):
    lead = told.cast.lead
    version = version_in_force(viewer=lead)

    counts = queries.counts(version, viewer=lead, on=told.today)
    rows = list(queries.readers(version, viewer=lead, on=told.today))

    assert 0.6 < counts["read"] / counts["all"] < 0.98
    assert any(row.nudged_on for row in rows)
    assert all(row.read_on for row in rows if row.is_head and row.post_title == "Headteacher")
    assert all(row.read_on <= told.today for row in rows if row.read_on)


def test_old_notices_were_seen_and_late_ones_are_new(told):
    week_ago = dt.datetime.combine(told.today - dt.timedelta(days=9), dt.time(), tzinfo=dt.UTC)

    assert Notice.objects.filter(seen_at=None).exists()
    assert not Notice.objects.filter(seen_at=None, made_at__lt=week_ago).exists()
