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


@pytest.mark.django_db
@pytest.mark.parametrize("role", Role)
def test_may_edit_is_for_those_who_write_forms_and_only_a_draft(role):
    draft = InstrumentVersionFactory.create(draft=True)
    user = person(role, at=draft.trust)

    assert bool(rules.may_edit(user, draft)) == (role in {Role.QA_LEAD, Role.ADMINISTRATOR})
    draft.status = "PUBLISHED"
    assert not rules.may_edit(user, draft)
