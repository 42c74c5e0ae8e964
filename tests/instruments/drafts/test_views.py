import datetime as dt

import pytest
from django.urls import reverse

from tests.factories import InstrumentFactory, InstrumentVersionFactory, TrustFactory, person
from trigpoint.instruments.drafts.rules import mark, told
from trigpoint.instruments.models import Instrument, InstrumentVersion
from trigpoint.people.roles import Role
from trigpoint.records.revisions import revision_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(client):
    draft = InstrumentVersionFactory.create(draft=True, instrument__name="Phonics visit")
    client.force_login(person(Role.QA_LEAD, at=draft.trust))
    return draft


def at(verb, draft):
    return reverse(f"instruments:drafts-{verb}", args=[draft.pk])


def test_begin_starts_from_an_instrument_there_is(client):
    trust = TrustFactory.create()
    version = InstrumentVersionFactory.create(instrument__trust=trust)
    client.force_login(person(Role.ADMINISTRATOR, at=trust))
    sent = {"kind": "LESSON_VISIT", "name": "Phonics visit", "purpose": "See.", "start": version.pk}

    answer = client.post(reverse("instruments:drafts-begin"), sent)

    draft = InstrumentVersion.objects.get(instrument__name="Phonics visit")
    assert answer.url == at("show", draft)
    assert draft.content == version.content


def test_begin_empty_offers_a_part_to_fill(client):
    trust = TrustFactory.create()
    client.force_login(person(Role.QA_LEAD, at=trust))
    sent = {"kind": "PARENT_VOICE", "name": "Gate talk", "purpose": "Ask."}

    page = client.post(reverse("instruments:drafts-begin"), sent, follow=True).content.decode()

    assert "The part “What was seen” has no questions" in page


def test_begin_without_a_name_or_with_one_that_is_taken_keeps_what_was_typed(client, draft):
    sent = {"kind": "LESSON_VISIT", "name": "", "purpose": "See."}

    assert client.post(reverse("instruments:drafts-begin"), sent).status_code == 422
    answer = client.post(reverse("instruments:drafts-begin"), sent | {"name": "Phonics visit"})
    assert answer.status_code == 409
    assert "Choose another name" in answer.content.decode()


def test_begin_is_closed_to_those_who_write_no_forms(client, draft):
    client.force_login(person(Role.REVIEWER, at=draft.trust))

    assert client.get(reverse("instruments:drafts-begin")).status_code == 403


def test_follow_begins_the_next_version_once(client, draft):
    draft.status, draft.published_on = "PUBLISHED", dt.date(2026, 9, 1)
    draft.save()
    url = reverse("instruments:drafts-follow", args=[draft.instrument_id])

    first, second = client.post(url), client.post(url)

    assert first.url == second.url
    assert [it.number for it in draft.instrument.versions.order_by("number")] == [1, 2]


def test_show_lists_questions_with_buttons_that_need_no_pointer(client, draft):
    page = client.get(at("show", draft)).content.decode()

    assert "Focus" in page
    assert 'name="to" value="up"' in page
    assert at("preview", draft) in page


def test_show_of_a_published_version_is_its_page(client, draft):
    draft.status, draft.published_on = "PUBLISHED", dt.date(2026, 9, 1)
    draft.save()

    answer = client.get(at("show", draft))

    assert answer.url == reverse("instruments:library-show", args=[draft.instrument_id])


def test_show_lists_what_a_file_said_that_was_not_carried_over(client, draft):
    draft.left_out = ["Row 7: “Where” (geopoint): places on a map are not recorded."]
    draft.save()

    assert "Row 7: “Where” (geopoint)" in client.get(at("show", draft)).content.decode()


def test_preview_may_be_framed_by_our_own_pages_only(client, draft):
    answer = client.get(at("preview", draft))

    assert "frame-ancestors 'self'" in answer["Content-Security-Policy"]
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-src 'self'" in client.get(at("show", draft))["Content-Security-Policy"]
    assert 'name="answer.focus"' in answer.content.decode()


def test_preview_names_what_is_filled_in_beside_the_questions(client, draft):
    noted = {"key": "notes", "type": "running_notes", "label": "Notes as it happens"}
    InstrumentVersion.objects.filter(pk=draft.pk).update(
        content={"sections": [{"title": "What happened", "questions": [noted]}]}
    )

    assert "Notes as it happens" in client.get(at("preview", draft)).content.decode()


def test_describe_shows_both_when_two_write_at_once(client, draft):
    opened = revision_of(told(draft).values())
    Instrument.objects.filter(pk=draft.instrument_id).update(purpose="Theirs")
    sent = {"name": "Phonics visit", "purpose": "Mine", "naming": "OFF", "base_revision": opened}

    answer = client.post(at("describe", draft), sent)

    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Stored now: What it is for" in page
    assert "Theirs" in page


def test_describe_changes_what_the_form_says_of_itself(client, draft):
    opened = revision_of(told(draft).values())
    sent = {"name": "Reading visit", "purpose": "See.", "naming": "OFF", "guidance": "Be quiet.",
            "base_revision": opened}  # fmt: skip

    client.post(at("describe", draft), sent)

    draft.refresh_from_db()
    assert told(draft) == {
        "name": "Reading visit", "purpose": "See.", "naming": "OFF", "guidance": "Be quiet."
    }  # fmt: skip


def test_publish_says_what_changes_then_publishes(client, draft):
    draft.number = 2
    draft.save()
    InstrumentVersionFactory.create(
        instrument=draft.instrument,
        content={"sections": [{"title": "Part", "questions": [
            {"key": "old", "type": "short_text", "label": "Old question"}]}]},
    )  # fmt: skip

    page = client.get(at("publish", draft)).content.decode()
    answer = client.post(at("publish", draft), {"seen": mark(draft.content)})

    assert "The part “Part” is called “What was seen”." in page
    assert "No longer asked" in page
    assert "Old question" in page
    draft.refresh_from_db()
    assert (answer.status_code, draft.status) == (302, "PUBLISHED")


def test_publish_says_when_only_whom_it_names_changes(client, draft):
    draft.number = 2
    draft.content["naming"] = "OPTIONAL"
    draft.save()
    InstrumentVersionFactory.create(
        instrument=draft.instrument, content={**draft.content, "naming": "OFF"}
    )

    page = client.get(at("publish", draft)).content.decode()

    assert "Naming the person observed is optional. It named nobody." in page
    assert "Nothing is new" not in page


def test_publish_of_what_changed_meanwhile_asks_again(client, draft):
    answer = client.post(at("publish", draft), {"seen": "another"})

    assert answer.status_code == 409
    assert "Somebody changed it" in answer.content.decode()
    assert mark(draft.content) in answer.content.decode()


def test_publish_of_an_unfinished_form_says_what_is_missing(client, draft):
    draft.content = {"sections": []}
    draft.save()

    assert "has no questions yet" in client.get(at("publish", draft)).content.decode()


def test_discard_asks_first(client, draft):
    assert "go with it" in client.get(at("discard", draft)).content.decode().replace("goes", "go")

    client.post(at("discard", draft), {"seen": mark(draft.content)})

    assert not Instrument.objects.filter(pk=draft.instrument_id).exists()


def test_discard_of_another_trusts_draft_is_not_there(client, draft):
    stranger = InstrumentVersionFactory.create(draft=True, instrument=InstrumentFactory.create())

    assert client.post(at("discard", stranger), {"seen": ""}).status_code == 404
