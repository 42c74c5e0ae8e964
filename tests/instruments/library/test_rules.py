import itertools

import pytest

from tests.factories import AcademyFactory, InstrumentFactory, TrustFactory, person
from trigpoint.instruments.library import rules
from trigpoint.instruments.library.rules import LIFECYCLE
from trigpoint.instruments.models import ActivityKind, Instrument, InstrumentVersion
from trigpoint.people.roles import Role

LEGAL = {("DRAFT", "publish"): "PUBLISHED"}
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
    ("state", "verb"),
    list(itertools.product(InstrumentVersion.Status.values, [step.verb for step in LIFECYCLE])),
)
def test_lifecycle_allows_exactly_the_legal_moves(state, verb):
    assert bool(LIFECYCLE.may(verb, state)) == ((state, verb) in LEGAL)
    if (state, verb) in LEGAL:
        assert LIFECYCLE.target(verb) == LEGAL[state, verb]


@pytest.mark.django_db
@pytest.mark.parametrize("role", Role)
def test_view_rule_and_list_agree(role):
    academy = AcademyFactory.create()
    for trust in (academy.trust, TrustFactory.create()):
        InstrumentFactory.create(trust=trust)

    for place in (academy, academy.trust):
        viewer = person(role, at=place)
        listed = set(Instrument.objects.visible_to(viewer))
        allowed = {it for it in Instrument.objects.all() if rules.may_view(viewer, it)}
        assert listed == allowed


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


def test_ready_made_has_one_for_each_kind_with_notes_look_fors_and_no_grade():
    found = {file["kind"]: file for file in rules.ready_made()}

    assert set(found) == set(ActivityKind.values)
    assert all(file["name"] == ActivityKind(kind).label for kind, file in found.items())
    for file in found.values():
        types = [question["type"] for question in rules.questions(file["content"])]
        assert {"running_notes", "look_fors", "short_text"} - set(types) in (set(), {"short_text"})
        assert 10 <= len(types) <= 16
        words = str(file["content"]).lower()
        assert not any(word in words for word in ("outstanding", "inadequate", "grade", "rating"))


def test_ready_made_forms_share_no_two_questions():
    labels = [
        question["label"]
        for file in rules.ready_made()
        for question in rules.questions(file["content"])
        if question["type"] not in {"look_fors", "running_notes", "number"}
    ]

    assert len(labels) == len(set(labels))


def test_may_name_is_off_for_learning_walks_and_groups():
    naming = {file["kind"]: bool(rules.may_name(file["content"])) for file in rules.ready_made()}

    assert {kind for kind, allowed in naming.items() if allowed} == {
        ActivityKind.LESSON_VISIT,
        ActivityKind.BOOK_SCRUTINY,
        ActivityKind.CURRICULUM_REVIEW,
    }
    assert "lesson visit" in rules.may_name({"naming": "OFF", "sections": []}).reason


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


def test_an_answer_that_is_a_day_reads_as_days_do_everywhere():
    asked = {"key": "on", "type": "date", "label": "When?"}
    content = {"sections": [{"title": "Seen", "questions": [asked]}]}

    said = [rules.in_words(content, {"on": it})[0].words for it in ("2026-11-20", "in spring")]

    assert said == ["20 November 2026", "in spring"]
