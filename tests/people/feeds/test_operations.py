import datetime as dt

import pytest
from django.contrib.sessions.models import Session

from tests.factories import AcademyFactory, person
from trigpoint.people.feeds import operations, queries
from trigpoint.people.models import Feed
from trigpoint.people.roles import Role
from trigpoint.records.models import HistoryEntry
from trigpoint.records.refusals import Refused

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2025, 11, 12, 9, tzinfo=dt.UTC)
TODAY = NOW.date()


@pytest.fixture
def owner():
    return person(Role.HEADTEACHER, at=AcademyFactory.create())


def test_make_gives_a_secret_that_is_kept_nowhere(owner):
    token = operations.make(by=owner, at=NOW)

    feed = Feed.objects.get()
    assert len(token) >= 43  # 256 bits
    assert token not in str([vars(feed), *HistoryEntry.objects.values(), *Session.objects.values()])
    assert queries.system_reader(token, on=TODAY) == owner
    feed.refresh_from_db()
    assert feed.read_on == TODAY


def test_make_again_shuts_the_address_before(owner):
    first = operations.make(by=owner, at=NOW)
    second = operations.make(by=owner, at=NOW)

    assert queries.system_reader(first, on=TODAY) is None
    assert queries.system_reader(second, on=TODAY) == owner
    assert list(HistoryEntry.objects.order_by("created_at").values_list("verb", flat=True)) == [
        "made", "renewed",
    ]  # fmt: skip


def test_revoke_shuts_it(owner):
    token = operations.make(by=owner, at=NOW)

    operations.revoke(by=owner)

    assert queries.system_reader(token, on=TODAY) is None
    with pytest.raises(Refused, match="nothing to revoke"):
        operations.revoke(by=owner)


def test_nobodys_secret_opens_nothing(owner):
    operations.make(by=owner, at=NOW)

    assert queries.system_reader("", on=TODAY) is None
    assert queries.system_reader(Feed.objects.get().token_sha256, on=TODAY) is None
