import pytest

from tests.factories import AreaFactory, CadenceRuleFactory, person
from tests.policies.writing import a_draft
from trigpoint.people.roles import Role
from trigpoint.policies.cadence import operations
from trigpoint.policies.cadence.operations import Interval
from trigpoint.records.models import HistoryEntry
from trigpoint.records.refusals import Refused

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("months", [None, 12])
def test_promise_keeps_to_the_version_and_to_months_where_they_count(months):
    lead, version, _ = a_draft()
    every = "TERM" if months else "MONTHS"

    with pytest.raises(ValueError, match="months only where it counts"):
        operations.promise(version=version, interval=Interval("TRUST", every, months), by=lead)
    foreign = Interval("TRUST", "TERM", area=AreaFactory.create())
    with pytest.raises(ValueError, match="an area of the version"):
        operations.promise(version=version, interval=foreign, by=lead)


def test_promise_is_refused_to_others():
    _, version, _ = a_draft()

    with pytest.raises(Refused, match="Only a trust QA lead"):
        operations.promise(
            version=version,
            interval=Interval("TRUST", "TERM"),
            by=person(Role.TRUSTEE, at=version.trust),
        )


def test_retract_says_in_the_history_what_was_promised():
    lead, version, _ = a_draft()
    rule = CadenceRuleFactory.create(version=version, months=6, tier=3)

    operations.retract(rule=rule, by=lead)

    assert HistoryEntry.objects.get(verb="cadence retracted").detail == {
        "review": "Trust review",
        "area": "the academy as a whole",
        "tier": "tier 3",
        "interval": "Every 6 months",
    }
    with pytest.raises(Refused, match="taken out a moment ago"):
        operations.retract(rule=rule, by=lead)
