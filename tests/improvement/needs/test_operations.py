import datetime as dt

import pytest

from tests.factories import (
    AcademyFactory,
    DevelopmentNeedFactory,
    FindingFactory,
    PostFactory,
    ThemeFactory,
    person,
)
from trigpoint.improvement.models import DevelopmentNeed
from trigpoint.improvement.needs import operations
from trigpoint.judgements.findings import operations as findings
from trigpoint.people.roles import Role
from trigpoint.records.refusals import Refused

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 2, 10)


def test_raise_need_is_for_those_who_lead_or_review():
    academy = AcademyFactory.create()
    facts = operations.NeedFacts(academy, ThemeFactory.create(trust=academy.trust))

    operations.raise_need(facts=facts, by=person(Role.HEADTEACHER, at=academy), on=TODAY)
    with pytest.raises(Refused, match="Only a reviewer or the academy's headteacher"):
        operations.raise_need(facts=facts, by=person(Role.STAFF, at=academy), on=TODAY)

    assert DevelopmentNeed.objects.count() == 1


def test_meet_is_once_and_for_oneself():
    academy = AcademyFactory.create()
    user = person(Role.STAFF, at=academy)
    need = DevelopmentNeedFactory.create(academy=academy, person=user.person)

    assert operations.meet(need=need, by=user, on=TODAY).met_on == TODAY
    with pytest.raises(Refused, match="met already"):
        operations.meet(need=need, by=user, on=TODAY)


def test_system_raise_for_review_turns_published_findings_about_people_into_needs_once():
    post = PostFactory.create(category="EARLY_CAREER")
    theme = ThemeFactory.create(trust=post.trust)
    finding = FindingFactory.create(
        review__academy=post.academy,
        published=True,
        scope="INDIVIDUAL",
        person=post.person,
        theme=theme,
    )
    FindingFactory.create(review=finding.review, published=True, theme=theme)

    raised = [operations.system_raise_for_review(finding.review_id) for _ in range(2)]

    need = DevelopmentNeed.objects.get()
    assert raised == [1, 0]
    assert (need.person, need.group, need.theme) == (post.person, "EARLY_CAREER", theme)


def test_system_raise_for_review_counts_who_leaves_by_their_last_post():
    post = PostFactory.create(category="SUPPORT", ends_on=dt.date(2025, 8, 31))
    PostFactory.create(
        person=post.person, category="TEACHER", ends_on=dt.date(2026, 8, 31), academy=post.academy
    )
    finding = FindingFactory.create(
        review__academy=post.academy,
        published=True,
        scope="INDIVIDUAL",
        person=post.person,
        theme=ThemeFactory.create(trust=post.trust),
    )

    operations.system_raise_for_review(finding.review_id)

    assert DevelopmentNeed.objects.get().group == "TEACHER"


def test_publishing_findings_raises_the_needs_of_those_they_are_about():
    post = PostFactory.create()
    finding = FindingFactory.create(
        review__academy=post.academy,
        scope="INDIVIDUAL",
        person=post.person,
        theme=ThemeFactory.create(trust=post.trust),
    )
    lead = person(Role.QA_LEAD, at=post.trust)

    findings.publish_for(review=finding.review, by=lead, on=TODAY)

    need = DevelopmentNeed.objects.get()
    assert (need.person, need.raised_on) == (post.person, TODAY)
