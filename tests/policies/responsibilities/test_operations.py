import pytest

from tests.factories import AreaFactory, ResponsibilityFactory, person
from tests.policies.writing import a_draft
from trigpoint.people.roles import Role
from trigpoint.policies.responsibilities import operations
from trigpoint.policies.responsibilities.operations import Part
from trigpoint.records.models import HistoryEntry
from trigpoint.records.refusals import Refused

pytestmark = pytest.mark.django_db


def test_assign_keeps_to_the_version_and_its_writers():
    lead, version, _ = a_draft()
    part = Part("MONITORS", "Head of maths")

    with pytest.raises(ValueError, match="the version itself"):
        operations.assign(
            version=version, part=Part("MONITORS", "Chair", area=AreaFactory.create()), by=lead
        )
    with pytest.raises(Refused, match="Only a trust QA lead"):
        operations.assign(version=version, part=part, by=person(Role.DPO, at=version.trust))
    assert not version.responsibilities.exists()


def test_assign_again_with_a_name_names_the_person():
    lead, version, standard = a_draft()
    for who in (None, lead.person):
        part = Part("MONITORS", "Head of maths", area=standard.area, person=who)
        operations.assign(version=version, part=part, by=lead)

    assert version.responsibilities.get().person == lead.person


def test_unassign_says_in_the_history_what_it_was():
    lead, version, standard = a_draft()
    said = ResponsibilityFactory.create(version=version, area=standard.area, role_name="Chair")

    operations.unassign(responsibility=said, by=lead)

    detail = HistoryEntry.objects.get(verb="answering unassigned").detail
    assert (detail["role_name"], detail["about"]) == ("Chair", "Teaching")
    with pytest.raises(Refused, match="taken out a moment ago"):
        operations.unassign(responsibility=said, by=lead)
