import pytest

from tests.policies.writing import a_draft
from trigpoint.policies.models import PolicyVersion
from trigpoint.policies.scales import operations
from trigpoint.policies.scales.queries import system_told
from trigpoint.records.models import HistoryEntry
from trigpoint.records.refusals import Refused
from trigpoint.records.revisions import revision_of

pytestmark = pytest.mark.django_db


def test_relabel_says_in_the_history_what_the_words_were():
    lead, version, _ = a_draft()
    before = system_told(version.scale)
    labels = before | {"E": "Outstanding practice"}

    operations.relabel(
        version=version, labels=labels, base_revision=revision_of(before.values()), by=lead
    )

    detail = HistoryEntry.objects.get(verb="levels relabelled").detail
    assert (detail["before"]["E"], detail["after"]["E"]) == ("Exceptional", "Outstanding practice")


def test_relabel_leaves_a_version_in_consultation_alone():
    lead, version, _ = a_draft()
    PolicyVersion.objects.filter(pk=version.pk).update(
        status="CONSULTATION", consult_until="2026-10-16"
    )

    with pytest.raises(Refused, match="Take it back to a draft"):
        operations.relabel(version=version, labels={}, base_revision="", by=lead)
