"""Two who name the same new theme at once: one theme, both findings."""

import datetime as dt

import pytest

from tests.factories import AreaFactory, ReviewFactory, person
from tests.parallel import HANDS, all_at_once
from trigpoint.judgements.findings import operations
from trigpoint.judgements.findings.operations import FindingFacts
from trigpoint.judgements.models import Finding, Theme
from trigpoint.people.models import User
from trigpoint.people.roles import Role


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_raise_finding_at_once_with_one_new_theme_makes_it_once():
    review = ReviewFactory.create(status="FIELDWORK")
    area = AreaFactory.create(version=review.policy_version)
    lead = person(Role.QA_LEAD, at=review.trust)

    def job(place):
        spelled = "Checking understanding" if place % 2 else "checking  UNDERSTANDING"
        facts = FindingFacts(
            kind=Finding.Kind.DEVELOPMENT, area=area, title=f"Finding {place}", theme=spelled
        )

        def raise_one():
            by = User.objects.get(pk=lead.pk)
            day = dt.date(2026, 3, 2)
            return operations.raise_finding(review=review, facts=facts, by=by, on=day)

        return raise_one

    findings = all_at_once([job(place) for place in range(2 * HANDS)])

    assert len({finding.theme_id for finding in findings}) == 1
    assert (Theme.objects.count(), Finding.objects.count()) == (1, 2 * HANDS)
