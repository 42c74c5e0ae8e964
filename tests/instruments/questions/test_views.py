import pytest
from django.urls import reverse

from tests.factories import (
    InstrumentVersionFactory,
    PolicyVersionFactory,
    ScaleFactory,
    StandardFactory,
    person,
)
from trigpoint.instruments.contents.rules import TYPES, problems
from trigpoint.instruments.drafts.rules import mark, question_of
from trigpoint.instruments.questions.rules import told
from trigpoint.people.roles import Role
from trigpoint.policies.models import Scale
from trigpoint.records.revisions import revision_of

pytestmark = pytest.mark.django_db
CAME = {"key": "came", "type": "yes_no", "label": "Came?"}
FOCUS = {"key": "focus", "type": "short_text", "label": "Focus"}
CONTENT = {
    "naming": "OFF",
    "sections": [{"title": "Part", "key": "part", "questions": [CAME, FOCUS]}],
}


@pytest.fixture
def draft(client):
    draft = InstrumentVersionFactory.create(draft=True, content=CONTENT)
    policy = PolicyVersionFactory.create(
        trust=draft.trust, policy__trust=draft.trust, in_force=True
    )
    ScaleFactory.create(version=policy)
    StandardFactory.create(area__version=policy, code="T1")
    client.force_login(person(Role.QA_LEAD, at=draft.trust))
    return draft


def at(verb, draft, key="focus"):
    return reverse(f"instruments:questions-{verb}", args=[draft.pk, key])


def asked(draft, key):
    draft.refresh_from_db()
    return question_of(draft.content, key)


def test_add_first_asks_for_the_kind(client, draft):
    page = client.get(at("add", draft, "part")).content.decode()

    assert all(f"?kind={kind}" in page for kind in TYPES)


@pytest.mark.parametrize("kind", TYPES)
def test_add_takes_every_kind(client, draft, kind):
    sent = {
        "label": "New one", "help": "Look.", "required": "on", "least": "1", "most": "5",
        "choices": "First\nSecond", "standards": ["T1"], "shown_if": ["came=yes"],
    }  # fmt: skip
    scale = Scale.objects.filter(trust=draft.trust).exclude(code="words").first()

    answer = client.post(f"{at('add', draft, 'part')}?kind={kind}", sent | {"scale": scale.code})

    assert answer.status_code == 302
    made = asked(draft, "new_one")
    assert made["type"] == kind
    assert made["shown_if"] == {"question": "came", "any_of": ["yes"]}
    file = {"kind": "LESSON_VISIT", "name": "V", "purpose": "P", "content": draft.content}
    assert problems(file) == []


@pytest.mark.parametrize("kind", ["short_text", "single_choice"])
def test_add_asks_where_the_trust_has_no_policy_yet(client, kind):
    draft = InstrumentVersionFactory.create(draft=True, content=CONTENT)
    client.force_login(person(Role.QA_LEAD, at=draft.trust))

    answer = client.get(at("add", draft, "part") + f"?kind={kind}")

    assert answer.status_code == 200
    assert "standards" not in answer.context["form"].fields


def test_add_under_htmx_draws_it_and_keeps_nothing(client, draft):
    answer = client.post(
        f"{at('add', draft, 'part')}?kind=single_choice",
        {"label": "How many?", "choices": "Few\nMany", "shown_if": ["came=yes"]},
        headers={"HX-Request": "true"},
    )

    page = answer.content.decode()
    assert "How many?" in page
    assert "Only if “Came?” is Yes" in page
    assert "<html" not in page
    draft.refresh_from_db()
    assert draft.content == CONTENT


def test_add_without_words_says_so(client, draft):
    answer = client.post(f"{at('add', draft, 'part')}?kind=single_choice", {"choices": "One"})

    assert answer.status_code == 422
    assert "Write the question" in answer.content.decode()


def test_change_keeps_key_and_kind(client, draft):
    sent = {"label": "Aim", "base_revision": revision_of(told(FOCUS).values())}

    client.post(at("change", draft), sent)

    assert asked(draft, "focus") == {**FOCUS, "label": "Aim"}


def test_change_shows_both_when_two_write_at_once(client, draft):
    answer = client.post(at("change", draft), {"label": "Mine", "base_revision": "old"})

    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Stored now: Question" in page
    assert revision_of(told(FOCUS).values()) in page


def test_move_by_a_button(client, draft):
    client.post(at("move", draft), {"to": "up"})

    draft.refresh_from_db()
    assert [it["key"] for it in draft.content["sections"][0]["questions"]] == ["focus", "came"]


def test_remove_asks_first(client, draft):
    assert "Remove “Focus”?" in client.get(at("remove", draft)).content.decode()

    client.post(at("remove", draft), {"seen": mark(FOCUS)})

    assert asked(draft, "focus") is None


def test_remove_of_what_changed_meanwhile_asks_again(client, draft):
    answer = client.post(at("remove", draft), {"seen": "another"})

    assert answer.status_code == 409
    assert asked(draft, "focus") == FOCUS
