import pytest
from django.urls import reverse

from tests.factories import SectionFactory
from tests.policies.writing import a_draft, answers_of
from trigpoint.policies.models import PolicyVersion, Section

pytestmark = pytest.mark.django_db


@pytest.fixture
def section(client):
    lead, version, _ = a_draft()
    client.force_login(lead)
    return SectionFactory.create(version=version, position=1, text="One.\n\nTwo.")


def url(verb, row):
    return reverse(f"policies:sections-{verb}", args=[row.pk])


def test_add_puts_a_part_at_the_end_once(client, section):
    said = {"title": "Fairness", "kind": "FAIRNESS", "text": "Provision first.\r\n\r\nAlways."}

    for _ in range(2):
        assert client.post(url("add", section.version), said).status_code == 302

    made = section.version.sections.get(title="Fairness")
    assert (made.position, made.text) == (2, "Provision first.\n\nAlways.")


def test_reword_changes_the_text_and_keeps_both_versions(client, section):
    opened = answers_of(client.get(url("reword", section)))

    client.post(url("reword", section), opened | {"text": "Three."})
    other = client.post(url("reword", section), opened | {"text": "Four."})

    section.refresh_from_db()
    assert section.text == "Three."
    assert other.status_code == 409
    assert "Four." in other.content.decode()


def test_remove_takes_a_part_out_of_a_draft_alone(client, section):
    assert client.get(url("remove", section)).status_code == 200
    client.post(url("remove", section))
    assert not Section.objects.exists()

    second = SectionFactory.create(version=section.version)
    PolicyVersion.objects.filter(pk=section.version_id).update(
        status="CONSULTATION", consult_until="2026-10-16"
    )
    assert client.post(url("remove", second)).status_code == 409
