from uuid import UUID

import pytest

from tests.factories import AcademyFactory, ActivityFactory, ReviewFactory, TeamFactory
from trigpoint.evidence.places.rules import MOST_PLACES, own_places, put_by

DRAFT = UUID(int=7)


@pytest.mark.django_db
def test_put_by_holds_what_is_planned_what_was_begun_and_each_kind_of_visit():
    activity, academy = ActivityFactory.create(), AcademyFactory.create()

    ready = put_by(
        [activity],
        drafts=[DRAFT],
        reviews=[activity.review],
        academies=[academy],
        teams=[],
        kinds=["LESSON_VISIT", "BOOK_SCRUTINY"],
    )

    assert ready == [
        f"activity={activity.pk}",
        f"record={DRAFT}",
        f"review={activity.review_id}&kind=BOOK_SCRUTINY",
        f"review={activity.review_id}&kind=LESSON_VISIT",
        f"academy={academy.pk}&kind=BOOK_SCRUTINY",
        f"academy={academy.pk}&kind=LESSON_VISIT",
    ]


@pytest.mark.django_db
def test_put_by_stays_few_however_large_the_trust():
    many = [AcademyFactory.create() for _ in range(MOST_PLACES + 1)]
    reviews = [ReviewFactory.create() for _ in range(MOST_PLACES + 1)]

    ready = put_by([], drafts=[], reviews=reviews, academies=many, teams=[], kinds=["LESSON_VISIT"])

    assert ready == [f"review={it.pk}&kind=LESSON_VISIT" for it in reviews[:MOST_PLACES]]


@pytest.mark.django_db
def test_put_by_names_the_teams_of_whoever_has_several():
    teams = [TeamFactory.create(), TeamFactory.create()]

    assert own_places([teams[0].academy], teams) == [
        f"academy={team.academy_id}&team={team.pk}" for team in teams
    ]
    assert own_places([teams[0].academy], teams[:1]) == [f"academy={teams[0].academy_id}"]
