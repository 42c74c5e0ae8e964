import pytest
from django.db import transaction

from tests.factories import TrustFactory, person
from trigpoint.people.roles import Role
from trigpoint.records.models import HistoryEntry
from trigpoint.records.refusals import Refused, Stale
from trigpoint.records.revisions import revision_of
from trigpoint.trusts.privacy import operations
from trigpoint.trusts.privacy.operations import Privacy
from trigpoint.trusts.privacy.rules import told

pytestmark = pytest.mark.django_db
NUMBERS = {"visit_budget_count": 4, "visit_budget_minutes": 180, "suppress_below": 5}


def choose(trust, by, *, levels=False, decision="", revision=None):
    now = revision_of(told(trust).values()) if revision is None else revision
    return operations.set_privacy(
        trust=trust, privacy=Privacy(NUMBERS, levels, decision), base_revision=now, by=by
    )


def test_set_privacy_says_in_the_history_what_it_was():
    trust = TrustFactory.create()

    choose(trust, person(Role.ADMINISTRATOR, at=trust), decision="Left over")

    trust.refresh_from_db()
    assert (trust.visit_budget_count, trust.level_decision) == (4, "")
    assert HistoryEntry.objects.get(verb="privacy set").detail["changed"] == {
        "visit_budget_count": ["3", "4"]
    }


def test_set_privacy_refuses_in_words_and_changes_nothing():
    trust = TrustFactory.create()
    lead = person(Role.QA_LEAD, at=trust)

    with pytest.raises(Refused, match="Say who decided"):
        choose(trust, lead, levels=True)
    with pytest.raises(Refused, match="Only a trust QA lead"):
        choose(trust, person(Role.DPO, at=trust))
    with pytest.raises(Stale), transaction.atomic():
        choose(trust, lead, revision="other")
    trust.refresh_from_db()
    assert trust.visit_budget_count == 3
