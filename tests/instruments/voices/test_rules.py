import pytest

from trigpoint.instruments.models import ActivityKind
from trigpoint.instruments.voices import rules


@pytest.mark.parametrize("kind", ["STUDENT_VOICE", "STAFF_VOICE", "PARENT_VOICE"])
def test_conversation_names_nobody_and_says_the_way_round(kind):
    verdict = rules.may_name(kind)

    assert not verdict
    assert "describe the group" in verdict.reason


def test_governors_visit_names_nobody_and_is_no_conversation():
    kind = ActivityKind.GOVERNOR_LINK_VISIT

    assert "say their role" in rules.may_name(kind).reason
    assert not rules.is_conversation(kind)


@pytest.mark.parametrize(
    "kind", [ActivityKind.LESSON_VISIT, ActivityKind.BOOK_SCRUTINY, ActivityKind.CURRICULUM_REVIEW]
)
def test_other_kinds_may_name_somebody(kind):
    assert rules.may_name(kind)
