"""The same team or person added by two at once: one is made, the others get a sentence."""

import pytest

from tests.factories import AcademyFactory, person
from tests.parallel import HANDS, all_at_once, said
from trigpoint.people.models import Person
from trigpoint.people.roles import Role
from trigpoint.people.staff import operations as staff
from trigpoint.people.staff.rules import PersonFacts
from trigpoint.trusts.models import Team
from trigpoint.trusts.structure import operations

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def form_team(academy, by):
    operations.form_team(
        trust=academy.trust, academy=academy, kind=Team.Kind.DEPARTMENT, name="Maths", by=by
    )


def join(academy, by):
    staff.join(trust=academy.trust, facts=PersonFacts("Ada Fell", staff_number="7"), by=by)


@pytest.mark.parametrize(
    ("adds", "made"), [(form_team, Team.objects.all), (join, Person.objects.filter)]
)
def test_what_has_a_name_or_a_number_of_its_own_is_added_once(adds, made):
    academy = AcademyFactory.create()
    administrator = person(Role.ADMINISTRATOR, at=academy.trust)
    before = made().count()

    def job():
        return said(lambda by: adds(academy, by), administrator)

    added, *refused = sorted(all_at_once([job] * HANDS))
    assert added == ""
    assert all("already" in sentence for sentence in refused)
    assert made().count() == before + 1
