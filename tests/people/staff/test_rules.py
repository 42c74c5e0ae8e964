import pytest

from tests.factories import (
    AcademyFactory,
    ClusterFactory,
    PersonFactory,
    PostFactory,
    StaffImportFactory,
    TeamFactory,
    person,
)
from trigpoint.people.models import Person, StaffImport
from trigpoint.people.roles import Role
from trigpoint.people.staff import rules
from trigpoint.people.staff.rules import PostFacts
from trigpoint.people.staff_lists import rules as staff_lists


@pytest.mark.django_db
@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("where", ["trust", "cluster", "academy", "team"])
def test_visible_to_agrees_with_may_view(role, where):
    cluster = ClusterFactory.create()
    home = AcademyFactory.create(trust=cluster.trust, cluster=cluster)
    team = TeamFactory.create(academy=home)
    places = {"trust": home.trust, "cluster": cluster, "academy": home, "team": team}
    for academy in (home, AcademyFactory.create(trust=home.trust), AcademyFactory.create()):
        PostFactory.create(academy=academy)
        PostFactory.create(academy=academy, team=TeamFactory.create(academy=academy))
        PersonFactory.create(trust=academy.trust)
        StaffImportFactory.create(trust=academy.trust)
    PostFactory.create(academy=home, team=team)
    user = person(role, at=places[where])

    assert set(Person.objects.visible_to(user)) == {
        someone for someone in Person.objects.all() if rules.may_view(user, someone)
    }
    assert set(StaffImport.objects.visible_to(user)) == {
        upload for upload in StaffImport.objects.all() if staff_lists.may_view_import(user, upload)
    }


@pytest.mark.django_db
def test_may_appoint_only_within_the_trust():
    academy = AcademyFactory.create()
    someone = PersonFactory.create(trust=academy.trust)
    user = person(Role.ADMINISTRATOR, at=academy.trust)

    assert rules.may_appoint(user, someone, PostFacts("Teacher", academy))
    foreign = PostFacts("Teacher", AcademyFactory.create())
    assert "another trust" in rules.may_appoint(user, someone, foreign).reason
    head = person(Role.HEADTEACHER, at=academy)
    assert not rules.may_appoint(head, someone, PostFacts("Teacher", academy))
