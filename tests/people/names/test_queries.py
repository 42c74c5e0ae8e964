"""Whose names a text may not hold."""

import pytest

from tests.factories import AcademyFactory, PersonFactory, PostFactory
from trigpoint.people.models import Person
from trigpoint.people.names.queries import system_staff_named

pytestmark = pytest.mark.django_db


def test_system_staff_named_knows_staff_of_the_academy_the_centre_and_from_outside():
    academy = AcademyFactory.create()
    elsewhere = AcademyFactory.create(trust=academy.trust)
    of = {"trust": academy.trust}
    PostFactory.create(academy=academy, person=PersonFactory.create(**of, name="Ann Ash"))
    PostFactory.create(academy=elsewhere, person=PersonFactory.create(**of, name="Bea Birch"))
    PersonFactory.create(**of, name="Cy Cedar", kind=Person.Kind.EXTERNAL)
    PersonFactory.create(**of, name="Di Dogwood", kind=Person.Kind.GOVERNOR)
    PersonFactory.create(name="Ed Elm")
    text = "Ann Ash, Bea Birch, Cy Cedar, Di Dogwood and Ed Elm agree."

    everywhere = system_staff_named(academy.trust_id, text)
    here = system_staff_named(academy.trust_id, text, academy_id=academy.pk)

    assert everywhere == ["Ann Ash", "Bea Birch", "Cy Cedar"]
    assert here == ["Ann Ash", "Cy Cedar"]
