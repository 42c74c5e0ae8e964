"""Adding a reviewer and changing what is known of them."""

import datetime as dt

import pytest

from tests.factories import PersonFactory, ReviewerProfileFactory, person
from trigpoint.people.roles import Role
from trigpoint.records.models import HistoryEntry
from trigpoint.records.refusals import Refused
from trigpoint.reviews.reviewers import operations
from trigpoint.reviews.reviewers.rules import ProfileFacts

pytestmark = pytest.mark.django_db
DAY = dt.date(2025, 11, 12)


def test_add_keeps_what_was_agreed_once():
    them = PersonFactory.create()
    lead = person(Role.QA_LEAD, at=them.trust)
    facts = ProfileFacts(days_a_term=9, areas=("welfare", "curriculum", "welfare"))

    made = operations.add(person=them, facts=facts, by=lead, on=DAY)

    assert (made.days_a_term, made.areas, made.is_available) == (9, ["curriculum", "welfare"], True)
    assert HistoryEntry.objects.get(subject_id=made.pk).verb == "added"
    with pytest.raises(Refused, match="a reviewer already"):
        operations.add(person=them, facts=facts, by=lead, on=DAY)


def test_change_lets_somebody_rest():
    row = ReviewerProfileFactory.create(days_a_term=9)
    lead = person(Role.QA_LEAD, at=row.trust)

    operations.change(profile=row, facts=ProfileFacts(is_available=False), by=lead, on=DAY)

    row.refresh_from_db()
    assert (row.days_a_term, row.is_available) == (None, False)
