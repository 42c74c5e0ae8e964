import pytest
from django.urls import reverse

from tests.factories import AcademyFactory, JudgementFactory, ReviewFactory, person
from trigpoint.judgements.levels import rules
from trigpoint.judgements.models import Judgement
from trigpoint.people.roles import Role
from trigpoint.reviews.models import Review


@pytest.mark.django_db
@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("place", ["trust", "academy", "review"])
def test_visible_to_agrees_with_may_view(role, place):
    home = AcademyFactory.create()
    academies = (home, AcademyFactory.create(trust=home.trust), AcademyFactory.create())
    judgements = [
        JudgementFactory.create(review__academy=academy, provisional=provisional)
        for academy in academies
        for provisional in (False, True)
    ]
    at = {"trust": home.trust, "academy": home, "review": judgements[0].review}[place]
    user = person(role, at=at)
    led = JudgementFactory.create(review__academy=home, review__lead=user.person, provisional=True)

    listed = set(Judgement.objects.visible_to(user))

    assert listed == {it for it in [*judgements, led] if rules.may_view(user, it)}


FIELD_RIGHTS = [  # role, where it is held: which of standing and provisional it reads, where
    # (own standing, own provisional, sibling standing, sibling provisional, foreign s., foreign p.)
    (Role.QA_LEAD, "trust", (True, True, True, True, False, False)),
    (Role.QA_LEAD, "academy", (True, True, False, False, False, False)),
    (Role.REVIEWER, "trust", (True, True, True, True, False, False)),
    (Role.REVIEWER, "academy", (True, True, False, False, False, False)),
    (Role.HEADTEACHER, "trust", (True, False, True, False, False, False)),
    (Role.HEADTEACHER, "academy", (True, False, False, False, False, False)),
    (Role.TEAM_LEADER, "academy", (False, False, False, False, False, False)),
    (Role.STAFF, "academy", (False, False, False, False, False, False)),
    (Role.TRUSTEE, "trust", (True, False, True, False, False, False)),
    (Role.TRUSTEE, "academy", (True, False, False, False, False, False)),
    (Role.TRAINING_LEAD, "trust", (False, False, False, False, False, False)),
    (Role.ADMINISTRATOR, "trust", (False, False, False, False, False, False)),
    (Role.DPO, "trust", (False, False, False, False, False, False)),
]


def test_field_rights_speak_of_every_role():
    assert {role for role, _, _ in FIELD_RIGHTS} == set(Role)


@pytest.mark.django_db
@pytest.mark.parametrize(("role", "place", "rights"), FIELD_RIGHTS)
def test_field_rights(client, role, place, rights):
    own = AcademyFactory.create()
    academies = (own, AcademyFactory.create(trust=own.trust), AcademyFactory.create())
    judgements = [
        JudgementFactory.create(review__academy=academy, provisional=provisional)
        for academy in academies
        for provisional in (False, True)
    ]
    user = person(role, at=own.trust if place == "trust" else own)
    client.force_login(user)

    assert tuple(bool(rules.may_view(user, it)) for it in judgements) == rights
    listed = set(Judgement.objects.visible_to(user))
    assert tuple(it in listed for it in judgements) == rights
    opened = [client.get(reverse("judgements:levels-show", args=[it.pk])) for it in judgements]
    assert tuple(answer.status_code == 200 for answer in opened) == rights


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("role", "sees"), [(Role.HEADTEACHER, True), (Role.STAFF, False), (Role.TEAM_LEADER, False)]
)
def test_the_lead_of_a_self_review_sees_what_is_provisional(role, sees):
    academy = AcademyFactory.create()
    lead = person(role, at=academy)
    judgement = JudgementFactory.create(
        review__academy=academy,
        review__kind=Review.Kind.SELF,
        review__lead=lead.person,
        provisional=True,
    )

    assert bool(rules.may_view(lead, judgement)) is sees


@pytest.mark.django_db
def test_a_guest_sees_what_is_provisional_in_their_own_review_only():
    academy = AcademyFactory.create()
    mine, other = (
        JudgementFactory.create(review__academy=academy, provisional=True) for _ in range(2)
    )
    guest = person(Role.REVIEWER, at=mine.review)

    assert rules.may_view(guest, mine)
    assert not rules.may_view(guest, other)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({}, ""),
        ({"provisional": True}, "Provisional until the report is final"),
        (
            {"provisional": True, "review__kind": "SELF"},
            "Provisional until the self-review is closed",
        ),
        (
            {
                "provisional": True,
                "review__status": "CANCELLED",
                "review__cancelled_because": "Flooded.",
            },
            "Never stood: the review was called off",
        ),
    ],
)
def test_why_provisional(more, words):
    assert rules.why_provisional(JudgementFactory.create(**more)) == words


def test_may_rest_on_says_what_is_missing():
    assert rules.may_rest_on(1, what="Curriculum")
    assert "about Curriculum is agreed" in rules.may_rest_on(0, what="Curriculum").reason


@pytest.mark.django_db
def test_may_judge_names_the_lead():
    review = ReviewFactory.create(status="FIELDWORK")

    verdict = rules.may_judge(person(Role.STAFF, at=review.academy), review)

    assert review.lead.name in verdict.reason
