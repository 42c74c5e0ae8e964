import pytest

from tests.factories import (
    AcademyFactory,
    EvidenceRecordFactory,
    PersonFactory,
    RecordTagFactory,
    ReviewFactory,
    TrustFactory,
    person,
)
from trigpoint.evidence.models import EvidenceRecord, RecordTag, Tag
from trigpoint.evidence.tags import rules
from trigpoint.people.roles import Role


@pytest.mark.django_db
@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("place", ["trust", "academy", "review"])
def test_visible_to_agrees_with_may_view(role, place):
    review = ReviewFactory.create()
    others = ReviewFactory.create(academy=AcademyFactory.create(trust=review.trust))
    records = [
        EvidenceRecordFactory.create(review=one, **state)
        for one in (review, others, ReviewFactory.create())
        for state in (
            {},
            {"submitted": True},
            {"shared": True},
            {"shared": True, "is_private": True},
        )
    ]
    marks = [RecordTagFactory.create(record=record) for record in records]
    user = person(
        role, at={"trust": review.trust, "academy": review.academy, "review": review}[place]
    )

    readable = set(EvidenceRecord.objects.visible_to(user))
    assert set(Tag.objects.visible_to(user)) == {
        mark.tag
        for mark in marks
        if rules.may_view(user, mark.tag, is_on_a_record_of_theirs=mark.record in readable)
    }
    assert set(RecordTag.objects.visible_to(user)) == {m for m in marks if m.record in readable}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("state", "own", "may"),
    [
        ({}, False, False),
        ({}, True, True),
        ({"submitted": True}, False, True),
        ({"shared": True, "is_private": True}, False, False),
        ({"shared": True, "is_private": True}, True, True),
    ],
)
def test_may_tag_leaves_drafts_and_private_records_to_their_author(state, own, may):
    record = EvidenceRecordFactory.create(**state)
    user = person(Role.REVIEWER, at=record.review)
    record.author = user.person if own else PersonFactory.create(trust=record.trust)

    assert bool(rules.may_tag(user, record)) is may


@pytest.mark.django_db
def test_may_tag_is_for_those_who_weigh_evidence_there():
    record = EvidenceRecordFactory.create(shared=True)

    assert not rules.may_tag(person(Role.HEADTEACHER, at=record.academy), record)
    assert not rules.may_tag(person(Role.QA_LEAD, at=TrustFactory.create()), record)


def test_may_be_so_many_has_a_bound_and_a_beginning():
    assert rules.may_be_so_many(rules.MOST_AT_ONCE)
    assert "Narrow the list" in rules.may_be_so_many(rules.MOST_AT_ONCE + 1).reason
    assert "tick them" in rules.may_be_so_many(0).reason
