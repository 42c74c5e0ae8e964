import json
from uuid import uuid4

import pytest
from django.urls import reverse

from tests.factories import (
    ActivityFactory,
    EvidenceRecordFactory,
    InstrumentVersionFactory,
    LevelFactory,
    PostFactory,
    person,
)
from trigpoint.evidence.devices.rules import NO_LONGER
from trigpoint.evidence.entries.api import ContentIn
from trigpoint.evidence.models import EvidenceRecord
from trigpoint.people.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def activity():
    return ActivityFactory.create()


@pytest.fixture
def put(client, activity):
    client.force_login(person(Role.REVIEWER, at=activity.trust))

    def send(record_id, content, base=None):
        return client.put(
            reverse("api:entries-save", args=[record_id]),
            json.dumps({"content": content, "base_revision": base}),
            content_type="application/json",
        )

    return send


def note(text="Calm start."):
    return {"key": "a", "text": text, "kind": "WWW", "noted_at": "2025-11-12T09:41"}


def test_save_answers_with_a_receipt_once_created_then_the_same(put, activity):
    record_id = uuid4()
    content = {
        "activity_id": str(activity.pk),
        "title": "Reading",
        "notes": [note()],
        "observed_at": "2025-11-12T09:40",
    }

    first = put(record_id, content)
    again = put(record_id, content)

    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    assert first.json()["revision"] == 1
    assert EvidenceRecord.objects.get().notes.get().noted_at.hour == 9


@pytest.mark.parametrize(
    "moment",
    [
        "0001-01-01T00:00+14:00",
        "9999-12-31T23:59-12:00",
        "0001-01-01T00:00",
        "9999-12-31T23:59:59",
        "1999-12-31T23:59Z",
        -62_000_000_000,
        250_000_000_000,
    ],
)
def test_save_of_a_moment_out_of_all_reckoning_is_refused(put, activity, moment):
    for odd in ({"observed_at": moment}, {"notes": [note() | {"noted_at": moment}]}):
        answer = put(uuid4(), {"activity_id": str(activity.pk), **odd})

        assert answer.status_code == 422
        assert "Give a date between 2000 and 2100." in answer.json()["detail"]


def test_save_of_another_version_shows_both(put, activity):
    record_id = uuid4()
    put(record_id, {"activity_id": str(activity.pk), "title": "One"})
    put(record_id, {"activity_id": str(activity.pk), "title": "Two"}, base=1)

    answer = put(record_id, {"activity_id": str(activity.pk), "title": "Three"}, base=1)

    assert answer.status_code == 409
    assert answer.json()["current"]["content"]["title"] == "Two"
    assert "changed somewhere else" in answer.json()["detail"]


def test_save_of_another_version_offers_the_notes_of_both(put, activity):
    record_id, place = uuid4(), {"activity_id": str(activity.pk)}
    put(record_id, {**place, "notes": [note("First words.")]})
    put(record_id, {**place, "notes": [note("On the phone.")]}, base=1)

    both = put(record_id, {**place, "notes": [note("On the tablet.")]}, base=1).json()["current"]
    put(record_id, both["both"], base=both["revision"])

    texts = {one.text for one in EvidenceRecord.objects.get().notes.all()}
    assert texts == {"On the phone.", "On the tablet."}


def test_save_refuses_a_level_where_the_activity_names_a_person(put, activity):
    activity.observed = PostFactory.create(academy=activity.review.academy).person
    activity.save()
    level = LevelFactory.create(scale__version__policy__trust=activity.trust)

    answer = put(uuid4(), {"activity_id": str(activity.pk), "level_id": str(level.pk)})

    assert answer.status_code == 409
    assert "carries no level" in answer.json()["detail"]
    assert not EvidenceRecord.objects.exists()


def test_save_that_the_rules_refuse_is_a_problem_in_words(put, activity):
    content = {"activity_id": str(activity.pk), "title": "x" * 161}

    answer = put(uuid4(), content)

    assert answer.status_code == 409
    assert "Shorten the title" in answer.json()["detail"]


def test_save_of_a_strangers_record_is_answered_like_one_that_is_nowhere(put, activity):
    strangers = EvidenceRecordFactory.create()

    theirs = put(strangers.pk, {"title": "Mine now"}, base=1)
    nowhere = put(uuid4(), {"title": "Mine now"}, base=1)

    assert (theirs.status_code, theirs.json()) == (nowhere.status_code, nowhere.json())
    assert theirs.status_code == 404


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        pytest.param("NaN", "ordinary number", id="no number"),
        pytest.param("-Infinity", "ordinary number", id="infinity"),
        pytest.param("1e999", "ordinary number", id="more than a float holds"),
        pytest.param("9" * 30, "ordinary number", id="more than a browser holds"),
        pytest.param("9" * 5000, "ordinary number", id="more than Python reads"),
        pytest.param("[" * 30 + "]" * 30, "nested", id="deep"),
        pytest.param("[" * 100_000 + "]" * 100_000, "nested", id="deeper than Python reads"),
        pytest.param('"nul \\u0000"', "cannot be stored", id="a nul"),
        pytest.param('"half \\ud800"', "cannot be stored", id="half a character"),
        pytest.param('{"nul \\u0000": 1}', "cannot be stored", id="a nul in a name"),
        pytest.param('"cut off', "not JSON", id="cut off"),
    ],
)
def test_save_refuses_what_no_database_keeps(client, put, activity, value, sentence):
    body = f'{{"content": {{"activity_id": "{activity.pk}", "answers": {{"focus": {value}}}}}}}'

    answer = client.put(
        reverse("api:entries-save", args=[uuid4()]), body, content_type="application/json"
    )

    assert answer.status_code == 400
    assert sentence in answer.json()["detail"]
    assert not EvidenceRecord.objects.exists()


@pytest.mark.parametrize(
    "facts",
    [
        {"minutes": 2**53 - 1},
        {"group_size": -(2**53 - 1)},
    ],
    ids=str,
)
def test_save_refuses_numbers_no_visit_has(put, activity, facts):
    answer = put(uuid4(), {"activity_id": str(activity.pk), **facts})

    assert answer.status_code == 409
    assert answer.json()["detail"].startswith("Give ")


def test_save_keeps_every_other_character(put, activity):
    record_id, words = uuid4(), "Backslash \\u0000, emoji 🧭, cafe\u0301"

    assert put(record_id, {"activity_id": str(activity.pk), "title": words}).status_code == 201
    assert EvidenceRecord.objects.get().title == words


def test_save_refuses_what_it_does_not_know_and_every_column_that_is_not_the_devices(put, activity):
    """Who wrote it, its state, its trust and the rest are never taken from what is sent."""
    asked = set(ContentIn.model_fields)
    columns = {f.attname for f in EvidenceRecord._meta.concrete_fields} - asked
    names = sorted(columns | {name.removesuffix("_id") for name in columns} | {"autor"})

    answers = {
        name: put(uuid4(), {"activity_id": str(activity.pk), name: "x"}).status_code
        for name in names
    }

    assert {"author_id", "status", "trust_id", "shared_at"} <= columns
    assert answers == dict.fromkeys(names, 422)
    assert not EvidenceRecord.objects.exists()


def test_save_is_not_for_staff(client, activity):
    client.force_login(person(Role.STAFF, at=activity.review.academy))

    answer = client.put(
        reverse("api:entries-save", args=[uuid4()]),
        "not even JSON",
        content_type="application/json",
    )

    assert answer.status_code == 403


def test_save_says_the_way_round_to_whoever_may_record_no_more(put, client, activity):
    client.force_login(person(Role.TRUSTEE, at=activity.trust))

    answer = put(uuid4(), {"activity_id": str(activity.pk), "title": "Waited on a tablet"})

    assert (answer.status_code, answer.json()["detail"]) == (403, NO_LONGER)


def test_save_is_not_anonymous(client):
    assert client.put(reverse("api:entries-save", args=[uuid4()])).status_code == 401


def test_show_is_what_a_second_device_goes_on_from(client, put, activity):
    record_id, moment = uuid4(), "2025-11-12T09:40:00+00:00"
    sent = {
        "activity_id": str(activity.pk),
        "title": "Reading",
        "observed_at": moment,
        "notes": [note() | {"noted_at": moment}],
    }
    receipt = put(record_id, sent).json()

    stored = client.get(reverse("api:entries-save", args=[record_id])).json()
    more = stored["content"] | {"title": "Reading aloud"}
    again = put(record_id, more, base=stored["revision"])

    assert {name: stored[name] for name in ("revision", "content_hash", "status")} == {
        "revision": 1,
        "content_hash": receipt["content_hash"],
        "status": "DRAFT",
    }
    assert stored["content"]["title"] == "Reading"
    assert [one["text"] for one in stored["content"]["notes"]] == ["Calm start."]
    assert (again.status_code, again.json()["revision"]) == (200, 2)
    assert EvidenceRecord.objects.get().notes.count() == 1


def test_show_is_for_the_author_alone(client, put, activity):
    theirs = EvidenceRecordFactory.create(review=activity.review, shared=True)

    answers = [client.get(reverse("api:entries-save", args=[pk])) for pk in (theirs.pk, uuid4())]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].json() == answers[1].json()


CHOICES = [{"value": "a", "label": "First"}, {"value": "b", "label": "Second"}]
KINDS = {
    "short_text": "in words",
    "long_text": "in words",
    "single_choice": "Choose one",
    "multiple_choice": "Choose from",
    "yes_no": "yes or no",
    "number": "with a number",
    "date": "Give a date",
    "time": "Give a time",
    "running_notes": "one by one",
    "look_fors": "one by one",
}
SUITS: dict[str, tuple[object, ...]] = {  # what is taken besides text
    "multiple_choice": ([], ["a"], ["a", "b"]),
    "yes_no": (True, False),
    "number": (8, 2.5),
}
SHAPES: tuple[object, ...] = (
    [["a"]],
    {"a": 1},
    [{"a": "b"}],
    ["a", 1],
    [None],
    ["a"],
    [],
    {},
    8,
    2.5,
    True,
    False,
)


@pytest.fixture
def asked():
    """A planned visit with a form that asks one question of every kind."""
    questions = [{"key": kind, "type": kind, "label": f"The {kind}"} for kind in KINDS]
    for question in questions:
        if question["type"].endswith("choice"):
            question["choices"] = CHOICES
    form = InstrumentVersionFactory.create(
        content={"sections": [{"title": "All", "questions": questions}]}
    )
    return ActivityFactory.create(instrument_version=form, review__academy__trust=form.trust)


@pytest.mark.parametrize("kind", KINDS)
def test_save_takes_only_answers_of_the_shape_a_question_asks_for(client, asked, kind):
    client.force_login(person(Role.REVIEWER, at=asked.trust))

    for shape in SHAPES:
        record_id = uuid4()
        sent = {"content": {"activity_id": str(asked.pk), "answers": {kind: shape}}}

        answer = client.put(
            reverse("api:entries-save", args=[record_id]),
            json.dumps(sent),
            content_type="application/json",
        )

        if any(shape == suits and type(shape) is type(suits) for suits in SUITS.get(kind, ())):
            assert answer.status_code == 201, shape
            assert client.get(reverse("evidence:entries-show", args=[record_id])).status_code == 200
        else:
            assert answer.status_code == 409, shape
            assert answer.json()["detail"].startswith(f"The {kind}: ")
            assert KINDS[kind] in answer.json()["detail"]
            assert not EvidenceRecord.objects.filter(pk=record_id).exists()


@pytest.mark.parametrize("kind", KINDS)
def test_the_screen_keeps_only_text_whatever_a_crafted_form_repeats(client, asked, kind):
    client.force_login(person(Role.REVIEWER, at=asked.trust))
    capture = reverse("evidence:entries-capture", args=[record_id := uuid4()])
    name = f"answer.{kind}"
    crafted = {name: ['[["a"]]', '{"a": 1}', "8"], f"{name}.a": "b", f"{name}[]": "c"}

    kept = client.post(f"{capture}?activity={asked.pk}", crafted)

    assert kept.status_code == 302
    stored = EvidenceRecord.objects.get(pk=record_id).answers
    assert stored in ({}, {kind: "8"}, {kind: crafted[name]})
    for page in (capture, reverse("evidence:entries-show", args=[record_id])):
        assert client.get(page).status_code == 200


def test_save_takes_notes_only_from_whoever_wrote_them(put, client, activity):
    """On a shared tablet somebody else has signed in meanwhile: nothing goes in under their name."""
    author = person(Role.REVIEWER, at=activity.trust).person
    content = {"activity_id": str(activity.pk), "notes": [note()]}

    answer = client.put(
        reverse("api:entries-save", args=[uuid4()]),
        json.dumps({"content": content, "author_id": str(author.pk)}),
        content_type="application/json",
    )

    assert answer.status_code == 409
    assert "Somebody else is signed in on this device" in answer.json()["detail"]
    assert not EvidenceRecord.objects.exists()
