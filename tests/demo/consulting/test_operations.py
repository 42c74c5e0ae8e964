import pytest

from trigpoint.policies.differences.queries import system_compared
from trigpoint.policies.drafts.queries import system_before, system_still_open
from trigpoint.policies.models import PolicyVersion

pytestmark = pytest.mark.django_db


def test_the_next_version_is_in_consultation_with_a_comment_to_answer(told):
    version = PolicyVersion.objects.get(trust=told.cast.trust, status="CONSULTATION")

    found = system_compared(system_before(version), version)
    still = system_still_open(version)

    assert version.consult_until > told.today
    assert (found.texts_count, len(found.added), len(found.breaks)) == (2, 1, 2)
    assert found.levels_counts == [(25, "removed")]
    assert found.promises == ["Draft report (working days after fieldwork): 4 instead of 5."]
    assert (still.comments_count, list(still.faults)) == (1, [])
    assert version.comments.exclude(disposition="").count() == 1
