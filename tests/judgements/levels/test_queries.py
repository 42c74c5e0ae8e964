import datetime as dt

import pytest

from tests.factories import (
    AcademyFactory,
    JudgementFactory,
    LevelFactory,
    ReviewFactory,
    ScaleFactory,
    StandardFactory,
    person,
)
from trigpoint.judgements.levels import queries
from trigpoint.people.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def stood():
    """A judgement of a standard that stands."""
    standard = StandardFactory.create()
    review = ReviewFactory.create(policy_version=standard.area.version)
    level = LevelFactory.create(scale__version=standard.area.version)
    return JudgementFactory.create(
        review=review, area=standard.area, standard=standard, level=level
    )


@pytest.fixture
def provisional(stood):
    """A newer judgement of the same place, in a review whose report is not final."""
    return JudgementFactory.create(
        review=ReviewFactory.create(
            academy=stood.academy, policy_version=stood.review.policy_version
        ),
        area=stood.area,
        standard=stood.standard,
        level=stood.level,
        made_on=stood.made_on + dt.timedelta(days=90),
        provisional=True,
    )


@pytest.mark.parametrize("role", [Role.QA_LEAD, Role.HEADTEACHER, Role.TRUSTEE])
def test_what_is_listed_and_compared_is_what_stands(stood, provisional, role):
    viewer = person(role, at=stood.academy)
    own = JudgementFactory.create(
        review__academy=stood.academy,
        review__policy_version=stood.review.policy_version,
        area=stood.area,
        standard=stood.standard,
        level=stood.level,
        made_on=stood.made_on + dt.timedelta(days=1),
        perspective="SELF",
    )

    assert queries.history(viewer=viewer, judgement=provisional) == [own, stood]
    assert list(queries.latest_by_academy(viewer=viewer, standard=stood.standard)) == [stood]
    assert list(queries.register(viewer=viewer)) == [own, stood]


@pytest.mark.parametrize(("role", "sees"), [(Role.QA_LEAD, True), (Role.HEADTEACHER, False)])
def test_places_show_what_is_provisional_to_those_who_judge(provisional, role, sees):
    viewer = person(role, at=provisional.academy)

    places = queries.places(viewer=viewer, review=provisional.review)

    assert [it.judgement for it in places if it.judgement] == ([provisional] if sees else [])


def test_latest_by_academy_puts_the_worst_colour_of_any_scale_first():
    standard = StandardFactory.create(lineage="kind")
    trust, version = standard.trust, standard.version
    two = ScaleFactory.create(version=version, code="YN")
    two.levels.exclude(rank__in=(3, 5)).delete()
    words = ScaleFactory.create(version=version, in_words=True)
    five = standard.area.scale
    levels = [words.levels.get(), five.levels.get(rank=3), two.levels.get(tone="rust")]
    for level in levels:
        academy = AcademyFactory.create(trust=trust)
        JudgementFactory.create(review__academy=academy, review__policy_version=version,
                                area=standard.area, standard=standard, level=level)  # fmt: skip
    viewer = person(Role.QA_LEAD, at=trust)

    found = queries.latest_by_academy(viewer=viewer, standard=standard)

    assert [it.level for it in found] == levels[::-1]
