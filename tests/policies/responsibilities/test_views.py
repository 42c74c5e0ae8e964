import pytest
from django.urls import reverse

from tests.factories import (
    AcademyFactory,
    PersonFactory,
    PostFactory,
    ResponsibilityFactory,
    StandardFactory,
    person,
)
from tests.policies.writing import a_draft
from trigpoint.people.roles import Role
from trigpoint.policies.models import Responsibility

pytestmark = pytest.mark.django_db


@pytest.fixture
def standard(client):
    lead, _, standard = a_draft()
    client.force_login(lead)
    return standard


def url(verb, row):
    return reverse(f"policies:responsibilities-{verb}", args=[row.pk])


def test_index_says_who_answers_and_what_nobody_does(client, standard):
    ResponsibilityFactory.create(
        version=standard.version, area=standard.area, part="REVIEWS", role_name="Head of quality"
    )

    page = client.get(url("index", standard.version)).content.decode()

    assert "Nobody monitors Teaching." in page
    assert "Head of quality" in page


def test_index_costs_the_same_however_many(client, standard, assert_flat):
    assert_flat(
        url("index", standard.version),
        add_row=lambda: ResponsibilityFactory.create(
            version=standard.version,
            area=standard.area,
            standard=standard,
            person=PersonFactory.create(trust=standard.trust),
        ),
        at_most=8,
    )


def test_assign_by_role_and_person_for_a_standard(client, standard):
    central = PersonFactory.create(trust=standard.trust)
    PostFactory.create(person=central, academy=None, trust=standard.trust)
    said = {
        "about": standard.pk,
        "part": "MONITORS",
        "role_name": "Trust maths lead",
        "person": central.pk,
    }

    for _ in range(2):
        assert client.post(url("assign", standard.version), said).status_code == 302

    made = Responsibility.objects.get()
    assert (made.standard, made.area, made.person) == (standard, standard.area, central)


def test_assign_takes_nobody_and_nothing_of_elsewhere(client, standard):
    said = {"part": "MONITORS", "role_name": "Somebody"}
    teacher = PostFactory.create(academy=AcademyFactory.create(trust=standard.trust)).person
    foreign = StandardFactory.create()

    for wrong in ({"person": teacher.pk}, {"about": foreign.pk}, {"role_name": ""}):
        assert client.post(url("assign", standard.version), said | wrong).status_code == 422


def test_assign_is_for_the_writers(client, standard):
    client.force_login(person(Role.HEADTEACHER, at=standard.trust))

    assert client.get(url("assign", standard.version)).status_code == 403


def test_unassign_takes_it_out_once(client, standard):
    said = ResponsibilityFactory.create(version=standard.version)

    assert client.post(url("unassign", said)).status_code == 302
    assert not Responsibility.objects.exists()
    assert client.post(url("unassign", said)).status_code == 404
