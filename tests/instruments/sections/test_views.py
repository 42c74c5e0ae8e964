import pytest
from django.urls import reverse

from tests.factories import InstrumentVersionFactory, person
from trigpoint.instruments.drafts.rules import mark
from trigpoint.instruments.sections.rules import told
from trigpoint.people.roles import Role
from trigpoint.records.revisions import revision_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(client):
    draft = InstrumentVersionFactory.create(draft=True)
    client.force_login(person(Role.QA_LEAD, at=draft.trust))
    return draft


def at(verb, draft, key="part"):
    return reverse(f"instruments:sections-{verb}", args=[draft.pk, key][: 1 + (verb != "add")])


def titles(draft):
    draft.refresh_from_db()
    return [part["title"] for part in draft.content["sections"]]


def test_add_takes_a_part_that_repeats(client, draft):
    client.post(at("add", draft), {"title": "Snapshots", "most": "3", "word": "Snapshot"})

    assert titles(draft) == ["What was seen", "Snapshots"]
    assert draft.content["sections"][1]["repeats"] == {"most": 3, "word": "Snapshot"}


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"title": ""}, "Give the part a title"),
        ({"title": "A", "most": "3"}, "Say what one of them is called"),
        ({"title": "A", "word": "Snapshot"}, "Say how often at most"),
        ({"title": "A", "most": "21", "word": "S"}, "20"),
    ],
)
def test_add_says_what_is_missing(client, draft, sent, words):
    answer = client.post(at("add", draft), sent)

    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_change_says_a_part_otherwise(client, draft):
    opened = revision_of(told(draft.content["sections"][0]).values())

    client.post(at("change", draft), {"title": "Seen", "base_revision": opened})

    assert titles(draft) == ["Seen"]


def test_change_shows_both_when_two_write_at_once(client, draft):
    answer = client.post(at("change", draft), {"title": "Mine", "base_revision": "old"})

    assert answer.status_code == 409
    assert "Stored now: Title" in answer.content.decode()


def test_move_goes_up_and_down(client, draft):
    client.post(at("add", draft), {"title": "Second"})

    client.post(at("move", draft), {"to": "down"})
    assert titles(draft) == ["Second", "What was seen"]
    client.post(at("move", draft), {"to": "up"})
    assert titles(draft) == ["What was seen", "Second"]


def test_remove_asks_first(client, draft):
    page = client.get(at("remove", draft)).content.decode()
    assert "Its 1 question goes with it" in page

    client.post(at("remove", draft), {"seen": mark(draft.content["sections"][0])})

    assert titles(draft) == []


def test_remove_of_what_is_gone_is_not_there(client, draft):
    assert client.get(at("remove", draft, "gone")).status_code == 404
