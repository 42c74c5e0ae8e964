import pytest

from trigpoint.policies.models import PolicyVersion
from trigpoint.trusts.calendars.queries import system_calendar
from trigpoint.trusts.models import Body, Cluster, Team, TierChange

pytestmark = pytest.mark.django_db


def test_trust_has_four_bodies_and_clusters_and_networks(told):
    trust = told.cast.trust
    assert Body.objects.filter(trust=trust).count() == 4
    assert set(Cluster.objects.values_list("name", flat=True)) == {"Coast", "Valley"}
    assert Team.objects.filter(trust=trust, academy=None).count() == 2


def test_policy_had_three_versions_and_one_is_in_force(told):
    adopted = PolicyVersion.objects.exclude(status="CONSULTATION")
    versions = list(adopted.order_by("number"))

    assert [version.status for version in versions] == ["SUPERSEDED", "SUPERSEDED", "IN_FORCE"]
    assert [version.settings["capture"]["feedback_days"] for version in versions] == [10, 7, 5]
    assert versions[0].standards.count() == versions[2].standards.count() - 2


def test_tiers_were_set_once_a_year_by_the_committee(told):
    for place in told.cast.places:
        changes = TierChange.objects.filter(academy=place.academy)
        assert changes.count() == 3
        assert {change.body for change in changes} == {told.cast.committees[0]}


def test_calendar_is_known_to_the_product(told):
    for place in told.cast.places:
        assert system_calendar(place.academy.pk) == place.calendar
