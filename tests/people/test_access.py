"""Where a capability is held: two spellings of one answer, at most two queries."""

import datetime as dt

import pytest
from django.db.models import Q

from tests.factories import (
    AcademyFactory,
    ClusterFactory,
    FindingFactory,
    GrantFactory,
    ReviewFactory,
    TeamFactory,
    grant,
    person,
)
from trigpoint.judgements.models import Finding
from trigpoint.people import access
from trigpoint.people.models import User
from trigpoint.people.roles import FOR_ONE_REVIEW, IN_WORDS, ROLE_CAPABILITIES, Capability, Role

pytestmark = pytest.mark.django_db
PLACES = ("trust", "cluster", "academy", "team", "review")


@pytest.fixture
def worlds():
    """One finding at one's own academy, its sibling's and a foreign one, and the places around."""
    cluster = ClusterFactory.create()
    home = AcademyFactory.create(trust=cluster.trust, cluster=cluster)
    sibling = AcademyFactory.create(trust=home.trust)
    findings = []
    for academy in (home, sibling, AcademyFactory.create()):
        team = TeamFactory.create(academy=academy)
        review = ReviewFactory.create(academy=academy)
        findings.append(
            FindingFactory.create(
                review=review, academy=academy, team=team, scope=Finding.Scope.TEAM
            )
        )
    places = {
        "trust": home.trust,
        "cluster": cluster,
        "academy": home,
        "team": findings[0].team,
        "review": findings[0].review,
    }
    return findings, places


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("where", PLACES)
def test_where_agrees_with_covers(worlds, role, where):
    """For every capability of the product, the list and the question name the same rows."""
    findings, places = worlds
    held = person(role, at=places[where]).access

    for capability in Capability:
        listed = set(
            Finding.objects.filter(
                held.where(capability, academy="academy", team="team", review="review")
            )
        )
        asked = {
            finding
            for finding in findings
            if held.covers(
                capability,
                trust_id=finding.trust_id,
                academy_id=finding.academy_id,
                team_id=finding.team_id,
                review_id=finding.review_id,
            )
        }
        assert listed == asked
        assert findings[2] not in listed
        assert held.holds(capability) == (
            capability in ROLE_CAPABILITIES[role]
            and (where != "review" or capability in FOR_ONE_REVIEW)
        )
        assert held.is_trust_wide(capability) == (held.holds(capability) and where == "trust")


def test_access_takes_two_queries_however_many_roles(django_assert_max_num_queries, worlds):
    _, places = worlds
    user = User.objects.get(pk=person(Role.QA_LEAD, at=places["trust"]).pk)
    for place in places.values():
        grant(user, Role.TRUSTEE, at=place)
        grant(user, Role.HEADTEACHER, at=place)

    with django_assert_max_num_queries(2):
        held = user.access

    assert held.roles == {Role.QA_LEAD, Role.TRUSTEE, Role.HEADTEACHER}


def test_academies_names_those_a_cluster_holds_today(worlds):
    findings, places = worlds
    user = person(Role.HEADTEACHER, at=places["cluster"])

    assert user.access.academies(Capability.ACADEMY_VIEW) == {findings[0].academy_id}
    assert user.access.academies(Capability.GRANT_GIVE) == frozenset()


def test_anywhere_is_the_whole_trust_for_a_holder_and_nothing_for_others(worlds):
    findings, places = worlds
    held = person(Role.HEADTEACHER, at=places["academy"]).access

    assert set(Finding.objects.filter(held.anywhere(Capability.FINDING_VIEW))) == set(findings[:2])
    assert not Finding.objects.filter(held.anywhere(Capability.GRANT_GIVE)).exists()


@pytest.mark.parametrize(
    ("days", "counts"),
    [
        pytest.param({"starts_on": "2026-03-02"}, True, id="from today"),
        pytest.param({"starts_on": "2026-03-03"}, False, id="from tomorrow"),
        pytest.param({"starts_on": "2026-01-01", "ends_on": "2026-03-02"}, True, id="to today"),
        pytest.param({"starts_on": "2026-01-01", "ends_on": "2026-03-01"}, False, id="over"),
        pytest.param(
            {"starts_on": "2026-01-01", "ended_on": "2026-03-02"}, False, id="ended today"
        ),
        pytest.param({"starts_on": "2026-01-01", "ended_on": "2026-03-03"}, True, id="ends later"),
    ],
)
def test_of_counts_only_roles_in_force(days, counts):
    day = dt.date(2026, 3, 2)
    held = GrantFactory.create(role=Role.TRUSTEE, **days)
    held.refresh_from_db()

    assert bool(access.of(held.person, on=day).roles) == counts
    assert held.is_in_force(on=day) == counts


def test_nowhere_is_no_row(worlds):
    assert not Finding.objects.filter(access.NOWHERE | Q(pk__in=[])).exists()


def test_in_words_says_every_capability_once():
    said = [capability for group in IN_WORDS.values() for capability in group]

    assert sorted(said) == sorted(Capability)


def test_every_role_has_its_capabilities():
    assert set(ROLE_CAPABILITIES) == set(Role)
    assert all(
        Capability.GRANT_GIVE not in held
        for role, held in ROLE_CAPABILITIES.items()
        if role is not Role.ADMINISTRATOR
    )
