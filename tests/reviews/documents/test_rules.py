import datetime as dt

import pytest

from tests.factories import AcademyFactory, ReviewDocumentFactory, person
from trigpoint.people.roles import Role
from trigpoint.reviews.documents import rules
from trigpoint.reviews.models import ReviewDocument
from trigpoint.reviews.reviews.rules import may_view

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("role", "asks", "hands_over"),
    [
        (Role.QA_LEAD, True, True),
        (Role.HEADTEACHER, False, True),
        (Role.STAFF, False, False),
        (Role.TRUSTEE, False, False),
    ],
)
def test_the_trust_asks_and_the_academy_hands_over(role, asks, hands_over):
    document = ReviewDocumentFactory.create()
    user = person(role, at=document.review.academy)

    assert bool(rules.may_ask(user, document.review)) == asks
    assert bool(rules.may_hand_over(user, document)) == hands_over


def test_the_nominee_hands_over_and_nothing_changes_once_it_is_written_up():
    document = ReviewDocumentFactory.create()
    nominee = person(Role.STAFF, at=document.review.academy)
    document.review.nominee = nominee.person
    assert rules.may_hand_over(nominee, document)

    document.review.status = "REPORTING"

    assert "being written up" in rules.may_hand_over(nominee, document).reason


def test_may_drop_what_has_not_been_handed_over():
    document = ReviewDocumentFactory.create()
    lead = person(Role.QA_LEAD, at=document.trust)

    assert rules.may_drop(lead, document)
    document.received_on = dt.date(2025, 11, 3)
    assert "stays on the list" in rules.may_drop(lead, document).reason


@pytest.mark.parametrize("role", Role)
def test_view_rule_and_list_agree(role):
    academy = AcademyFactory.create()
    for place in (academy, AcademyFactory.create(trust=academy.trust), AcademyFactory.create()):
        ReviewDocumentFactory.create(review__academy=place)

    for place in (academy, academy.trust):
        viewer = person(role, at=place)
        listed = set(ReviewDocument.objects.visible_to(viewer))
        assert listed == {it for it in ReviewDocument.objects.all() if may_view(viewer, it.review)}
