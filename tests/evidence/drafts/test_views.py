import pytest
from django.urls import reverse

from tests.factories import DiscardedDraftFactory, EvidenceRecordFactory, NoteFactory, person
from trigpoint.evidence.models import EvidenceRecord
from trigpoint.people.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(client):
    record = EvidenceRecordFactory.create(title="Half a record")
    author = person(Role.REVIEWER, at=record.trust)
    record.author = author.person
    record.save()
    NoteFactory.create(record=record, text="Six pupils wait.")
    client.force_login(author)
    return record


def test_discard_asks_first_and_then_shows_what_was(client, draft):
    url = reverse("evidence:drafts-discard", args=[draft.pk])
    assert url in client.get(reverse("evidence:entries-show", args=[draft.pk])).content.decode()
    asked = client.get(url).content.decode()

    answer = client.post(url, follow=True).content.decode()

    assert "Discard this draft?" in asked
    assert "Half a record" in answer
    assert "Six pupils wait." in answer
    assert "Drafts you discarded" in client.get(reverse("evidence:entries-new")).content.decode()


def test_index_says_answers_beside_their_questions_in_words(client, draft):
    adults = {"value": "ta", "label": "Assistant"}
    form = {"key": "adults", "type": "multiple_choice", "label": "Who helps?", "choices": [adults]}
    draft.instrument_version.content = {"sections": [{"title": "Seen", "questions": [form]}]}
    draft.instrument_version.save()
    draft.answers = {"adults": ["ta"]}
    draft.save()

    client.post(reverse("evidence:drafts-discard", args=[draft.pk]))
    page = client.get(reverse("evidence:drafts-index")).content.decode()

    assert "Who helps?" in page
    assert "Assistant" in page
    assert "[" not in page.split("Half a record")[1].split("</section>")[0]


def test_discard_of_a_submitted_record_is_refused_in_words(client, draft):
    EvidenceRecord.objects.update(status="SUBMITTED", submitted_at=draft.observed_at)
    url = reverse("evidence:drafts-discard", args=[draft.pk])

    assert "it stays" in client.get(url).content.decode()
    assert client.post(url).status_code == 409
    assert EvidenceRecord.objects.filter(pk=draft.pk).exists()


def test_index_costs_the_same_however_long_it_is(client, draft, assert_flat):
    assert_flat(
        reverse("evidence:drafts-index"),
        add_row=lambda: DiscardedDraftFactory.create(author=draft.author),
        at_most=12,
    )
