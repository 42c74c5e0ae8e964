import pytest

from tests.factories import AcademyFactory, FindingFactory, ReviewFactory, TeamFactory, person
from trigpoint.judgements.findings import rules
from trigpoint.judgements.models import Finding
from trigpoint.people.roles import Role

LEGAL = {("AGREED", "publish"): "PUBLISHED", ("AGREED", "withdraw"): "WITHDRAWN"}


@pytest.mark.parametrize("state", Finding.Status.values)
@pytest.mark.parametrize("step", list(rules.LIFECYCLE), ids=lambda step: step.verb)
def test_lifecycle_allows_only_the_legal_moves(state, step):
    allowed = bool(rules.LIFECYCLE.may(step.verb, state))

    assert allowed == ((state, step.verb) in LEGAL)
    assert not allowed or LEGAL[state, step.verb] == step.target


@pytest.mark.django_db
@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("place", ["trust", "academy", "team", "review"])
@pytest.mark.parametrize("leads", [False, True], ids=["", "leads the reviews"])
def test_visible_to_agrees_with_may_view(role, place, leads):
    home = AcademyFactory.create()
    team = TeamFactory.create(academy=home)
    academies = (home, AcademyFactory.create(trust=home.trust), AcademyFactory.create())
    reviews = [ReviewFactory.create(academy=academy) for academy in academies]
    at = {"trust": home.trust, "academy": home, "team": team, "review": reviews[0]}[place]
    user = person(role, at=at)
    if leads:
        for review in reviews[:2]:
            review.lead = user.person
            review.save()
    about = [
        {},
        {"scope": "TEAM", "team": team},
        {"scope": "INDIVIDUAL", "person": user.person},
    ]
    findings = [
        FindingFactory.create(review=review, published=published, **more)
        for review in reviews[:2]
        for published in (False, True)
        for more in about
    ]
    findings.append(FindingFactory.create(review=reviews[2], published=True))

    listed = set(Finding.objects.visible_to(user))

    assert listed == {finding for finding in findings if rules.may_view(user, finding)}
