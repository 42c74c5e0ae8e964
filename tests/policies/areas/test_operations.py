import pytest

from tests.factories import AreaFactory, person
from tests.policies.writing import a_draft
from trigpoint.people.roles import Role
from trigpoint.policies.areas import operations
from trigpoint.policies.areas.operations import Words
from trigpoint.policies.areas.rules import told
from trigpoint.records.models import HistoryEntry
from trigpoint.records.refusals import Refused, Stale
from trigpoint.records.revisions import revision_of

pytestmark = pytest.mark.django_db
WORDS = Words("X", "Sixth form", "Sixth form")


def test_only_writers_change_areas_of_a_draft():
    _, version, standard = a_draft()
    head = person(Role.HEADTEACHER, at=version.trust)

    for change in (
        lambda: operations.add(version=version, words=WORDS, by=head),
        lambda: operations.move(area=standard.area, steps=1, by=head),
        lambda: operations.remove(area=standard.area, by=head),
    ):
        with pytest.raises(Refused, match="Only a trust QA lead"):
            change()
    assert version.areas.count() == 1


def test_reword_refuses_the_code_of_another_area():
    lead, version, standard = a_draft()
    operations.add(version=version, words=WORDS, by=lead)
    now = revision_of(told(standard.area).values())

    with pytest.raises(Refused, match="X is taken by Sixth form"):
        operations.reword(area=standard.area, words=WORDS, base_revision=now, by=lead)
    with pytest.raises(Stale):
        operations.reword(area=standard.area, words=WORDS, base_revision="other", by=lead)


def test_remove_keeps_what_it_said_in_the_history():
    lead, _, standard = a_draft()
    area = standard.area

    operations.remove(area=area, by=lead)

    entry = HistoryEntry.objects.get(verb="area removed")
    assert (entry.detail["words"]["name"], entry.detail["standards"]) == ("Teaching", ["T1"])
    with pytest.raises(Refused, match="removed a moment ago"):
        operations.remove(area=area, by=lead)


def test_an_area_that_every_policy_covers_stays():
    lead, version, _ = a_draft()
    area = AreaFactory.create(version=version, lineage="assessment")

    with pytest.raises(Refused, match="Every policy covers Assessment"):
        operations.remove(area=area, by=lead)
    assert version.areas.filter(pk=area.pk).exists()
