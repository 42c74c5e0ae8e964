from hypothesis import given
from hypothesis import strategies as st

from trigpoint.evidence.models import LookForMark
from trigpoint.evidence.pairs.rules import Fit, choices_beside, marks_beside, tally

MARKS = st.dictionaries(st.integers(1, 9), st.sampled_from(LookForMark.Seen.values))
LABELS = {n: f"Look-for {n}" for n in range(1, 10)}
FORM = {
    "sections": [
        {
            "title": "Seen",
            "questions": [
                {"key": "calm", "type": "yes_no", "label": "Calm?"},
                {"key": "words", "type": "long_text", "label": "In words"},
                {
                    "key": "who",
                    "type": "multiple_choice",
                    "label": "Adults",
                    "choices": [{"value": "ta", "label": "TA"}, {"value": "sp", "label": "SENCO"}],
                },
            ],
        }
    ]
}


@given(MARKS, MARKS)
def test_everything_marked_is_counted_once(first, second):
    lines = marks_beside(LABELS, first, second)
    found = tally(lines)

    assert len(lines) == len(first.keys() | second.keys())
    assert found.both == len(first.keys() & second.keys())
    assert found.one == len(first.keys() ^ second.keys())
    assert found.same == sum(second.get(key) == mark for key, mark in first.items())


@given(MARKS, MARKS)
def test_neither_of_the_two_comes_first(first, second):
    assert tally(marks_beside(LABELS, first, second)) == tally(marks_beside(LABELS, second, first))


def test_seen_and_partly_seen_are_a_step_apart_and_not_seen_is_further():
    lines = marks_beside(LABELS, {1: "SEEN", 2: "SEEN", 3: "SEEN"}, {1: "PARTLY", 2: "NOT_SEEN"})

    assert [line.fit for line in lines] == [Fit.NEAR, Fit.APART, Fit.ONE]


def test_choices_are_set_side_by_side_and_words_are_not():
    lines = choices_beside(
        FORM, {"calm": True, "words": "Yes", "who": ["ta"]}, {"calm": True, "who": ["ta", "sp"]}
    )

    assert [(line.label, line.first, line.second, line.fit) for line in lines] == [
        ("Calm?", "Yes", "Yes", Fit.SAME),
        ("Adults", "TA", "TA, SENCO", Fit.APART),
    ]


LEVEL = {"key": "well", "type": "level", "label": "How well?", "scale": "SM",
         "choices": [{"value": "s", "label": "S Strong"}, {"value": "m", "label": "M Met"}]}  # fmt: skip
ROUNDS = {
    "sections": [
        {"title": "Whole", "questions": [LEVEL]},
        {"title": "Time on task", "key": "task", "repeats": {"most": 3, "word": "Snapshot"},
         "questions": [{"key": "busy", "type": "yes_no", "label": "Busy?"}]},
    ]
}  # fmt: skip


def test_levels_and_each_time_a_part_was_answered_are_set_side_by_side():
    lines = choices_beside(
        ROUNDS,
        {"well": "s", "task": [{"busy": True}, {"busy": False}]},
        {"well": "m", "task": [{"busy": True}, {"busy": True}, {"busy": False}]},
    )

    assert [(line.label, line.first, line.second, line.fit) for line in lines] == [
        ("How well?", "S Strong", "M Met", Fit.APART),
        ("Snapshot 1: Busy?", "Yes", "Yes", Fit.SAME),
        ("Snapshot 2: Busy?", "No", "Yes", Fit.APART),
        ("Snapshot 3: Busy?", "", "No", Fit.ONE),
    ]


def test_few_pairs_are_said_to_be_few():
    marks = dict.fromkeys(range(1, 10), "SEEN")

    assert tally(marks_beside(LABELS, marks, marks)).is_few
