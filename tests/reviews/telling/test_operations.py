"""Those who receive a review are told when the academy is."""

import datetime as dt

import pytest

from tests.factories import AcademyFactory, PersonFactory, ReviewFactory, person
from trigpoint.people.models import Notice
from trigpoint.people.roles import Role
from trigpoint.reviews.reviews import operations as reviews

pytestmark = pytest.mark.django_db


def test_notifying_tells_the_heads_and_the_nominee_once_each():
    academy = AcademyFactory.create(name="Ash Lane Primary")
    lead = person(Role.QA_LEAD, at=academy.trust)
    head, deputy = (person(Role.HEADTEACHER, at=academy) for _ in range(2))
    person(Role.HEADTEACHER, at=AcademyFactory.create(trust=academy.trust))
    nominee = PersonFactory.create(trust=academy.trust)
    reviews_of = {
        nominee: {head.person, deputy.person, nominee},
        head.person: {head.person, deputy.person},
    }

    for named, told in reviews_of.items():
        Notice.objects.all().delete()
        review = ReviewFactory.create(academy=academy, lead=lead.person, nominee=named)
        reviews.notify(review=review, by=lead, on=dt.date(2025, 10, 29))

        notices = list(Notice.objects.all())
        assert {notice.person for notice in notices} == told
        assert len(notices) == len(told)
        assert {notice.sentence for notice in notices} == {
            "Deep dive at Ash Lane Primary, 12 November 2025: see what it asks and what to have ready."
        }
        assert {notice.address for notice in notices} == {f"/reviews/{review.pk}/"}
