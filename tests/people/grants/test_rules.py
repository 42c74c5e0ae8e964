import datetime as dt

import pytest

from tests.factories import (
    AcademyFactory,
    ClusterFactory,
    GrantFactory,
    PersonFactory,
    TeamFactory,
    person,
)
from trigpoint.people.grants import rules
from trigpoint.people.grants.models import Grant
from trigpoint.people.grants.rules import Where
from trigpoint.people.roles import Role

TODAY = dt.date(2026, 3, 2)


@pytest.mark.django_db
@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("where", ["trust", "cluster", "academy", "team"])
def test_visible_to_agrees_with_may_view(role, where):
    cluster = ClusterFactory.create()
    home = AcademyFactory.create(trust=cluster.trust, cluster=cluster)
    team = TeamFactory.create(academy=home)
    places = {"trust": home.trust, "cluster": cluster, "academy": home, "team": team}
    user = person(role, at=places[where])
    sibling = AcademyFactory.create(trust=home.trust)
    for academy in (home, sibling, AcademyFactory.create()):
        someone = PersonFactory.create(trust=academy.trust)
        GrantFactory.create(person=someone)
        GrantFactory.create(person=someone, academy=academy)
        GrantFactory.create(person=someone, team=TeamFactory.create(academy=academy))
        GrantFactory.create(person=someone, review_id=academy.pk, ends_on=TODAY)
    GrantFactory.create(person=user.person, team=team)

    assert set(Grant.objects.visible_to(user)) == {
        grant for grant in Grant.objects.all() if rules.may_view(user, grant)
    }


@pytest.mark.django_db
def test_may_give_stays_within_reach_and_within_the_trust():
    cluster = ClusterFactory.create()
    academy = AcademyFactory.create(trust=cluster.trust)
    sibling = AcademyFactory.create(trust=cluster.trust)
    someone = PersonFactory.create(trust=cluster.trust)
    whole = person(Role.ADMINISTRATOR, at=cluster.trust)
    local = person(Role.ADMINISTRATOR, at=academy)
    team = TeamFactory.create(academy=academy)

    for place in (None, cluster, academy, sibling, team):
        assert rules.may_give(whole, someone, Where(place))
    assert rules.may_give(whole, someone, Where(review_id=academy.pk))
    assert rules.may_give(local, someone, Where(academy))
    assert rules.may_give(local, someone, Where(team))
    for place in (None, cluster, sibling):
        assert "where you hold yours" in rules.may_give(local, someone, Where(place)).reason
    assert not rules.may_give(person(Role.QA_LEAD, at=cluster.trust), someone, Where(academy))
    assert "another trust" in rules.may_give(whole, PersonFactory.create(), Where()).reason
    foreign = Where(AcademyFactory.create())
    assert "another trust" in rules.may_give(whole, someone, foreign).reason


@pytest.mark.django_db
@pytest.mark.parametrize("where", ["trust", "academy", "review"])
def test_may_give_refuses_oneself_and_names_the_way_round(where):
    academy = AcademyFactory.create()
    user = person(Role.ADMINISTRATOR, at=academy.trust)
    places = {
        "trust": Where(),
        "academy": Where(academy),
        "review": Where(review_id=academy.pk),
    }

    reason = rules.may_give(user, user.person, places[where]).reason

    assert "another administrator" in reason
    assert "manage.py add_administrator" in reason


@pytest.mark.parametrize(
    ("role", "where", "words"),
    [
        pytest.param(Role.DPO, Where(AcademyFactory.build()), "across the trust", id="DPO"),
        pytest.param(Role.TEAM_LEADER, Where(), "in a team", id="team leader"),
        pytest.param(Role.HEADTEACHER, Where(), "in a cluster or at an academy", id="head"),
        pytest.param(Role.STAFF, Where(ClusterFactory.build()), "in a cluster", id="staff"),
    ],
)
def test_fits_says_where_a_role_is_held(role, where, words):
    assert words in rules.fits(role, where, starts_on=TODAY, ends_on=None).reason


def test_fits_wants_an_end_for_one_review_and_days_in_order():
    review = Where(review_id=AcademyFactory.build().pk)
    yesterday = TODAY - dt.timedelta(days=1)

    assert rules.fits(Role.REVIEWER, review, starts_on=TODAY, ends_on=TODAY)
    assert "must end" in rules.fits(Role.REVIEWER, review, starts_on=TODAY, ends_on=None).reason
    assert "before it starts" in (
        rules.fits(Role.REVIEWER, Where(), starts_on=TODAY, ends_on=yesterday).reason
    )


@pytest.mark.django_db
def test_may_end_keeps_the_last_administrator():
    user = person(Role.ADMINISTRATOR, at=AcademyFactory.create().trust)
    grant = user.person.grants.get()

    assert rules.may_end(user, grant, on=TODAY, others=1)
    assert "last administrator" in rules.may_end(user, grant, on=TODAY, others=0).reason
    grant.ended_on = TODAY
    assert "ended already" in rules.may_end(user, grant, on=TODAY, others=1).reason
    foreign = GrantFactory.create()
    assert "another trust" in rules.may_end(user, foreign, on=TODAY, others=1).reason


@pytest.mark.django_db
def test_may_end_only_within_reach():
    academy = AcademyFactory.create()
    local = person(Role.ADMINISTRATOR, at=academy)
    someone = PersonFactory.create(trust=academy.trust)
    near = GrantFactory.create(person=someone, academy=academy)
    far = GrantFactory.create(person=someone)

    assert rules.may_end(local, near, on=TODAY, others=0)
    assert not rules.may_end(local, far, on=TODAY, others=1)
