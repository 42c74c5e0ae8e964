import pytest
from hypothesis import given
from hypothesis import strategies as st

from trigpoint.evidence.contents.rules import LARGEST_GROUP
from trigpoint.evidence.groups import rules
from trigpoint.evidence.models import EvidenceRecord
from trigpoint.instruments.models import ActivityKind
from trigpoint.instruments.voices.rules import IN_GROUPS


def talk(**facts):
    return EvidenceRecord(**{"kind": "STUDENT_VOICE", **facts})


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        pytest.param({}, "Say who was spoken to", id="nothing said"),
        pytest.param({"group_size": 6}, "Say who was spoken to", id="a size alone"),
        pytest.param({"group_described": "Year 5"}, "how many", id="no size"),
        pytest.param({"group_described": "Year 5", "group_size": 0}, "how many", id="nobody"),
        pytest.param({"answers": {"mix": "Year 5"}}, "how many", id="no size in the form either"),
    ],
)
def test_conversation_without_its_group_is_told_what_is_missing(facts, said):
    verdict = rules.is_told(talk(**facts))

    assert said in verdict.reason


@pytest.mark.parametrize(
    "facts",
    [
        pytest.param({"group_described": "Year 5", "group_size": 6}, id="in the record"),
        pytest.param({"answers": {"mix": "Year 5", "group_size": 6}}, id="in a ready-made form"),
        pytest.param({"answers": {"roles": "Two TAs", "group_size": "2"}}, id="as typed"),
    ],
)
def test_group_is_told_once_wherever(facts):
    assert rules.is_told(talk(**facts))


def test_group_of_the_record_goes_before_that_of_its_answers():
    record = talk(group_described="Year 5", answers={"mix": "Year 6", "group_size": 8})

    assert rules.group(record) == ("Year 5", 8)


@given(st.sampled_from(sorted(set(ActivityKind.values) - IN_GROUPS)))
def test_other_kinds_need_no_group(kind):
    assert rules.is_told(EvidenceRecord(kind=kind))


@given(st.one_of(st.text(), st.integers(), st.none(), st.lists(st.text()), st.booleans()))
def test_a_size_that_is_none_never_breaks(answer):
    _, size = rules.group(talk(answers={"group_size": answer, "mix": answer}))

    assert size is None or 0 <= size <= LARGEST_GROUP
