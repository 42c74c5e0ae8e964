"""Two who put the same strength forward at once: one practice, and a sentence for the other."""

import datetime as dt

import pytest

from tests.factories import FindingFactory, person
from tests.parallel import HANDS, all_at_once, said
from trigpoint.improvement.models import GoodPractice
from trigpoint.improvement.practices import operations
from trigpoint.people.roles import Role


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_nominate_at_once_nominates_once():
    finding = FindingFactory.create(kind="GOOD_PRACTICE", published=True)
    head = person(Role.HEADTEACHER, at=finding.academy)

    def nominate(by):
        words = {"title": "Five words", "what_they_do": "One list a week."}
        operations.nominate(finding=finding, by=by, on=dt.date(2026, 3, 2), **words)

    def job():
        return said(nominate, head)

    made, *refused = sorted(all_at_once([job] * HANDS))
    assert made == ""
    assert all("nominated already, as “Five words”" in sentence for sentence in refused)
    assert GoodPractice.objects.count() == 1
