"""The year of the demo: reviewers with their conflicts, something agreed, proposed, left out, and a clash."""

import pytest

from trigpoint.reviews.assignment.rules import Rule
from trigpoint.reviews.charts import queries
from trigpoint.reviews.models import ConflictOfInterest, Programme, ProgrammeSlot, ReviewerProfile

pytestmark = pytest.mark.django_db


def test_the_year_is_proposed_in_part_agreed_and_in_part_left_out(told):
    programme = Programme.objects.get()

    states = set(programme.slots.values_list("status", flat=True))
    assert {"PROPOSED", "DROPPED"} <= states <= set(ProgrammeSlot.Status.values)
    assert all(slot.reasons for slot in programme.slots.all())


def test_reviewers_give_days_know_areas_and_keep_away_from_somewhere(told):
    assert ReviewerProfile.objects.count() == 1 + len(told.cast.reviewers + told.cast.externals)
    assert ReviewerProfile.objects.filter(days_a_term=None).exists()
    assert set(ConflictOfInterest.objects.values_list("kind", flat=True)) == {"RELATED", "MANAGES"}


def test_one_week_clashes_and_can_be_settled(told):
    programme = Programme.objects.select_related("year").get()

    drawn = queries.drawn(programme.year, programme, viewer=told.cast.lead, on=told.today)

    assert Rule.WEEK in {breach.rule for breach in drawn.clashes}
    assert drawn.remedies
