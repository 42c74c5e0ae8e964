import copy
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from tests.instruments.shapes import SAYABLE, contents
from trigpoint.instruments.contents.rules import problems, questions
from trigpoint.instruments.surveys.rules import sheets
from trigpoint.instruments.workbooks.rules import read, written
from trigpoint.instruments.xlsforms.rules import carried
from trigpoint.records.refusals import Refused

REAL = Path(__file__).parents[4] / "shared" / "data" / "xlsforms"


def workbook(*rows, choices=(), **settings):
    """Return an XLSForm with these rows, each a dict by column."""
    columns = sorted({name for row in rows for name in row})
    survey = [columns, *([str(row.get(name, "")) for name in columns] for row in rows)]
    made = {"survey": survey}
    if choices:
        made["choices"] = [("list_name", "name", "label"), *choices]
    if settings:
        made["settings"] = [tuple(settings), tuple(settings.values())]
    return written(made)


def brought(*rows, choices=(), **settings):
    return carried(read(workbook(*rows, choices=choices, **settings)), name="visit")


def sayable(content):
    """Return a form as an XLSForm can say it: names alike, how often it repeats unsaid."""
    said = copy.deepcopy(content)
    said["naming"] = "OFF"
    for part in said["sections"]:
        if "repeats" in part:
            title = part["title"]
            part["repeats"] = {"most": 20, "word": title if len(title) <= 40 else "Time"}
    return said


@given(contents(kinds=SAYABLE))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_what_an_xlsform_can_say_comes_back_the_same(content):
    file = {"kind": "LESSON_VISIT", "name": "Phonics visit", "purpose": "x", "content": content}

    back = carried(read(written(sheets(file, number=3))), name="x")

    assert back.name == "Phonics visit"
    assert back.left_out == []
    assert back.content == sayable(content)
    assert problems({**file, "content": back.content}) == []


def test_what_has_an_equal_is_carried():
    made = brought(
        {"type": "note", "name": "hello", "label": "Read this first"},
        {"type": "begin_group", "name": "g", "label": "The lesson"},
        {"type": "note", "name": "help", "label": "What happened"},
        {"type": "select_one yn", "name": "came", "label": "Came?", "required": "yes"},
        {"type": "text", "name": "who", "label": "Who?", "hint": "By role",
         "relevant": "${came} = 'yes'"},
        {"type": "text", "name": "story", "label": "Story", "appearance": "multiline"},
        {"type": "select_multiple sorts or_other", "name": "sorts", "label": "Which?"},
        {"type": "decimal", "name": "n", "label": "How many?", "constraint": ". >= 1 and . <= 30"},
        {"type": "range", "name": "r", "label": "Range", "parameters": "start=1 end=5 step=1"},
        {"type": "image", "name": "p", "label": "Photos"},
        {"type": "end_group"},
        {"type": "begin_repeat", "name": "shots", "label": "Snapshot", "repeat_count": "3"},
        {"type": "time", "name": "t", "label": "When?"},
        {"type": "end_repeat"},
        choices=[("yn", "yes", "Yes"), ("yn", "no", "No"), ("sorts", "A-1", "First"),
                 ("sorts", "b", "Second")],
        form_title="Visit to a lesson",
    )  # fmt: skip

    assert made.left_out == []
    assert made.name == "Visit to a lesson"
    assert made.content == {
        "naming": "OFF",
        "guidance": "Read this first",
        "sections": [
            {"title": "The lesson", "key": "g", "help": "What happened", "questions": [
                {"key": "came", "type": "yes_no", "label": "Came?", "required": True},
                {"key": "who", "type": "short_text", "label": "Who?", "help": "By role",
                 "shown_if": {"question": "came", "any_of": ["yes"]}},
                {"key": "story", "type": "long_text", "label": "Story"},
                {"key": "sorts", "type": "multiple_choice", "label": "Which?", "choices": [
                    {"value": "a_1", "label": "First"}, {"value": "b", "label": "Second"},
                    {"value": "other", "label": "Other"}]},
                {"key": "sorts_other", "type": "short_text", "label": "Which other?",
                 "shown_if": {"question": "sorts", "any_of": ["other"]}},
                {"key": "n", "type": "number", "label": "How many?", "min": 1, "max": 30},
                {"key": "r", "type": "number", "label": "Range", "min": 1, "max": 5},
                {"key": "p", "type": "photo", "label": "Photos"},
            ]},
            {"title": "Snapshot", "key": "shots", "repeats": {"most": 3, "word": "Snapshot"},
             "questions": [{"key": "t", "type": "time", "label": "When?"}]},
        ],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"type": "calculate", "name": "x", "calculation": "1+1"}, "computes nothing"),
        ({"type": "geopoint", "name": "x", "label": "Where"}, "“Where” (geopoint): places on a map"),
        ({"type": "audio", "name": "x", "label": "Sound"}, "sound and film"),
        ({"type": "start", "name": "x"}, "when and by whom is kept"),
        ({"type": "file", "name": "x", "label": "File"}, "files are added"),
        ({"type": "rank l", "name": "x", "label": "Order"}, "not put in order"),
        ({"type": "text", "name": "x", "label": "T", "constraint": "regex(., 'a')"}, "is not made"),
        ({"type": "decimal", "name": "x", "label": "N", "constraint": ". < ${first}"}, "is not made"),
        ({"type": "integer", "name": "x", "label": "N"}, "Whole numbers only (rows 3)"),
        ({"type": "text", "name": "x", "label": "T", "default": "Hi"}, "given beforehand"),
        ({"type": "text", "name": "x", "label": "T", "relevant": "${first} > 3"}, "asked always"),
        ({"type": "text", "name": "x", "label": "T", "required": "${first} = 'a'"}, "at times"),
        ({"type": "text", "name": "x", "label": "Hi ${first}"}, "mentions an answer"),
        ({"type": "text", "name": "x", "label": "T", "read_only": "yes"}, "cannot be changed"),
        ({"type": "text", "name": "x", "label::en": "T", "label::fr": "F"}, "other languages"),
        ({"type": "select_one l", "name": "x", "label": "C", "choice_filter": "true()"},
         "depend on another answer"),
        ({"type": "select_one one", "name": "x", "label": "C"}, "offers 1 answers; 2 to 30 fit"),
        ({"type": "select_one_from_file a.csv", "name": "x", "label": "C"}, "in another file"),
        ({"type": "dateTime", "name": "x", "label": "D"}, "only the day"),
        ({"type": "text", "name": "x", "label": "L" * 300}, "shortened to 200"),
        ({"type": "note", "name": "x", "label": "By the way"}, "stand above a part"),
    ],
    ids=lambda it: it.get("type") if isinstance(it, dict) else it,
)  # fmt: skip
def test_what_has_no_equal_is_said_with_its_row(row, words):
    made = brought(
        {"type": "text", "name": "first", "label": "First"},
        row,
        choices=[("l", "a", "A"), ("l", "b", "B"), ("one", "a", "A")],
    )

    assert len(made.left_out) == 1, made.left_out
    assert words in made.left_out[0]
    assert "3" in made.left_out[0].partition(":")[0]


def test_groups_in_a_repeat_and_conditions_of_groups():
    made = brought(
        {"type": "select_one yn", "name": "came", "label": "Came?"},
        {"type": "begin group", "name": "g", "label": "G", "relevant": "selected(${came}, 'yes')"},
        {"type": "select_one yn", "name": "a", "label": "A"},
        {"type": "text", "name": "b", "label": "B", "relevant": "${a} = 'yes'"},
        {"type": "end group"},
        {"type": "begin repeat", "name": "r", "label": "R"},
        {"type": "begin group", "name": "inner", "label": "Inner"},
        {"type": "image", "name": "c", "label": "C"},
        {"type": "text", "name": "d", "label": "D"},
        {"type": "end group"},
        {"type": "end repeat"},
        {"type": "text", "name": "e", "label": "E"},
        choices=[("yn", "yes", "Yes"), ("yn", "no", "No")],
    )

    asked = {question["key"]: question.get("shown_if") for question in questions(made.content)}
    assert asked == {
        "came": None,
        "a": {"question": "came", "any_of": ["yes"]},
        "b": {"question": "a", "any_of": ["yes"]},
        "d": None,
        "e": None,
    }
    assert [part["title"] for part in made.content["sections"]] == [
        "Questions",
        "G",
        "R",
        "Questions",
    ]
    assert [words.partition(":")[0] for words in made.left_out] == ["Row 8", "Row 9"]


def test_a_long_group_becomes_two_parts_and_too_many_parts_are_refused():
    rows = [{"type": "text", "name": f"q{n}", "label": f"Q{n}"} for n in range(70)]
    made = brought({"type": "begin group", "name": "g", "label": "G"}, *rows, {"type": "end group"})
    assert [len(part["questions"]) for part in made.content["sections"]] == [30, 30, 10]

    with pytest.raises(Refused, match="Split it"):
        brought(*({"type": "text", "name": f"q{n}", "label": f"Q{n}"} for n in range(601)))


def test_nothing_with_an_equal_is_refused():
    with pytest.raises(Refused, match="nothing was brought in"):
        brought({"type": "geopoint", "name": "x", "label": "Where"})


@pytest.mark.real_data
@pytest.mark.skipif(not REAL.exists(), reason="the forms are not beside the project")
def test_real_forms_are_carried_as_far_as_they_can():
    for path in sorted(REAL.iterdir()):
        made = carried(read(path.read_bytes()), name=path.stem)

        file = {"kind": "LESSON_VISIT", "name": made.name, "purpose": "x", "content": made.content}
        assert problems(file) == [], path.name
