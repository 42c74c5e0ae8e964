import datetime as dt

import pytest

from tests.factories import ReviewFactory, ReviewTeamMemberFactory, person
from trigpoint.people.roles import Role
from trigpoint.records.models import HistoryEntry
from trigpoint.records.refusals import Refused
from trigpoint.reviews.models import Sample
from trigpoint.reviews.samples import operations
from trigpoint.reviews.samples.operations import Question
from trigpoint.reviews.samples.rules import Frame

pytestmark = pytest.mark.django_db
AT = dt.datetime(2025, 11, 3, 9, tzinfo=dt.UTC)


def draw(review, by, count=2, seed=7, observers=()):
    question = Question("LESSON_VISIT", count, seed)
    frame = Frame(["English", "Music"], ["Year 3", "Year 4"], observers or [str(review.lead_id)])
    return operations.draw(review=review, frame=frame, question=question, by=by, at=AT)


def test_draw_keeps_the_seed_and_what_was_asked():
    review = ReviewFactory.create()
    lead = person(Role.QA_LEAD, at=review.trust)

    sample = draw(review, lead)
    again = draw(review, lead)

    assert sample == again
    assert (sample.seed, len(sample.drawn), sample.subjects) == (7, 2, ["English", "Music"])
    assert HistoryEntry.objects.get(verb="sample drawn").detail["seed"] == 7


def test_a_second_draw_goes_where_the_first_did_not():
    review = ReviewFactory.create()
    lead = person(Role.QA_LEAD, at=review.trust)

    first, second = draw(review, lead), draw(review, lead, seed=8)

    places = [(it["subject"], it["year_group"]) for it in (*first.drawn, *second.drawn)]
    assert len(set(places)) == 4


def test_draw_refuses_in_words_and_keeps_nothing():
    review = ReviewFactory.create()

    with pytest.raises(Refused, match="4 places to choose from and 5"):
        draw(review, person(Role.QA_LEAD, at=review.trust), count=5)
    with pytest.raises(Refused, match="Only the lead"):
        draw(review, person(Role.HEADTEACHER, at=review.academy))
    assert not Sample.objects.exists()


def test_other_observers_are_another_question_and_come_from_the_team():
    review = ReviewFactory.create()
    member = ReviewTeamMemberFactory.create(review=review)
    lead = person(Role.QA_LEAD, at=review.trust)

    first = draw(review, lead)
    second = draw(review, lead, observers=[str(review.lead_id), str(member.person_id)])

    assert first != second
    assert second.seen == [[it["subject"], it["year_group"]] for it in first.drawn]
    with pytest.raises(ValueError, match="own team"):
        draw(review, lead, observers=[str(lead.person_id)])
