import datetime as dt

import pytest

from tests.factories import (
    ActivityFactory,
    ClaimFactory,
    EvidenceRecordFactory,
    LineOfEnquiryFactory,
    StandardFactory,
    person,
)
from trigpoint.people.roles import Role
from trigpoint.records.models import HistoryEntry
from trigpoint.records.refusals import Refused, Stale
from trigpoint.records.revisions import revision_of
from trigpoint.reviews.lines import operations, queries
from trigpoint.reviews.models import Activity, LineOfEnquiry, Review
from trigpoint.reviews.reviews.operations import Line

pytestmark = pytest.mark.django_db
TODAY = dt.date(2025, 10, 20)


@pytest.fixture
def line():
    return LineOfEnquiryFactory.create(question="Do they catch up?", wanted={"LESSON_VISIT": 4})


@pytest.fixture
def lead(line):
    return person(Role.QA_LEAD, at=line.review.trust)


def reword(line, by, question="Who catches up?", *, seen="Do they catch up?", **said):
    said.setdefault("standards", ())
    return operations.reword(
        line=line,
        said=Line(question=question, **said),
        base_revision=revision_of([seen]),
        by=by,
        on=TODAY,
    )


def test_reword_says_it_otherwise_and_remembers_how_it_was(line, lead):
    standard = StandardFactory.create(area__version=line.review.policy_version)

    reword(line, lead, standards=(standard,), wanted={"BOOK_SCRUTINY": 6})

    line.refresh_from_db()
    assert (line.question, line.wanted) == ("Who catches up?", {"BOOK_SCRUTINY": 6})
    assert line.standards.get() == standard
    told = HistoryEntry.objects.get(subject_id=line.review_id).detail
    assert told["before"]["question"] == "Do they catch up?"
    assert told["before"]["wanted"] == {"LESSON_VISIT": 4}


def test_reword_refuses_words_that_somebody_changed_meanwhile(line, lead):
    with pytest.raises(Stale):
        reword(line, lead, seen="What it said an hour ago")


def test_reword_takes_no_standard_of_another_version(line, lead):
    with pytest.raises(ValueError, match="own policy version"):
        reword(line, lead, standards=(StandardFactory.create(),))


def test_drop_takes_it_out_and_leaves_what_was_planned_for_it(line, lead):
    activity = ActivityFactory.create(review=line.review)
    activity.lines.add(line)

    operations.drop(line=line, by=lead, on=TODAY)

    assert not LineOfEnquiry.objects.exists()
    assert Activity.objects.get() == activity
    entry = HistoryEntry.objects.get(subject_id=line.review_id)
    assert entry.detail["before"]["question"] == "Do they catch up?"


def test_drop_is_refused_where_something_rests_on_the_line(line, lead):
    ClaimFactory.create(review=line.review, line=line)

    with pytest.raises(Refused, match="Something answers this line already"):
        operations.drop(line=line, by=lead, on=TODAY)
    assert LineOfEnquiry.objects.exists()
    assert not HistoryEntry.objects.exists()


def test_drop_is_refused_where_evidence_was_handed_in_on_the_line(line, lead):
    draft = EvidenceRecordFactory.create(review=line.review)
    draft.lines.add(line)
    assert not queries.system_is_answered(line)  # nobody hears of somebody's draft
    handed_in = EvidenceRecordFactory.create(review=line.review, submitted=True)
    handed_in.lines.add(line)

    with pytest.raises(Refused, match="Something answers this line already"):
        operations.drop(line=line, by=lead, on=TODAY)


def test_reword_and_drop_are_refused_once_fieldwork_has_started(line, lead):
    Review.objects.update(status=Review.Status.FIELDWORK)

    with pytest.raises(Refused, match="Fieldwork has started"):
        reword(line, lead)
    with pytest.raises(Refused, match="Add another line"):
        operations.drop(line=line, by=lead, on=TODAY)


def test_what_somebody_else_dropped_meanwhile_is_neither_reworded_nor_dropped(line, lead):
    theirs = LineOfEnquiry.objects.get(pk=line.pk)
    operations.drop(line=theirs, by=lead, on=TODAY)

    with pytest.raises(Refused, match="dropped a moment ago"):
        operations.drop(line=line, by=lead, on=TODAY)
    with pytest.raises(Refused, match="dropped a moment ago"):
        reword(line, lead)
