import pytest
from django.urls import reverse

from tests.factories import AcademyFactory, InstrumentVersionFactory, person
from trigpoint.instruments.labels.queries import system_labels
from trigpoint.people.roles import Role
from trigpoint.records.revisions import revision_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def academy():
    return AcademyFactory.create()


@pytest.fixture
def version(academy):
    return InstrumentVersionFactory.create(instrument__trust=academy.trust)


def at(version, *academies):
    verb = "relabel" if academies else "index"
    ids = [version.instrument_id, *(academy.pk for academy in academies)]
    return reverse(f"instruments:labels-{verb}", args=ids)


def test_index_lists_the_academies_one_speaks_for(client, academy, version):
    AcademyFactory.create(trust=academy.trust, name="Elsewhere Primary")

    for role, place, sees in (
        (Role.HEADTEACHER, academy, False),
        (Role.QA_LEAD, academy.trust, True),
    ):
        client.force_login(person(role, at=place))
        page = client.get(at(version)).content.decode()
        assert academy.name in page
        assert ("Elsewhere Primary" in page) == sees


def test_index_costs_the_same_however_long_it_is(client, academy, version, assert_flat):
    client.force_login(person(Role.QA_LEAD, at=academy.trust))

    assert_flat(at(version), add_row=lambda: AcademyFactory.create(trust=academy.trust), at_most=8)


def test_relabel_shows_the_trusts_words_beside_ones_own(client, academy, version):
    client.force_login(person(Role.HEADTEACHER, at=academy))
    sent = {"name": "Drop-in", "label-focus": "What about?", "base_revision": revision_of(["", ""])}

    page = client.get(at(version, academy)).content.decode()
    answer = client.post(at(version, academy), sent)

    assert "Focus" in page
    assert f"The trust calls it “{version.instrument.name}”" in page
    assert answer.status_code == 302
    assert system_labels(academy.pk, version.instrument_id).labels == {"focus": "What about?"}


def test_relabel_of_a_sibling_is_not_there(client, academy, version):
    sibling = AcademyFactory.create(trust=academy.trust)
    client.force_login(person(Role.HEADTEACHER, at=academy))

    assert client.get(at(version, sibling)).status_code == 404
