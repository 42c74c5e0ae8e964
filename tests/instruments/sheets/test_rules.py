from django.http import QueryDict
from hypothesis import given

from tests.instruments.answers.test_rules import SNAPSHOTS
from tests.instruments.shapes import answered
from trigpoint.instruments.answers.rules import check_answers
from trigpoint.instruments.sheets import rules


def sent(content, answers):
    """Return what a browser sends of a page on which these answers stand."""
    typed = QueryDict(mutable=True)
    for part in rules.drawn(content, answers):
        for one in part.rounds:
            for asked in one.questions:
                if asked.choices:
                    typed.setlist(asked.name, [it for it in asked.given if it])
                elif asked.type != "photo":
                    typed[asked.name] = str(asked.answer)
    return QueryDict(typed.urlencode())


@given(answered())
def test_what_a_page_draws_it_reads_back(made):
    content, given_answers = made
    kept = check_answers(content, given_answers).cleaned

    back = rules.read(content, sent(content, kept))

    assert check_answers(content, back).cleaned == kept


def test_repeats_are_drawn_with_one_more_to_fill():
    drawn = rules.drawn(SNAPSHOTS, {"came": "no", "task": [{"busy": True, "doing": "Reading"}]})

    task = drawn[1]
    assert [one.heading for one in task.rounds] == ["Snapshot 1", "Snapshot 2"]
    assert task.rounds[1].questions[0].name == "answer.task.2.busy"
    full = rules.drawn(SNAPSHOTS, {"task": [{"busy": True}] * 3})
    assert len(full[1].rounds) == 3


def test_what_is_not_shown_by_what_is_stored_says_when_it_is():
    drawn = rules.drawn(SNAPSHOTS, {"came": True, "task": [{"busy": True}]})

    first, second = drawn[1].rounds
    assert [asked.only_if for asked in first.questions] == ["", "", "Only if “Came?” is No"]
    assert second.questions[1].only_if == "Only if “Busy?” is Yes"


def test_condition_in_words_names_every_answer():
    question = {"key": "q", "type": "short_text", "label": "Q",
                "shown_if": {"question": "busy", "any_of": ["yes", "no"]}}  # fmt: skip

    assert rules.condition_in_words(SNAPSHOTS, question) == "Only if “Busy?” is Yes or No"
