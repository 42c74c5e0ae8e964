import pytest
from hypothesis import given

from tests.instruments.shapes import contents
from trigpoint.instruments.contents import rules


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("type: short_text", "type: slider"), "should be short_text"),
        (("key: intended", "key: sequence_place"), "more than one question: sequence_place"),
        (("naming: OPTIONAL", "naming: REQUIRED"), "should be OFF or OPTIONAL"),
        (
            (
                "type: number\n          label: Pupils",
                "type: date\n          choices: []\n          label: Pupils",
            ),
            "choices",
        ),
    ],
    ids=["unknown type", "key twice", "naming required", "choices without choosing"],
)
def test_check_refuses_a_faulty_instrument_file(change, words):
    text = (rules.DATA / "lesson-visit.yaml").read_text()
    assert change[0] in text

    problems, _ = rules.check(text.replace(*change, 1).encode())

    assert any(words in problem for problem in problems), problems
    assert problems[0].startswith("Line ")


def form(*sections, **more):
    return {"naming": "OFF", "sections": list(sections), **more}


def part(*asked, **more):
    return {"title": "Part", "questions": list(asked), **more}


YES_NO = {"key": "came", "type": "yes_no", "label": "Came?"}
TEXT = {"key": "who", "type": "short_text", "label": "Who?"}
REPEATS = {"key": "snapshots", "repeats": {"most": 3, "word": "Snapshot"}}


def shown_if(key, *values):
    return {**TEXT, "shown_if": {"question": key, "any_of": list(values)}}


@given(contents())
def test_whatever_is_in_order_has_no_faults_and_reads_back_from_yaml(content):
    file = {"kind": "LESSON_VISIT", "name": "Visit", "purpose": "To see.", "content": content}

    assert rules.problems(file) == []
    assert rules.check(rules.written(file).encode()) == ([], file)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (form(part(shown_if("came", "yes"), YES_NO)), "not before it"),
        (form(part(YES_NO, shown_if("came", "perhaps"))), "no longer offers"),
        (form(part(TEXT, {**TEXT, "key": "b", "shown_if": {"question": "who", "any_of": ["a"]}})),
         "no answers to choose from"),
        (form(part(YES_NO, **REPEATS), part(shown_if("came", "yes"))), "not before it"),
        (form(part(YES_NO), part(shown_if("came", "yes"), **REPEATS)), ""),
        (form(part(YES_NO, shown_if("came", "yes"), **REPEATS)), ""),
        (form(part(YES_NO, repeats=REPEATS["repeats"])), "needs a key"),
        (form(part({"key": "p", "type": "photo", "label": "Photos"}, **REPEATS)),
         "cannot be asked for several times"),
        (form(part(YES_NO, key="came")), "more than one question: came"),
        (form(part({**TEXT, "type": "number", "min": 3, "max": 2})), "least is more than the most"),
    ],
    ids=["ahead", "no such answer", "looks at words", "from outside into repeats",
         "from repeats to outside", "within repeats", "repeats without key", "photos repeat",
         "part and question share a key", "bounds crossed"],
)  # fmt: skip
def test_faults_are_what_no_schema_can_say(content, words):
    file = {"kind": "LESSON_VISIT", "name": "Visit", "purpose": "To see.", "content": content}

    found = rules.problems(file)

    assert bool(found) == bool(words), found
    assert words in " ".join(found)


@pytest.mark.parametrize(
    "question",
    [
        {"key": "a", "type": "level", "label": "Level"},
        {**TEXT, "scale": "ESMAU"},
        {**TEXT, "standards": ["T1"]},
        {**TEXT, "choices": [{"value": "a", "label": "A"}, {"value": "b", "label": "B"}]},
        {**TEXT, "shown_if": {"question": "came", "any_of": []}},
    ],
    ids=[
        "level without scale",
        "scale of text",
        "standards of text",
        "choices of text",
        "any of none",
    ],
)
def test_schema_gives_each_kind_only_what_it_uses(question):
    file = {
        "kind": "LESSON_VISIT",
        "name": "V",
        "purpose": "P",
        "content": form(part(YES_NO, question)),
    }

    assert rules.problems(file)
