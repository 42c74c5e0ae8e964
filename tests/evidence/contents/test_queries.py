import pytest

from tests.factories import EvidenceRecordFactory, LineOfEnquiryFactory, StandardFactory
from trigpoint.evidence.contents.queries import Home, system_missing
from trigpoint.evidence.contents.rules import RecordContent

NOTHING = RecordContent()


@pytest.mark.django_db
def test_missing_names_what_is_newly_pointed_at_and_is_not_of_the_same_review_or_trust():
    record = EvidenceRecordFactory.create()
    home = Home(record.trust_id, record.academy_id, record.review_id)
    asked = LineOfEnquiryFactory.create(review=record.review).pk
    elsewhere = LineOfEnquiryFactory.create().pk
    foreign = StandardFactory.create().pk

    def missing(before=NOTHING, **said):
        return system_missing(home, before, RecordContent(**said))

    assert missing(lines=(asked,)) == ""
    assert missing(lines=(asked, elsewhere)) == "lines"
    assert missing(standards=(foreign,)) == "standards"
    assert missing(RecordContent(standards=(foreign,)), standards=(foreign,)) == ""
