import pytest

from tests.factories import AcademyFactory, JudgementFactory, ReviewFactory, person
from trigpoint.judgements.levels import rules
from trigpoint.judgements.models import Judgement
from trigpoint.people.roles import Role


@pytest.mark.django_db
@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("place", ["trust", "academy", "review"])
def test_visible_to_agrees_with_may_view(role, place):
    home = AcademyFactory.create()
    academies = (home, AcademyFactory.create(trust=home.trust), AcademyFactory.create())
    judgements = [JudgementFactory.create(review__academy=academy) for academy in academies]
    at = {"trust": home.trust, "academy": home, "review": judgements[0].review}[place]
    user = person(role, at=at)

    listed = set(Judgement.objects.visible_to(user))

    assert listed == {it for it in judgements if rules.may_view(user, it)}


def test_may_rest_on_says_what_is_missing():
    assert rules.may_rest_on(1, what="Curriculum")
    assert "about Curriculum is agreed" in rules.may_rest_on(0, what="Curriculum").reason


@pytest.mark.django_db
def test_may_judge_names_the_lead():
    review = ReviewFactory.create(status="FIELDWORK")

    verdict = rules.may_judge(person(Role.STAFF, at=review.academy), review)

    assert review.lead.name in verdict.reason
