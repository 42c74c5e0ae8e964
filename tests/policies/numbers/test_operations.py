import pytest

from tests.policies.writing import a_draft
from trigpoint.policies.numbers import operations
from trigpoint.policies.settings.rules import told
from trigpoint.records.models import HistoryEntry
from trigpoint.records.refusals import Refused, Stale
from trigpoint.records.revisions import revision_of

pytestmark = pytest.mark.django_db


def now(version, *keys):
    return revision_of(told(version.settings)[key] for key in keys)


def test_choose_leaves_what_was_not_chosen_and_writes_only_what_changed():
    lead, version, _ = a_draft()

    operations.choose(
        version=version,
        chosen={"clock-draft": 4, "clock-final": 15},
        base_revision=now(version, "clock-draft", "clock-final"),
        by=lead,
    )

    version.refresh_from_db()
    assert (version.settings["clock"]["draft"], version.settings["clock"]["notice"]) == (4, -10)
    assert HistoryEntry.objects.get(verb="numbers chosen").detail["changed"] == {
        "clock-draft": ["5", "4"]
    }


def test_choose_refuses_a_clock_that_runs_backwards_and_words_read_too_long_ago():
    lead, version, _ = a_draft()

    with pytest.raises(Refused, match="The clock runs backwards"):
        operations.choose(
            version=version,
            chosen={"clock-draft": 40},
            base_revision=now(version, "clock-draft"),
            by=lead,
        )
    with pytest.raises(Stale):
        operations.choose(
            version=version, chosen={"clock-draft": 4}, base_revision="other", by=lead
        )
