import pytest

from tests.factories import SectionFactory, person
from tests.policies.writing import a_draft
from trigpoint.people.roles import Role
from trigpoint.policies.sections import operations
from trigpoint.policies.sections.operations import Words
from trigpoint.records.models import HistoryEntry
from trigpoint.records.refusals import Refused, Stale

pytestmark = pytest.mark.django_db
WORDS = Words("OTHER", "Purpose", "Why.")


def test_only_writers_change_the_text_of_a_draft():
    _, version, _ = a_draft()
    section = SectionFactory.create(version=version)
    staff = person(Role.STAFF, at=version.trust)

    with pytest.raises(Refused, match="Only a trust QA lead"):
        operations.add(version=version, words=WORDS, by=staff)
    with pytest.raises(Refused, match="Only a trust QA lead"):
        operations.remove(section=section, by=staff)


def test_reword_is_stale_when_somebody_else_was_quicker():
    lead, version, _ = a_draft()
    section = SectionFactory.create(version=version)

    with pytest.raises(Stale):
        operations.reword(section=section, words=WORDS, base_revision="other", by=lead)


def test_remove_keeps_the_text_in_the_history():
    lead, version, _ = a_draft()
    section = SectionFactory.create(version=version, text="Long ago.")

    operations.remove(section=section, by=lead)

    assert HistoryEntry.objects.get(verb="text removed").detail["words"]["text"] == "Long ago."
    with pytest.raises(Refused, match="removed a moment ago"):
        operations.remove(section=section, by=lead)
