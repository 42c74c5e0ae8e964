import pytest

from tests.factories import AreaFactory, CrosswalkFactory, TrustFactory, person
from tests.policies.outside.files import FILE
from trigpoint.people.roles import Role
from trigpoint.policies.outside import operations, rules
from trigpoint.policies.outside.models import OutsideFramework
from trigpoint.records.models import HistoryEntry
from trigpoint.records.refusals import Refused

pytestmark = pytest.mark.django_db


def brought_in():
    lead = person(Role.QA_LEAD, at=TrustFactory.create())
    return lead, operations.bring_in(outside=rules.check(FILE).outside, by=lead)


def test_bring_in_keeps_the_file_once():
    lead, framework = brought_in()

    assert framework.content == rules.check(FILE).outside.file
    assert HistoryEntry.objects.get(verb="brought in").detail == {"label": framework.label}
    with pytest.raises(Refused, match="Your trust has Diocesan expectations"):
        operations.bring_in(outside=rules.check(FILE).outside, by=lead)
    later = FILE.replace("2026", "2027") + 'supersedes: "2026"\n'
    operations.bring_in(outside=rules.check(later).outside, by=lead)
    assert OutsideFramework.objects.count() == 2


def test_bring_in_is_for_the_writers():
    head = person(Role.HEADTEACHER, at=TrustFactory.create())

    with pytest.raises(Refused, match="Only a trust QA lead"):
        operations.bring_in(outside=rules.check(FILE).outside, by=head)
    assert not OutsideFramework.objects.exists()


def test_remove_keeps_what_any_version_maps_to():
    lead, framework = brought_in()
    area = AreaFactory.create(version__policy__trust=lead.person.trust)
    row = CrosswalkFactory.create(area=area, framework=framework.label, item="Worship")
    CrosswalkFactory.create(framework=framework.label)  # of another trust

    with pytest.raises(Refused, match="in 1 place,"):
        operations.remove(framework=framework, by=lead)
    row.delete()
    operations.remove(framework=framework, by=lead)

    assert not OutsideFramework.objects.exists()
