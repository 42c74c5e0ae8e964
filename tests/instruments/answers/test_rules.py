import pytest
from hypothesis import given

from tests.instruments.shapes import answered
from trigpoint.instruments.answers import rules
from trigpoint.instruments.contents.rules import questions

CONTENT = {
    "sections": [
        {
            "title": "All kinds of question",
            "questions": [
                {"key": "focus", "type": "short_text", "label": "Focus", "required": True},
                {"key": "story", "type": "long_text", "label": "Story"},
                {
                    "key": "place",
                    "type": "single_choice",
                    "label": "Place",
                    "choices": [{"value": "a", "label": "A"}, {"value": "b", "label": "B"}],
                },
                {
                    "key": "groups",
                    "type": "multiple_choice",
                    "label": "Groups",
                    "choices": [{"value": "a", "label": "A"}, {"value": "b", "label": "B"}],
                },
                {"key": "agreed", "type": "yes_no", "label": "Agreed?"},
                {"key": "books", "type": "number", "label": "Books", "min": 1, "max": 30},
                {"key": "least", "type": "number", "label": "Least", "min": 1},
                {"key": "most", "type": "number", "label": "Most", "max": 9},
                {"key": "day", "type": "date", "label": "Day"},
                {"key": "start", "type": "time", "label": "Start"},
            ],
        },
        {
            "title": "Kept apart",
            "questions": [
                {"key": "notes", "type": "running_notes", "label": "Notes", "required": True},
                {"key": "seen", "type": "look_fors", "label": "Seen"},
            ],
        },
    ]
}


@pytest.mark.parametrize(
    ("key", "given", "kept"),
    [
        ("focus", "  Fractions ", "Fractions"),
        ("story", "Two\nlines", "Two\nlines"),
        ("place", "b", "b"),
        ("groups", ["b", "a"], ["a", "b"]),
        ("groups", "b", ["b"]),
        ("agreed", "yes", True),
        ("agreed", "no", False),
        ("agreed", False, False),
        ("books", "8", 8),
        ("books", 2.5, 2.5),
        ("books", " 8.0 ", 8),
        ("day", "2026-11-12", "2026-11-12"),
        ("start", "09:40", "09:40"),
        ("start", "09:40:30", "09:40"),
    ],
)
def test_check_answers_keeps_an_answer_in_one_form(key, given, kept):
    checked = rules.check_answers(CONTENT, {"focus": "Fractions", key: given})

    assert (checked.cleaned[key], checked.problems) == (kept, {})
    assert type(checked.cleaned[key]) is type(kept)


@pytest.mark.parametrize(
    ("key", "given", "words"),
    [
        ("focus", "x" * 301, "301 characters; 300 fit"),
        ("focus", "nul\0", "cannot be stored"),
        ("focus", {"a": 1}, "in words"),
        ("story", "x" * 10_001, "10,001 characters"),
        ("place", "c", "Choose one"),
        ("place", ["a"], "Choose one"),
        ("groups", ["a", "c"], "Choose from"),
        ("groups", [["a"]], "Choose from"),
        ("agreed", "perhaps", "yes or no"),
        ("books", "eight", "number"),
        ("books", True, "number"),
        ("books", "nan", "too large"),
        ("books", "1e999", "too large"),
        ("books", 10**400, "number"),
        ("books", 0, "Between 1 and 30"),
        ("least", 0, "At least 1"),
        ("most", 10, "At most 9"),
        ("day", "12/11/2026", "date"),
        ("day", 20261112.5, "date"),
        ("day", "2026-02-30", "calendar"),
        ("start", "noon", "time"),
        ("start", "24:10", "time"),
        ("notes", "A note", "one by one"),
        ("seen", {"id": "SEEN"}, "one by one"),
        ("unheard_of", "x", "no such question"),
    ],
)
def test_check_answers_says_what_is_wrong_with_an_answer(key, given, words):
    checked = rules.check_answers(CONTENT, {"focus": "Fractions"} | {key: given})

    assert list(checked.problems) == [key]
    assert words in checked.problems[key]
    assert key not in checked.cleaned


@pytest.mark.parametrize("empty", [None, "", "   ", []])
def test_check_answers_asks_for_required_answers_once_it_is_complete(empty):
    answers = {"focus": empty, "books": empty}

    assert list(rules.check_answers(CONTENT, answers).problems) == ["focus"]
    assert rules.check_answers(CONTENT, answers, complete=False) == rules.Answers()


def conditional(*values, **more):
    condition = {"shown_if": {"question": "came", "any_of": list(values)}}
    return {"key": "who", "type": "short_text", "label": "Who?", **condition, **more}


CAME = {"key": "came", "type": "yes_no", "label": "Came?"}
WHY = {
    "key": "why", "type": "multiple_choice", "label": "Why?",
    "choices": [{"value": "a", "label": "A"}, {"value": "b", "label": "B"}],
    "shown_if": {"question": "came", "any_of": ["no"]},
}  # fmt: skip
SNAPSHOTS = {
    "sections": [
        {"title": "Before", "questions": [CAME]},
        {
            "title": "Time on task",
            "key": "task",
            "repeats": {"most": 3, "word": "Snapshot"},
            "questions": [
                {"key": "busy", "type": "yes_no", "label": "Busy?", "required": True},
                {"key": "doing", "type": "short_text", "label": "Doing what?", "required": True,
                 "shown_if": {"question": "busy", "any_of": ["yes"]}},
                {"key": "late", "type": "short_text", "label": "Late?",
                 "shown_if": {"question": "came", "any_of": ["no"]}},
            ],
        },
    ]
}  # fmt: skip


def one_part(*asked):
    return {"sections": [{"title": "Part", "questions": list(asked)}]}


@pytest.mark.parametrize("answer", ["no", False, " no ", None, ""])
def test_what_is_not_shown_is_not_asked_for_and_dropped(answer):
    form = one_part(CAME, conditional("yes", required=True))

    checked = rules.check_answers(form, {"came": answer, "who": "Ann"})

    assert "who" not in checked.cleaned | checked.problems


@pytest.mark.parametrize("answer", ["yes", True])
def test_what_is_shown_is_asked_for_and_kept(answer):
    form = one_part(CAME, conditional("yes", required=True))

    assert rules.check_answers(form, {"came": answer}).problems == {"who": rules.NO_ANSWER}
    assert rules.check_answers(form, {"came": answer, "who": "Ann"}).cleaned["who"] == "Ann"


def test_an_answer_kept_while_drafting_survives_what_hides_it():
    form = one_part(CAME, conditional("yes"))

    checked = rules.check_answers(form, {"came": "no", "who": "Ann"}, complete=False)

    assert checked.cleaned == {"came": False, "who": "Ann"}


def test_a_question_behind_one_that_is_not_shown_is_not_shown():
    last = conditional(key="last") | {"shown_if": {"question": "why", "any_of": ["a"]}}
    form = one_part(CAME, WHY, last)

    assert rules.check_answers(form, {"came": "yes", "why": ["a"], "last": "x"}).cleaned == {
        "came": True
    }
    assert (
        len(rules.check_answers(form, {"came": "no", "why": ["b", "a"], "last": "x"}).cleaned) == 3
    )


def test_repeats_are_checked_one_by_one():
    given = {
        "came": "no",
        "task": [{"busy": "yes", "doing": " Reading "}, {"busy": False, "doing": "x", "late": "y"}],
    }

    checked = rules.check_answers(SNAPSHOTS, given)

    assert checked.problems == {}
    assert checked.cleaned == {
        "came": False,
        "task": [{"busy": True, "doing": "Reading"}, {"busy": False, "late": "y"}],
    }


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ([{"busy": "yes"}], "Snapshot 1, Doing what?: This question needs an answer"),
        ([{"busy": "no"}, {"busy": "perhaps"}], "Snapshot 2, Busy?: Answer yes or no"),
        ([{"busy": "no"}] * 4, "There are 4, and 3 fit"),
        ([{"busy": "no", "new": "x"}], "Snapshot 1, new: This form has no such question"),
        ([], "Snapshot 1, Busy?: This question needs an answer"),
        ([{}], "Snapshot 1, Busy?: This question needs an answer"),
        ([{}, {"doing": " "}], "Snapshot 1, Busy?: This question needs an answer"),
        ("often", "Answer each snapshot by itself"),
        (["often"], "Answer each snapshot by itself"),
        ({"busy": "no"}, "Answer each snapshot by itself"),
    ],
)
def test_repeats_say_which_one_is_wrong(given, words):
    checked = rules.check_answers(SNAPSHOTS, {"task": given})

    assert words in checked.problems["task"]
    assert "task" not in checked.cleaned


@pytest.mark.parametrize(
    ("given", "answers"),
    [({}, False), ({"task": [{}, {"doing": " "}]}, False), ({"task": [{"doing": "x"}]}, True)],
)
def test_repeats_left_empty_answer_nothing(given, answers):
    assert rules.is_answered(SNAPSHOTS, given) == answers


def test_repeats_left_empty_are_no_repeats():
    given = {"task": [{"busy": "no"}, {}, {"doing": "  "}]}

    assert rules.check_answers(SNAPSHOTS, given).cleaned == {"task": [{"busy": False}]}


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"task": [{"busy": "yes"}]}, ""),
        ({"task": [{"busy": ["yes"]}]}, "Busy?: Answer yes or no"),
        ({"task": "x"}, "Time on task: Answer each snapshot by itself"),
        ({"task": [{}] * 4}, "Time on task: There are 4"),
    ],
)
def test_answers_shaped_looks_into_repeats(given, words):
    verdict = rules.answers_shaped(SNAPSHOTS, given)

    assert bool(verdict) == (not words)
    assert words in verdict.reason


def test_in_words_heads_each_repeat():
    given = {"came": True, "task": [{"busy": True, "doing": "Reading"}, {"busy": False}]}

    said = [(it.label, it.words) for it in rules.in_words(SNAPSHOTS, given)]

    assert said == [
        ("Came?", "Yes"),
        ("Snapshot 1: Busy?", "Yes"),
        ("Snapshot 1: Doing what?", "Reading"),
        ("Snapshot 2: Busy?", "No"),
    ]


LEVEL = {"key": "level", "type": "level", "label": "Level", "scale": "SM",
         "choices": [{"value": "s", "label": "S Strong"}, {"value": "m", "label": "M Met"}]}  # fmt: skip


def test_a_level_is_one_of_its_frozen_choices():
    form = one_part(LEVEL)

    assert rules.check_answers(form, {"level": "s"}).cleaned == {"level": "s"}
    assert "levels offered" in rules.check_answers(form, {"level": "e"}).problems["level"]
    assert rules.in_words(form, {"level": "m"}) == [rules.Answered("Level", "M Met")]


@pytest.mark.parametrize(
    ("answers", "gives"),
    [
        ({"level": "s"}, True),
        ({"level": ""}, False),
        ({}, False),
        ({"again": [{"deep": "m"}]}, True),
    ],
)
def test_gives_level_looks_everywhere(answers, gives):
    form = one_part(LEVEL)
    again = {"title": "Again", "key": "again", "repeats": {"most": 2, "word": "Look"}}
    form["sections"].append({**again, "questions": [{**LEVEL, "key": "deep"}]})

    assert rules.gives_level(form, answers) == gives


@given(answered())
def test_answers_that_fit_are_stored_and_read_back_in_words(made):
    content, given = made

    checked = rules.check_answers(content, given)
    again = rules.check_answers(content, checked.cleaned)

    assert checked.problems == {}
    assert rules.answers_shaped(content, given)
    assert again == checked
    said = rules.in_words(content, checked.cleaned)
    stored = [checked.cleaned, *(one for part in rules.repeated(content)
                                 for one in checked.cleaned.get(part["key"], []))]  # fmt: skip
    asked = {question["key"] for question in questions(content)}
    assert len(said) == sum(key in asked for one in stored for key in one)
    assert all(answer.words for answer in said)


@given(answered(every=False))
def test_conditions_never_drop_a_shown_answer(made):
    content, given = made

    kept = rules.check_answers(content, given).cleaned

    shown = rules.shown(rules.once(content), given)
    wanted = {question["key"] for question in shown} & given.keys()
    assert wanted <= kept.keys()
    hidden = {it["key"] for it in rules.once(content)} - {it["key"] for it in shown}
    assert not hidden & kept.keys()
    assert rules.check_answers(content, given, complete=False).cleaned.keys() >= {
        key for key in given if key in {it["key"] for it in rules.once(content)}
    }


def test_an_answer_that_is_a_day_reads_as_days_do_everywhere():
    asked = {"key": "on", "type": "date", "label": "When?"}
    content = {"sections": [{"title": "Seen", "questions": [asked]}]}

    said = [rules.in_words(content, {"on": it})[0].words for it in ("2026-11-20", "in spring")]

    assert said == ["20 November 2026", "in spring"]
