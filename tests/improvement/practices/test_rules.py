import pytest

from tests.factories import FindingFactory, GoodPracticeFactory, ReviewFactory, person
from trigpoint.improvement.models import GoodPractice
from trigpoint.improvement.practices import rules
from trigpoint.people.roles import Role

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("place", ["trust", "academy", "review"])
def test_visible_to_agrees_with_may_view(role, place):
    home = ReviewFactory.create()
    sibling = ReviewFactory.create(academy__trust=home.trust)
    practices = [
        GoodPracticeFactory.create(
            academy=review.academy, finding=FindingFactory.create(review=review), published=shared
        )
        for review in (home, sibling, ReviewFactory.create())
        for shared in (True, False)
    ]
    user = person(role, at={"trust": home.trust, "academy": home.academy, "review": home}[place])

    listed = set(GoodPractice.objects.visible_to(user))

    assert listed == {practice for practice in practices if rules.may_view(user, practice)}
    assert not listed & set(practices[4:])


LEGAL = {("NOMINATED", "confirm"): "CONFIRMED", ("CONFIRMED", "publish"): "PUBLISHED"}


@pytest.mark.parametrize("verb", [step.verb for step in rules.LIFECYCLE])
@pytest.mark.parametrize("state", GoodPractice.Status.values)
def test_lifecycle_allows_exactly_these_moves(state, verb):
    verdict = rules.LIFECYCLE.may(verb, state)

    assert bool(verdict) is ((state, verb) in LEGAL)
    if verdict:
        assert rules.LIFECYCLE.target(verb) == LEGAL[state, verb]


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"kind": "DEVELOPMENT", "published": True}, "Only a strength"),
        ({"kind": "STRENGTH"}, "once the report is final"),
    ],
)
def test_may_nominate_says_what_is_in_the_way(fields, reason):
    finding = FindingFactory.create(**fields)

    verdict = rules.may_nominate(person(Role.REVIEWER, at=finding.trust), finding, already="")

    assert reason in verdict.reason


def test_may_nominate_keeps_single_people_out_of_it():
    finding = FindingFactory.create(kind="STRENGTH", published=True)
    finding.scope = "INDIVIDUAL"

    verdict = rules.may_nominate(person(Role.REVIEWER, at=finding.trust), finding, already="")

    assert "about one person" in verdict.reason


def test_may_confirm_is_for_somebody_else():
    practice = GoodPracticeFactory.create()
    reviewer = person(Role.REVIEWER, at=practice.trust)
    practice.nominated_by = reviewer.person

    assert "You nominated this yourself" in rules.may_confirm(reviewer, practice).reason


def test_may_publish_wants_a_second_reviewer_first():
    practice = GoodPracticeFactory.create()

    verdict = rules.may_publish(person(Role.HEADTEACHER, at=practice.academy), practice)

    assert "A second reviewer must see it first" in verdict.reason
