import pytest
from django.urls import reverse

from tests.factories import PolicyVersionFactory
from tests.policies.writing import a_draft, answers_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def version(client):
    lead, version, _ = a_draft()
    client.force_login(lead)
    return version


def url(version):
    return reverse("policies:scales-relabel", args=[version.pk])


def test_relabel_gives_levels_other_words_and_keeps_both_versions(client, version):
    opened = answers_of(client.get(url(version)))

    client.post(url(version), opened | {"M": "Secure"})
    other = client.post(url(version), opened | {"M": "Sound"})

    words = version.scale.levels.order_by("rank").values_list("mark", "label")
    assert dict(words)["M"] == "Secure"
    assert other.status_code == 409


def test_relabel_refuses_one_word_for_two_levels(client, version):
    opened = answers_of(client.get(url(version)))

    answer = client.post(url(version), opened | {"M": "exceptional"})

    assert answer.status_code == 422
    assert "Another level has this word already" in answer.content.decode()


def test_relabel_finds_no_scale_of_another_trust(client, version):
    foreign = PolicyVersionFactory.create()

    assert client.get(url(foreign)).status_code == 404
