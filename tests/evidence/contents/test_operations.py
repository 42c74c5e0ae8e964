import pytest

from tests.factories import EvidenceRecordFactory, LookForFactory
from trigpoint.evidence.contents.operations import keep_marks
from trigpoint.evidence.contents.rules import RecordContent, changes

pytestmark = pytest.mark.django_db


def test_keep_marks_writes_what_changed_and_takes_out_what_is_gone():
    record = EvidenceRecordFactory.create()
    one, two, three = (
        LookForFactory.create(standard__area__version__policy__trust=record.trust) for _ in range(3)
    )
    before = RecordContent(look_fors={one.pk: "SEEN", two.pk: "SEEN"})
    after = RecordContent(look_fors={one.pk: "PARTLY", three.pk: "NOT_SEEN"})
    keep_marks(record, changes(record.pk, before=RecordContent(), after=before))

    keep_marks(record, changes(record.pk, before=before, after=after))

    assert dict(record.look_for_marks.values_list("look_for_id", "seen")) == after.look_fors
