import datetime as dt

import pytest

from tests.factories import (
    AcademyFactory,
    AreaFactory,
    LineOfEnquiryFactory,
    PolicyVersionFactory,
    ReviewFactory,
    TermFactory,
    grant,
    person,
)
from trigpoint.people.roles import Role
from trigpoint.records.models import HistoryEntry
from trigpoint.records.refusals import Refused
from trigpoint.reviews.models import Review
from trigpoint.reviews.reviews import operations as reviews
from trigpoint.reviews.reviews.operations import LooksChanged, ReviewClosed
from trigpoint.reviews.self_reviews import operations

pytestmark = pytest.mark.django_db
TODAY = dt.date(2025, 11, 12)
LAST = dt.date(2025, 12, 19)


@pytest.fixture(name="place")
def _place():
    """An academy in its autumn term, its head, and an area of the policy in force."""
    academy = TermFactory.create().academy
    area = AreaFactory.create(
        version=PolicyVersionFactory.create(policy__trust=academy.trust, in_force=True)
    )
    return academy, person(Role.HEADTEACHER, at=academy), area


def begin(academy, head, *areas, **more):
    facts = {"finish_by": LAST, "on": TODAY, **more}
    return operations.begin(academy=academy, areas=areas, by=head, **facts)


def test_begin_makes_one_that_is_worked_on_at_once(place):
    _, head, area = place

    review = begin(*place)

    assert (review.kind, review.status, review.lead) == ("SELF", "FIELDWORK", head.person)
    assert review.title == "Self-review, autumn term 2025"
    assert (review.fieldwork_starts_on, review.fieldwork_ends_on) == (TODAY, LAST)
    assert list(review.areas.all()) == [area]
    clock = review.deadlines.order_by("position").values_list("step", "due_on", "done_on")
    assert list(clock) == [("FIELDWORK", LAST, None), ("CORROBORATE", LAST, None)]
    [written] = HistoryEntry.objects.filter(subject_id=review.pk)
    assert (written.verb, written.actor, written.detail["lead"]) == (
        "begin",
        head,
        head.person.name,
    )


def test_begin_refuses_a_second_one(place):
    begin(*place)

    with pytest.raises(Refused, match="Finish it first"):
        begin(*place)
    assert Review.objects.count() == 1


def test_begin_takes_up_one_that_was_planned(place):
    academy, head, area = place
    planned = ReviewFactory.create(
        academy=academy,
        policy_version=area.version,
        kind="SELF",
        title="Self-review 2025-26",
        fieldwork_starts_on=dt.date(2025, 12, 1),
    )
    line = LineOfEnquiryFactory.create(review=planned)

    review = begin(*place)

    assert (review.pk, review.title, review.lead) == (planned.pk, planned.title, head.person)
    assert (review.status, review.fieldwork_starts_on) == ("FIELDWORK", TODAY)
    assert list(review.lines.all()) == [line]


def test_begin_refuses_strangers_a_past_day_and_a_trust_without_a_policy(place):
    academy, head, area = place
    reviewer = person(Role.REVIEWER, at=academy)
    bare = AcademyFactory.create()
    other = PolicyVersionFactory.create(policy=area.version.policy)

    with pytest.raises(Refused, match="headteacher or the trust’s QA lead"):
        begin(academy, reviewer, area)
    with pytest.raises(Refused, match="which is past"):
        begin(*place, finish_by=dt.date(2025, 11, 11))
    with pytest.raises(Refused, match="No policy is in force"):
        begin(bare, person(Role.HEADTEACHER, at=bare))
    with pytest.raises(ValueError, match="policy version"):
        begin(academy, head, AreaFactory.create(version=other))
    assert not Review.objects.exists()


def test_finish_closes_it_and_says_so(place, hear):
    academy, head, _ = place
    closed, looks = hear(ReviewClosed), hear(LooksChanged)
    review = begin(*place)
    done = dt.date(2025, 12, 3)

    review = operations.finish(review=review, by=head, on=done)

    assert (review.status, review.closed_on, review.fieldwork_ends_on) == ("CLOSED", done, done)
    assert set(review.deadlines.values_list("done_on", flat=True)) == {done}
    assert [it.review_id for it in closed] == [review.pk]
    assert [it.academy_id for it in looks] == [academy.pk]
    with pytest.raises(Refused, match="Begin the next one"):
        operations.finish(review=review, by=head, on=done)


def test_finish_keeps_the_days_of_one_that_was_moved_on(place):
    academy, head, _ = place
    qa_lead = person(Role.QA_LEAD, at=academy.trust)
    review = reviews.corroborate(review=begin(*place), by=qa_lead, on=TODAY)

    review = operations.finish(review=review, by=head, on=dt.date(2025, 12, 22))

    assert review.fieldwork_ends_on == LAST
    assert list(review.deadlines.order_by("position").values_list("done_on", flat=True)) == [
        TODAY,
        dt.date(2025, 12, 22),
    ]


def test_call_off_keeps_the_reason_and_ends_roles_for_it(place):
    _, head, _ = place
    review = begin(*place)
    guest = person(Role.REVIEWER, at=review)
    given = grant(guest, Role.REVIEWER, at=review)

    review = operations.call_off(review=review, because="The hall flooded.", by=head, on=TODAY)

    given.refresh_from_db()
    assert (review.status, review.cancelled_because) == ("CANCELLED", "The hall flooded.")
    assert given.ended_on == TODAY
    assert begin(*place).status == "FIELDWORK"
