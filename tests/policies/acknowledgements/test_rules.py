import datetime as dt

import pytest

from tests.factories import (
    AcademyFactory,
    AcknowledgementFactory,
    PolicyVersionFactory,
    PostFactory,
    TeamFactory,
    person,
)
from trigpoint.people.roles import Role
from trigpoint.policies.acknowledgements import rules
from trigpoint.policies.models import Acknowledgement

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 3, 2)


def version(**settings):
    return PolicyVersionFactory.create(
        in_force=True, review_due_on=dt.date(2026, 5, 1), settings=settings
    )


@pytest.mark.parametrize("where", ["trust", "academy", "team"])
@pytest.mark.parametrize("role", Role)
def test_visible_to_agrees_with_may_view(role, where):
    team = TeamFactory.create()
    home = {"trust": team.trust, "academy": team.academy, "team": team}[where]
    user = person(role, at=home)
    sibling = AcademyFactory.create(trust=team.trust)
    in_force = PolicyVersionFactory.create(policy__trust=team.trust, in_force=True)
    rows = [AcknowledgementFactory.create(version=in_force, person=user.person)]
    rows.append(AcknowledgementFactory.create(version=in_force))  # of nobody with a post
    for academy in (team.academy, sibling, AcademyFactory.create()):
        post = PostFactory.create(academy=academy)
        of = in_force if academy.trust == team.trust else version()
        rows.append(AcknowledgementFactory.create(version=of, person=post.person, trust=of.trust))

    listed = set(Acknowledgement.objects.visible_to(user))

    assert listed == {row for row in rows if rules.may_view(user, row)}
    assert rows[0] in listed
    assert rows[-1] not in listed


def test_may_acknowledge_is_for_staff_and_the_version_in_force():
    assert rules.may_acknowledge(version(), has_post=True)
    assert "hold a post" in rules.may_acknowledge(version(), has_post=False).reason
    assert (
        "not in force" in rules.may_acknowledge(PolicyVersionFactory.create(), has_post=True).reason
    )


def test_may_nudge_is_for_the_version_in_force_and_those_who_look_after_people():
    one = version()
    allowed = {role for role in Role if rules.may_nudge(person(role, at=one.trust), one)}

    assert allowed == {Role.QA_LEAD, Role.HEADTEACHER, Role.ADMINISTRATOR}
    lead = person(Role.QA_LEAD, at=one.trust)
    assert "not in force" in rules.may_nudge(lead, PolicyVersionFactory.create()).reason


@pytest.mark.parametrize(
    ("facts", "signs_in", "said"),
    [
        ({"acknowledged_on": dt.date(2026, 3, 1)}, True, "Ann read it on 1 March 2026."),
        ({"nudged_on": dt.date(2026, 2, 28)}, True, "again from 3 March 2026 on, or"),
        (None, False, "no sign-in"),
    ],
    ids=["has read it", "two days ago", "cannot sign in"],
)
def test_may_nudge_now_says_why_not(facts, signs_in, said):
    row = Acknowledgement(**facts) if facts else None
    one = version(acknowledgement={"nudge_days": 3})

    verdict = rules.may_nudge_now("Ann", row, one, signs_in=signs_in, on=TODAY)

    assert not verdict
    assert said in verdict.reason


def test_may_nudge_now_after_the_policys_own_days():
    one = version(acknowledgement={"nudge_days": 3})
    row = Acknowledgement(nudged_on=TODAY - dt.timedelta(days=3))

    assert rules.may_nudge_now("Ann", row, one, signs_in=True, on=TODAY)
    assert rules.may_nudge_now("Ann", None, one, signs_in=True, on=TODAY)
    assert rules.nudge_days(version()) == 7


@pytest.mark.parametrize(
    ("left", "days"),
    [(61, None), (60, 60), (59, 60), (31, 60), (30, 30), (1, 30), (0, 0), (-5, 0)],
)
def test_review_notice_is_the_latest_whose_day_has_come(left, days):
    one = version()

    assert rules.review_notice(one, on=one.review_due_on - dt.timedelta(days=left)) == days


def test_review_notice_follows_the_policys_own_days():
    one = version(life={"review_notice_days": [14]})

    assert rules.review_notice(one, on=one.review_due_on - dt.timedelta(days=30)) is None
    assert rules.review_notice(one, on=one.review_due_on - dt.timedelta(days=14)) == 14
    assert rules.review_notice(PolicyVersionFactory.create(), on=TODAY) is None
