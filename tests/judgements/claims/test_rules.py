import pytest

from tests.factories import AcademyFactory, ClaimFactory, ReviewFactory, grant, person
from trigpoint.judgements.claims import rules
from trigpoint.judgements.models import Claim
from trigpoint.people.roles import Role

LEGAL = {
    ("OPEN", "agree"): "AGREED",
    ("OPEN", "withdraw"): "WITHDRAWN",
    ("AGREED", "reopen"): "OPEN",
}


@pytest.mark.parametrize("state", Claim.Status.values)
@pytest.mark.parametrize("step", list(rules.LIFECYCLE), ids=lambda step: step.verb)
def test_lifecycle_allows_only_the_legal_moves(state, step):
    allowed = bool(rules.LIFECYCLE.may(step.verb, state))

    assert allowed == ((state, step.verb) in LEGAL)
    assert not allowed or LEGAL[state, step.verb] == step.target


@pytest.mark.django_db
@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("place", ["trust", "academy", "review"])
@pytest.mark.parametrize("leads", [False, True], ids=["", "leads the reviews"])
def test_visible_to_agrees_with_may_view(role, place, leads):
    home = AcademyFactory.create()
    reviews = [
        ReviewFactory.create(academy=academy)
        for academy in (home, AcademyFactory.create(trust=home.trust), AcademyFactory.create())
    ]
    at = {"trust": home.trust, "academy": home, "review": reviews[0]}[place]
    user = person(role, at=at)
    if leads:
        for review in reviews[:2]:
            review.lead = user.person
            review.save()
    claims = [
        ClaimFactory.create(review=review, **agreed)
        for review in reviews
        for agreed in ({}, {"agreed": True}, {"standing": True})
    ]

    listed = set(Claim.objects.visible_to(user))

    assert listed == {claim for claim in claims if rules.may_view(user, claim)}


@pytest.mark.django_db
def test_visible_to_nobody_without_a_role_even_if_they_once_led():
    review = ReviewFactory.create()
    ClaimFactory.create(review=review, agreed=True)
    user = person(Role.STAFF, at=review.academy)
    grant(user, Role.TRUSTEE, at=review.trust)
    review.lead = user.person
    review.save()

    assert not Claim.objects.visible_to(user).exists()


@pytest.mark.parametrize(
    ("excerpt", "found"),
    [
        pytest.param("they read daily", True, id="case differs"),
        pytest.param("\u201cThey  read daily\u201d", True, id="quotes and spaces differ"),
        pytest.param("They read \u2026 to an adult", True, id="words left out"),
        pytest.param("They never read", False, id="nobody wrote it"),
        pytest.param("\u2026", False, id="nothing at all"),
        pytest.param("x" * 601, False, id="too long"),
    ],
)
def test_excerpt_is_found_in_what_was_written(excerpt, found):
    texts = ["They read daily, aloud, to an adult.", ""]

    assert bool(rules.excerpt_is_found(excerpt, texts)) == found


class Anybody:
    """Somebody whose roles reach everywhere."""

    person_id = None

    class access:  # noqa: N801
        @staticmethod
        def covers(*_args, **_more):
            """Say yes."""
            return True


@pytest.mark.parametrize(
    ("support_count", "unanswered", "changed", "sentence"),
    [
        pytest.param(
            0, [], [], "Nothing supports claim 1.02 yet. Cite at least one record", id="none"
        ),
        pytest.param(0, ["E3"], [], "Nothing supports claim 1.02 yet.", id="only against"),
        pytest.param(
            2, ["E3", "E30"], [], "E3 and E30 need answers before sign-off.", id="waiting"
        ),
        pytest.param(2, ["E3"], [], "E3 needs an answer before sign-off.", id="one waits"),
        pytest.param(2, ["E3"], ["E7"], "E7 changed after it was cited", id="rewritten"),
        pytest.param(2, [], [], "Claim 1.02 has no level yet.", id="no level"),
    ],
)
def test_may_agree_says_what_is_in_the_way(support_count, unanswered, changed, sentence):
    claim = Claim(status="OPEN", number=102)
    claim.review = ReviewFactory.build(status="CORROBORATING", academy=AcademyFactory.build())

    verdict = rules.may_agree(
        Anybody, claim, support_count=support_count, unanswered=unanswered, changed=changed
    )

    assert not verdict
    assert verdict.reason.startswith(sentence.replace("1.02", claim.reference))
