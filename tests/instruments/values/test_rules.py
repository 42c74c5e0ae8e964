import pytest
from hypothesis import given
from hypothesis import strategies as st

from trigpoint.instruments.contents.rules import STORED_APART
from trigpoint.instruments.values import rules

NUMBER = {"key": "n", "type": "number", "label": "N"}


@given(
    st.sampled_from([kind for kind in rules.HOW if kind not in STORED_APART]),
    st.text(max_size=60),
)
def test_read_takes_any_text_or_says_how_to_answer(kind, text):
    question = {"key": "q", "type": kind, "label": "Q", "choices": [{"value": "a", "label": "A"}]}
    try:
        value = rules.read(question, text)
    except rules.Wrong as wrong:
        assert str(wrong).endswith(".")  # noqa: PT017 -- either answer is fine
    else:
        assert value is None or rules.read(question, value) == value


@pytest.mark.parametrize(
    ("bounds", "words"),
    [
        ({"min": 1, "max": 3}, "Between 1 and 3."),
        ({"min": 1}, "At least 1."),
        ({"max": 3}, "At most 3."),
    ],
)
def test_number_range_says_both_ends(bounds, words):
    assert rules.number_range({**NUMBER, **bounds}) == words
