import datetime as dt

import pytest

from tests.factories import InstrumentVersionFactory
from trigpoint.evidence.carried.queries import system_carried
from trigpoint.instruments.answers.rules import Answered

pytestmark = pytest.mark.django_db
KIND = "LEARNING_WALK"
FOCUS = {"key": "focus", "type": "single_choice", "label": "The focus?",
         "choices": [{"value": "x", "label": "Fractions"}]}  # fmt: skip
TIMES = {"title": "Time on task", "key": "task", "repeats": {"most": 3, "word": "Snapshot"},
         "questions": [{"key": "busy", "type": "yes_no", "label": "Busy?"}]}  # fmt: skip
NOW = {"sections": [{"title": "Part", "questions": [{"key": "new", "type": "short_text", "label": "New?"}]}]}  # fmt: skip


def version(content, instrument=None, **facts):
    place = {"instrument": instrument} if instrument else {"instrument__kind": KIND}
    return InstrumentVersionFactory.create(content=content, **place, **facts)


@pytest.fixture
def current():
    earlier = version({"sections": [{"title": "Part", "questions": [FOCUS]}, TIMES]})
    facts = {"instrument": earlier.instrument, "number": 2}
    return version(NOW, published_on=dt.date(2026, 3, 1), **facts)


def test_carried_speaks_as_the_form_that_asked(current):
    answers = {"new": "a", "focus": "x", "task": [{"busy": True}, {"busy": False}]}

    found = system_carried(current, answers, kind=KIND)

    assert {one.key: one.said for one in found} == {
        "focus": [Answered("The focus?", "Fractions")],
        "task": [Answered("Snapshot 1: Busy?", "Yes"), Answered("Snapshot 2: Busy?", "No")],
    }
    assert [one.as_json for one in found] == ['"x"', '[{"busy": true}, {"busy": false}]']


def test_carried_reads_an_answer_under_its_own_instruments_question_first(current):
    asked = FOCUS | {"label": "Focus of another form?"}
    version(
        {"sections": [{"title": "Part", "questions": [asked]}]},
        trust=current.trust,
        instrument__trust=current.trust,
        published_on=dt.date(2026, 4, 1),
    )

    [found] = system_carried(current, {"focus": "x"}, kind=KIND)

    assert found.said == [Answered("The focus?", "Fractions")]


def test_carried_stands_under_its_key_where_no_form_of_the_trust_asks(current):
    version({"sections": [{"title": "Part", "questions": [FOCUS | {"key": "theirs"}]}]})

    found = system_carried(current, {"theirs": ["x", "y"]}, kind=KIND)

    assert [one.said for one in found] == [[Answered("theirs", "x, y")]]


def test_carried_costs_nothing_where_all_is_asked(current, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert system_carried(current, {"new": "a"}, kind=KIND) == []
