import datetime as dt

import pytest
from django.urls import reverse

from tests.factories import InstrumentFactory, InstrumentVersionFactory, TrustFactory, person
from trigpoint.instruments.contents.rules import check
from trigpoint.instruments.library import operations
from trigpoint.instruments.models import Instrument
from trigpoint.people.roles import Role

pytestmark = pytest.mark.django_db
INDEX = reverse("instruments:library-index")
INSTALL = reverse("instruments:library-install")


@pytest.fixture
def trust():
    trust = TrustFactory.create()
    operations.install_ready_made(trust=trust, by=None, on=dt.date(2026, 9, 1))
    return trust


def test_index_shows_the_published_forms_by_kind(client, trust):
    InstrumentVersionFactory.create(instrument__trust=trust, instrument__name="Phonics visit")
    InstrumentVersionFactory.create(instrument__name="Somebody else's")
    client.force_login(person(Role.REVIEWER, at=trust))

    page = client.get(INDEX).content.decode()

    names = ["Lesson visit", "Phonics visit", "Learning walk", "Document review"]
    places = [page.index(f">{name}</a>") for name in names]
    assert places == sorted(places)
    assert "Somebody else" not in page


def test_index_costs_the_same_with_more_instruments(client, trust, assert_flat):
    client.force_login(person(Role.REVIEWER, at=trust))

    def add():
        InstrumentVersionFactory.create(instrument__trust=trust)

    assert_flat(INDEX, add_row=add, at_most=6)


@pytest.mark.parametrize(
    ("role", "words"),
    [(Role.REVIEWER, "Ask your trust QA lead"), (Role.QA_LEAD, "Add the ready-made ones")],
)
def test_index_without_instruments_says_what_to_do(client, role, words):
    client.force_login(person(role, at=TrustFactory.create()))

    assert words in client.get(INDEX).content.decode()


def test_index_offers_what_is_missing(client, trust):
    Instrument.objects.get(trust=trust, kind="STAFF_VOICE").versions.all().delete()
    client.force_login(person(Role.QA_LEAD, at=trust))

    assert "Add the ready-made ones" in client.get(INDEX).content.decode()


def test_index_is_closed_to_those_who_use_no_forms(client, trust):
    client.force_login(person(Role.STAFF, at=trust))

    assert client.get(INDEX).status_code == 403


@pytest.mark.parametrize("kind", ["LESSON_VISIT", "LEARNING_WALK", "ASSESSMENT_REVIEW"])
def test_show_draws_every_question_as_it_will_look(client, trust, kind):
    instrument = Instrument.objects.get(trust=trust, kind=kind)
    client.force_login(person(Role.TEAM_LEADER, at=trust))

    page = client.get(reverse("instruments:library-show", args=[instrument.pk]))

    text = page.content.decode().replace("&#x27;", "'")
    for section in instrument.versions.get().content["sections"]:
        for question in section["questions"]:
            assert question["label"] in text
            assert question.get("help", "") in text
    assert ("Names nobody" in text) == (kind != "LESSON_VISIT")
    assert "<input" not in text.split("<main")[1].split("</main>")[0]


def test_show_draws_every_type_of_question(client, trust):
    content = {
        "sections": [
            {
                "title": "When",
                "help": "In your own time",
                "questions": [
                    {"key": "day", "type": "date", "label": "Which day?"},
                    {"key": "start", "type": "time", "label": "What time?"},
                ],
            }
        ]
    }
    version = InstrumentVersionFactory.create(instrument__trust=trust, content=content)
    client.force_login(person(Role.REVIEWER, at=trust))

    text = client.get(
        reverse("instruments:library-show", args=[version.instrument_id])
    ).content.decode()

    assert [words in text for words in ("A day", "A time", "In your own time")] == [True] * 3


def test_show_opens_an_older_version(client, trust):
    instrument = InstrumentFactory.create(trust=trust)
    for number, title in ((1, "The first"), (2, "The second")):
        InstrumentVersionFactory.create(
            instrument=instrument,
            number=number,
            content={"sections": [{"title": title, "questions": []}]},
        )
    client.force_login(person(Role.REVIEWER, at=trust))
    url = reverse("instruments:library-show", args=[instrument.pk])

    assert "The second" in client.get(url).content.decode()
    assert "The first" in client.get(f"{url}?version=1").content.decode()


def test_show_of_an_unpublished_instrument_says_so(client, trust):
    instrument = InstrumentFactory.create(trust=trust)
    client.force_login(person(Role.REVIEWER, at=trust))

    page = client.get(reverse("instruments:library-show", args=[instrument.pk])).content.decode()

    assert "Not published yet" in page


def test_show_is_not_found_by_strangers(client, trust):
    client.force_login(person(Role.QA_LEAD, at=TrustFactory.create()))
    instrument = Instrument.objects.filter(trust=trust).first()

    there = reverse("instruments:library-show", args=[instrument.pk])

    assert client.get(there).status_code == 404


def test_install_adds_the_ready_made_ones_once(client):
    trust = TrustFactory.create()
    client.force_login(person(Role.ADMINISTRATOR, at=trust))

    first = client.post(INSTALL, follow=True).content.decode()
    second = client.post(INSTALL, follow=True).content.decode()

    assert "10 instruments added." in first
    assert "You have all of them already." in second
    assert Instrument.objects.filter(trust=trust).count() == 10


def test_install_is_closed_to_reviewers(client, trust):
    client.force_login(person(Role.REVIEWER, at=trust))

    assert client.post(INSTALL).status_code == 403


def test_prefer_makes_another_the_usual_one(client, trust):
    other = InstrumentVersionFactory.create(instrument__trust=trust)
    client.force_login(person(Role.QA_LEAD, at=trust))

    client.post(reverse("instruments:library-prefer", args=[other.instrument_id]))

    usual = Instrument.objects.filter(trust=trust, kind="LESSON_VISIT", is_usual=True)
    assert list(usual) == [other.instrument]


def test_export_of_a_version_reads_back_as_the_same(client, trust):
    instrument = Instrument.objects.get(trust=trust, kind="PARENT_VOICE")
    version = instrument.versions.get()
    client.force_login(person(Role.REVIEWER, at=trust))

    answer = client.get(reverse("instruments:library-export", args=[version.pk]))

    problems, file = check(answer.content)
    assert problems == []
    assert file["content"] == version.content


def test_index_lists_drafts_for_those_who_write_them(client, trust):
    InstrumentVersionFactory.create(draft=True, instrument__trust=trust, instrument__name="Begun")

    for role, sees in ((Role.QA_LEAD, True), (Role.REVIEWER, False)):
        client.force_login(person(role, at=trust))
        assert ("Begun" in client.get(INDEX).content.decode()) == sees
