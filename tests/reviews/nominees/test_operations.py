"""Naming who receives a review through the public door."""

import datetime as dt

import pytest

from tests.factories import (
    AcademyFactory,
    PersonFactory,
    ReviewFactory,
    ReviewTeamMemberFactory,
    person,
)
from trigpoint.people.models import Notice
from trigpoint.people.roles import Role
from trigpoint.records.models import HistoryEntry
from trigpoint.records.refusals import Refused
from trigpoint.reviews.models import Review
from trigpoint.reviews.nominees import operations

pytestmark = pytest.mark.django_db
TODAY = dt.date(2025, 10, 30)


@pytest.fixture(name="review")
def _review():
    return ReviewFactory.create(academy__name="Thornmere")


@pytest.fixture(name="lead")
def _lead(review):
    return person(Role.QA_LEAD, at=review.trust)


def deputy(review, name):
    """Somebody who may open the reviews of the academy."""
    them = person(Role.HEADTEACHER, at=review.academy).person
    them.name = name
    them.save()
    return them


def test_name_says_who_receives_the_review_and_who_did(review, lead):
    tom, ada = (deputy(review, name) for name in ("Tom", "Ada"))

    for nominee in (tom, ada, ada, None):
        operations.name(review=review, nominee=nominee, by=lead, on=TODAY)

    review.refresh_from_db()
    assert review.nominee is None
    told = HistoryEntry.objects.filter(verb="nominee named").order_by("created_at", "id")
    assert [(it.detail["was"], it.detail["now"]) for it in told] == [
        ("", "Tom"), ("Tom", "Ada"), ("Ada", ""),
    ]  # fmt: skip


def test_name_takes_nobody_of_the_team_or_of_another_trust(review, lead):
    member = ReviewTeamMemberFactory.create(review=review).person

    for nominee in (member, review.lead):
        with pytest.raises(Refused, match="cannot be on its team"):
            operations.name(review=review, nominee=nominee, by=lead, on=TODAY)
    with pytest.raises(ValueError, match="own trust"):
        operations.name(review=review, nominee=PersonFactory.create(), by=lead, on=TODAY)
    review.refresh_from_db()
    assert review.nominee is None


def test_name_takes_nobody_who_could_not_open_it(review, lead):
    without_role = PersonFactory.create(trust=review.trust, name="Tess Teacher")
    elsewhere = person(Role.HEADTEACHER, at=AcademyFactory.create(trust=review.trust)).person

    for nominee in (without_role, elsewhere):
        with pytest.raises(Refused, match=f"{nominee.name} cannot open the reviews of Thornmere"):
            operations.name(review=review, nominee=nominee, by=lead, on=TODAY)


@pytest.mark.parametrize(("status", "told"), [("PLANNED", 0), ("NOTIFIED", 1), ("FIELDWORK", 0)])
def test_whoever_is_named_after_the_academy_was_told_is_told_too(review, lead, status, told):
    Review.objects.filter(pk=review.pk).update(status=status)
    nominee = deputy(review, "Tom")

    operations.name(review=review, nominee=nominee, by=lead, on=TODAY)

    notices = Notice.objects.filter(person=nominee)
    assert notices.count() == told
    assert all(notice.address == f"/reviews/{review.pk}/" for notice in notices)
