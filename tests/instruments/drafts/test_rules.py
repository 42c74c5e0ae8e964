import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import InstrumentVersionFactory, person
from tests.instruments.shapes import contents, words
from trigpoint.instruments.contents.rules import problems, questions
from trigpoint.instruments.drafts import rules
from trigpoint.people.roles import Role


@given(contents())
def test_following_asks_the_same_with_a_key_for_each_part(content):
    bare = {**content, "sections": [
        {name: it for name, it in part.items() if name != "key" or "repeats" in part}
        for part in content["sections"]
    ]}  # fmt: skip

    made = rules.following(bare)

    keys = [part["key"] for part in made["sections"]]
    assert len({*keys, *(it["key"] for it in questions(made))}) == len(keys) + len(
        list(questions(made))
    )
    plain = [{**it, "choices": None} for it in questions(content) if it["type"] == "level"]
    assert [{**it, "choices": None} for it in questions(made) if it["type"] == "level"] == plain


@given(words, st.sets(words.map(lambda text: rules.new_key(text, ())), max_size=5))
def test_new_key_is_new_and_fits_the_schema(text, taken):
    key = rules.new_key(text, taken)

    file = {"kind": "LESSON_VISIT", "name": "V", "purpose": "P"}
    asked = {"key": key, "type": "short_text", "label": "Q"}
    content = {"naming": "OFF", "sections": [{"title": "P", "questions": [asked]}]}
    assert key not in taken
    assert problems({**file, "content": content}) == []


TEXT = {"key": "focus", "type": "short_text", "label": "Focus"}


def form(*asked, **part):
    said = {"title": "Part", "key": "part", "questions": list(asked), **part}
    return {"naming": "OFF", "sections": [said]}


def test_compared_says_which_questions_a_version_changes():
    before = form(TEXT, {**TEXT, "key": "gone", "label": "Gone"}, {**TEXT, "key": "last"})
    after = form({**TEXT, "key": "last"}, {**TEXT, "label": "Aim", "required": True},
                 {**TEXT, "key": "new", "label": "New"})  # fmt: skip

    assert rules.compared(before, after) == rules.Changed(
        form=[],
        added=["New (a line of text)"],
        removed=["Gone"],
        changed=["Aim: its wording, whether it must be answered"],
        is_reordered=True,
    )


def test_compared_says_when_a_question_goes_to_another_part():
    last = {"title": "Last", "key": "last", "questions": [{**TEXT, "key": "end"}]}
    before, after = form({**TEXT, "key": "first"}, TEXT), form({**TEXT, "key": "first"})
    before["sections"].append(last)
    after["sections"].append({**last, "questions": [TEXT, *last["questions"]]})

    assert rules.compared(before, after) == rules.Changed(
        form=[], added=[], removed=[], is_reordered=False,
        changed=["Focus: its part, which is “Last” now"],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ({}, {"naming": "OPTIONAL"}, "Naming the person observed is optional. It named nobody."),
        (
            {"naming": "OPTIONAL"},
            {},
            "It names nobody. Naming the person observed was optional.",
        ),
        ({}, {"guidance": "Be quiet."}, "There is something to read before one begins."),
        ({"guidance": "Be quiet."}, {}, "There is nothing to read before one begins any more."),
        (
            {"guidance": "Be quiet."},
            {"guidance": "Be loud."},
            "What is read before one begins is reworded.",
        ),
    ],
)
def test_compared_says_what_is_said_of_the_form(before, after, said):
    assert rules.compared({**form(TEXT), **before}, {**form(TEXT), **after}).form == [said]


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ({}, {"title": "Other"}, "The part “Part” is called “Other”."),
        ({}, {"help": "Look."}, "The part “Part” says something else as its help."),
        (
            {},
            {"repeats": {"most": 3, "word": "Look"}},
            "The part “Part” is answered up to 3 times, each called “Look”. It was answered once.",
        ),
        (
            {"repeats": {"most": 3, "word": "Look"}},
            {"repeats": {"most": 2, "word": "Visit"}},
            (
                "The part “Part” is answered up to 2 times, each called “Visit”. "
                "It was answered up to 3 times, each called “Look”."
            ),
        ),
        (
            {"repeats": {"most": 1, "word": "Look"}},
            {},
            "The part “Part” is answered once. It was answered up to 1 time, each called “Look”.",
        ),
    ],
)
def test_compared_says_what_a_part_says_otherwise(before, after, said):
    assert rules.compared(form(TEXT, **before), form(TEXT, **after)).form == [said]


def test_compared_says_which_parts_are_new_and_gone():
    changed = rules.compared(form(TEXT), form(TEXT, title="New", key="new"))

    assert changed.form == ["The part “New” is new.", "The part “Part” is gone."]
    assert changed.changed == ["Focus: its part, which is “New” now"]


@given(contents(), contents())
def test_compared_hides_nothing_that_differs(before, after):
    assert bool(rules.compared(before, after)) == (before != after)
    assert not rules.compared(before, before)


@given(contents(), st.data())
def test_compared_hides_no_single_difference(before, data):
    after = copy.deepcopy(before)
    part = data.draw(st.sampled_from(after["sections"]))
    said = data.draw(st.sampled_from([after, part, *part["questions"]]))
    name = data.draw(st.sampled_from(sorted(said.keys() - {"key", "sections", "questions"})))
    said[name] = another(said[name])

    assert rules.compared(before, after)


def another(said):
    """Return something else of the same sort, where a type or a naming stays one there is."""
    if isinstance(said, dict):
        return {
            name: another(it) if name in {"most", "any_of"} else it for name, it in said.items()
        }
    if isinstance(said, list):
        return [*said, said[0]]
    if isinstance(said, bool | int):
        return said + 1
    swapped = {"OFF": "OPTIONAL", "OPTIONAL": "OFF", "short_text": "date"}
    return swapped.get(said, "short_text" if said in rules.TYPES else said + "x")


@pytest.mark.django_db
@pytest.mark.parametrize("role", Role)
def test_may_edit_is_for_those_who_write_forms_and_only_a_draft(role):
    draft = InstrumentVersionFactory.create(draft=True)
    user = person(role, at=draft.trust)

    assert bool(rules.may_edit(user, draft)) == (role in {Role.QA_LEAD, Role.ADMINISTRATOR})
    draft.status = "PUBLISHED"
    assert not rules.may_edit(user, draft)
