"""When a conflict of interest counts, and who declares and ends one."""

import datetime as dt
from uuid import uuid4

import pytest

from tests.factories import AcademyFactory, ConflictOfInterestFactory, PersonFactory, person
from trigpoint.people.models import Post
from trigpoint.people.roles import Role
from trigpoint.reviews.conflicts import rules
from trigpoint.reviews.conflicts.rules import Declared, Kind
from trigpoint.reviews.models import ConflictOfInterest

DAY = dt.date(2025, 11, 12)


@pytest.mark.django_db
@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("held", ["trust", "academy"])
def test_visible_to_agrees_with_may_view(role, held):
    home = AcademyFactory.create()
    user = person(role, at=home.trust if held == "trust" else home)
    rows = [
        ConflictOfInterestFactory.create(academy=home, person=user.person),
        ConflictOfInterestFactory.create(academy=home),
        ConflictOfInterestFactory.create(),
    ]

    listed = set(ConflictOfInterest.objects.visible_to(user))

    assert listed == {row for row in rows if rules.may_view(user, row)}
    assert rows[0] in listed
    assert (rows[1] in listed) is (role == Role.QA_LEAD and held == "trust")


@pytest.mark.django_db
def test_may_declare_is_for_oneself_and_for_whoever_plans_the_year():
    them = PersonFactory.create()
    lead, other = (person(role, at=them.trust) for role in (Role.QA_LEAD, Role.REVIEWER))

    assert rules.may_declare(lead, them)
    assert rules.may_declare(other, other.person)
    assert rules.may_declare(other, them).reason == rules.NOT_YOURS


@pytest.mark.django_db
def test_may_declare_refuses_dates_the_wrong_way_round():
    academy = AcademyFactory.create()
    lead = person(Role.QA_LEAD, at=academy.trust)
    wrong = Declared(
        academy=academy, kind=Kind.RELATED, starts_on=DAY, ends_on=DAY - dt.timedelta(days=1)
    )

    assert rules.may_declare(lead, lead.person, wrong).reason == (
        "The last day is before the first. Swap the two dates."
    )


@pytest.mark.django_db
def test_may_end_only_what_counts_still():
    row = ConflictOfInterestFactory.create()
    lead = person(Role.QA_LEAD, at=row.trust)

    assert rules.may_end(lead, row)
    row.ended_on = DAY
    assert "has not counted since 12 November 2025" in rules.may_end(lead, row).reason


@pytest.mark.parametrize(
    ("facts", "counts"),
    [
        ({}, True),
        ({"ended_on": DAY}, False),
        ({"starts_on": DAY + dt.timedelta(days=1)}, False),
        ({"ends_on": DAY}, True),
        ({"ends_on": DAY - dt.timedelta(days=1)}, False),
        ({"kind": Kind.WORKED_THERE, "ends_on": dt.date(2022, 8, 31)}, True),
        ({"kind": Kind.WORKED_THERE, "ends_on": dt.date(2019, 8, 31)}, False),
    ],
    ids=["lasting", "ended", "to come", "to its last day", "over", "worked there", "long ago"],
)
def test_counts_for_as_long_as_it_lasts_and_a_former_post_for_years(facts, counts):
    row = ConflictOfInterest(**{"kind": Kind.RELATED, **facts})

    assert rules.counts(row, on=DAY, years=5) is counts


def test_in_words_keeps_the_particulars_to_the_person_and_the_lead():
    rows = [
        ConflictOfInterest(kind=Kind.RELATED, words="Their sister"),
        ConflictOfInterest(kind=Kind.MANAGES),
        ConflictOfInterest(kind=Kind.WORKED_THERE, ends_on=dt.date(2024, 8, 31)),
        ConflictOfInterest(kind=Kind.WORKED_THERE),
    ]

    assert [rules.in_words(row) for row in rows] == [
        "is related to somebody there",
        "manages somebody there",
        "worked there until 31 August 2024",
        "worked there",
    ]


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({}, "works there as Teacher"),
        ({"category": "LEADER"}, "manages there as Teacher"),
        ({"ends_on": dt.date(2024, 8, 31)}, "worked there until 31 August 2024"),
        ({"ends_on": dt.date(2019, 8, 31)}, ""),
        ({"starts_on": dt.date(2026, 1, 5)}, ""),
    ],
    ids=["now", "leads", "left", "left long ago", "to come"],
)
def test_of_post_says_what_a_post_stands_in_the_way_of(facts, words):
    assert (
        rules.of_post(Post(title="Teacher", academy_id=uuid4(), **facts), on=DAY, years=5) == words
    )


def test_a_post_keeps_somebody_away_on_its_days_and_for_years_after():
    post = Post(
        title="Teacher",
        academy_id=uuid4(),
        starts_on=dt.date(2026, 1, 5),
        ends_on=dt.date(2026, 3, 27),
    )

    told = [
        rules.of_post(post, on=day, years=1)
        for day in (
            dt.date(2026, 1, 4),
            dt.date(2026, 1, 5),
            dt.date(2026, 3, 27),
            dt.date(2026, 3, 28),
            dt.date(2027, 3, 26),
            dt.date(2027, 3, 27),
        )
    ]

    now, then = "works there as Teacher", "worked there until 27 March 2026"
    assert told == ["", now, now, then, then, ""]
