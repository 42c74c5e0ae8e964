import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.instruments.shapes import contents, words
from trigpoint.instruments.contents.rules import CHOOSE, faults, questions
from trigpoint.instruments.drafts.rules import part_with
from trigpoint.instruments.questions import rules
from trigpoint.instruments.questions.rules import Words

FIRST = [{"value": "a", "label": "First"}, {"value": "b", "label": "Second"}]


@given(contents(), st.data())
def test_what_a_question_says_is_made_into_the_same_question(content, data):
    question = data.draw(st.sampled_from(list(questions(content))))
    told = rules.told(question)

    again = rules.made(
        question["type"],
        question["key"],
        Words(
            label=told["label"],
            help=told["help"],
            required=bool(told["required"]),
            least=question.get("min"),
            most=question.get("max"),
            choices=told["choices"].splitlines(),
            scale=told["scale"],
            standards=question.get("standards", ()),
            shown_if=told["shown_if"].split(),
        ),
        question.get("choices", []),
    )

    assert rules.told(again) == told
    assert again["key"] == question["key"]
    if question["type"] in CHOOSE:
        assert again["choices"] == question["choices"]


@pytest.mark.parametrize(
    ("labels", "values"),
    [
        (["Second", "First"], ["b", "a"]),
        (["First", "Another"], ["a", "b"]),
        (["First", "Second", "Third"], ["a", "b", "third"]),
        (["Zero", "First", "Second"], ["zero", "a", "b"]),
        (["Second"], ["b"]),
        (["First", "A"], ["a", "b"]),
        (["A", "B", "First"], ["a_2", "b_2", "a"]),
    ],
    ids=[
        "order",
        "reworded",
        "one more",
        "one before",
        "one less",
        "reworded to a key",
        "keys taken",
    ],
)
def test_choices_keep_the_keys_of_what_stays(labels, values):
    assert [it["value"] for it in rules.choices(labels, FIRST)] == values


@given(st.lists(words, max_size=8, unique_by=str.casefold))
def test_choices_never_share_a_key(labels):
    made = rules.choices(labels, FIRST)

    assert len({it["value"] for it in made}) == len(made)
    assert [it["label"] for it in made] == [" ".join(label.split()) for label in labels]


@given(contents(), st.data(), st.booleans())
def test_moving_there_and_back_changes_nothing_but_order(content, data, down):
    question = data.draw(st.sampled_from(list(questions(content))))
    key = question["key"]

    moved = rules.moved(content, key, down=down)

    assert sorted(it["key"] for it in questions(moved)) == sorted(
        it["key"] for it in questions(content)
    )
    crossed = part_with(moved, key)["key"] != part_with(content, key)["key"]
    if moved != content and not crossed:
        assert rules.moved(moved, key, down=not down) == content
    assert list(faults(content)) == []


@pytest.mark.parametrize(
    ("kind", "said", "words"),
    [
        ("single_choice", {"choices": ["Only"]}, "between 2 and 30"),
        ("single_choice", {"choices": ["A", " a "]}, "are the same"),
        ("number", {"least": 3, "most": 2}, "more than the most"),
        ("short_text", {"shown_if": ["a=x", "b=x"]}, "one other question"),
    ],
)
def test_in_order_says_what_does_not_fit(kind, said, words):
    assert words in rules.in_order(Words(label="Q", **said), kind).reason
