"""The facts a year is proposed from: days, areas, homes and conflicts of reviewers."""

import datetime as dt

import pytest

from tests.factories import (
    AcademyFactory,
    ConflictOfInterestFactory,
    PersonFactory,
    PostFactory,
    ReviewerProfileFactory,
    TrustFactory,
)
from trigpoint.people.models import Person
from trigpoint.reviews.reviewers import queries

pytestmark = pytest.mark.django_db
DAY = dt.date(2025, 11, 12)


def test_system_reviewers_leaves_out_who_is_away_or_gone():
    trust = TrustFactory.create()
    ReviewerProfileFactory.create(person__trust=trust, is_available=False)
    ReviewerProfileFactory.create(person__trust=trust, person__left_on=dt.date(2025, 10, 1))
    ReviewerProfileFactory.create()
    here = ReviewerProfileFactory.create(person__trust=trust, areas=["welfare"])

    [found] = queries.system_reviewers(trust.pk, on=DAY, settings={})

    assert (found.person_id, found.days_a_term, found.areas) == (
        here.person_id,
        12,
        frozenset({"welfare"}),
    )


def test_system_reviewers_reads_conflicts_from_posts_and_declarations():
    academy, former, long_ago, related = (
        AcademyFactory.create(trust=trust) for trust in [TrustFactory.create()] for _ in range(4)
    )
    them = PersonFactory.create(trust=academy.trust)
    ReviewerProfileFactory.create(person=them, days_a_term=5)
    PostFactory.create(person=them, academy=academy, title="Deputy", category="LEADER")
    PostFactory.create(person=them, academy=former, ends_on=dt.date(2024, 8, 31))
    PostFactory.create(person=them, academy=long_ago, ends_on=dt.date(2015, 8, 31))
    ConflictOfInterestFactory.create(person=them, academy=related)
    ended = {"ended_on": dt.date(2025, 10, 1), "ended_because": "Over"}
    ConflictOfInterestFactory.create(person=them, academy=long_ago, **ended)

    [found] = queries.system_reviewers(academy.trust_id, on=DAY, settings={})

    places = (academy, former, related, long_ago)
    assert [found.kept_from(it.pk, DAY, DAY) for it in places] == [
        "manages there as Deputy",
        "worked there until 31 August 2024",
        "is related to somebody there",
        "",
    ]
    assert (found.home_id, found.days_a_term, found.is_external) == (academy.pk, 5, False)


def test_system_reviewers_judges_conflicts_by_the_days_of_a_review():
    to_come, related = (
        AcademyFactory.create(trust=trust) for trust in [TrustFactory.create()] for _ in range(2)
    )
    them = ReviewerProfileFactory.create(person__trust=to_come.trust).person
    january, christmas = dt.date(2026, 1, 5), dt.date(2025, 12, 25)
    PostFactory.create(person=them, academy=to_come, title="Deputy", starts_on=january)
    ConflictOfInterestFactory.create(person=them, academy=related, ends_on=christmas)

    [found] = queries.system_reviewers(to_come.trust_id, on=DAY, settings={})

    march = (dt.date(2026, 3, 2), dt.date(2026, 3, 3))
    assert found.kept_from(to_come.pk, *march) == "works there as Deputy"
    assert found.kept_from(to_come.pk, DAY, DAY) == ""
    assert found.kept_from(related.pk, *march) == ""
    assert found.kept_from(related.pk, christmas, christmas) == "is related to somebody there"
    assert found.home_id is None


def test_system_reviewers_knows_who_is_from_outside_the_trust():
    row = ReviewerProfileFactory.create(person__kind=Person.Kind.EXTERNAL)

    [found] = queries.system_reviewers(row.trust_id, on=DAY, settings={})

    assert found.is_external
