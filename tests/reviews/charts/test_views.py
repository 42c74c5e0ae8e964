"""The page of the year through the browser's door."""

import datetime as dt
import re

import pytest
import time_machine
from django.urls import reverse

from tests.factories import (
    AcademicYearFactory,
    ActivityFactory,
    AreaFactory,
    CadenceRuleFactory,
    PostFactory,
    ProgrammeSlotFactory,
    ReviewFactory,
    TrustFactory,
    person,
)
from tests.reviews.programme.test_operations import ask, propose
from tests.reviews.programme.trusts import SmallTrust
from trigpoint.people.roles import Role
from trigpoint.reviews.models import Review

pytestmark = pytest.mark.django_db
URL = "/reviews/programme/"
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(dt.datetime(2025, 11, 12, 9, 2, tzinfo=dt.UTC), tick=False):
        yield


@pytest.fixture(name="small")
def _small(client):
    small = SmallTrust()
    client.force_login(small.lead)
    return small


def text(answer):
    return re.sub(r"\s+", " ", answer.content.decode())


def test_show_says_what_is_missing_before_a_year_can_be_planned(client):
    client.force_login(person(Role.QA_LEAD, at=TrustFactory.create()))

    assert "bring in term dates" in text(client.get(reverse("reviews:charts-show")))


def test_show_says_that_a_policy_is_missing(client, small):
    small.version.status = "DRAFT"
    small.version.save()

    assert "No policy in force" in text(client.get(URL))


def test_show_before_anything_is_proposed_says_what_waits(client, small):
    shown = text(client.get(URL))

    assert "asks for 2 reviews this year: 0 done, 0 agreed, 0 proposed, 2 still to plan." in shown
    assert "2 reviews of this year wait for a proposal" in shown
    assert "Propose dates from policy" in shown


def test_show_draws_what_is_held_agreed_proposed_and_overdue(client, small):
    first = small.academies[0]
    about = {"academy": first, "policy_version": small.version}
    ReviewFactory.create(**about, status=Review.Status.CLOSED, closed_on=dt.date(2025, 10, 9),
                         fieldwork_starts_on=dt.date(2025, 10, 8), fieldwork_ends_on=dt.date(2025, 10, 8))  # fmt: skip
    ReviewFactory.create(**about, fieldwork_starts_on=dt.date(2025, 12, 3),
                         fieldwork_ends_on=dt.date(2025, 12, 3))  # fmt: skip
    ReviewFactory.create(**about, fieldwork_starts_on=dt.date(2025, 11, 3),
                         fieldwork_ends_on=dt.date(2025, 11, 3))  # fmt: skip
    ProgrammeSlotFactory.create(academy=small.academies[1], due_on=dt.date(2026, 2, 1),
                                starts_on=dt.date(2026, 1, 14), ends_on=dt.date(2026, 1, 14))  # fmt: skip

    shown = text(client.get(URL))

    assert "1 done, 1 agreed, 1 proposed, 3 still to plan. 1 is overdue today." in shown
    for words in ("week 6, done", "week 10, overdue", "week 14, agreed", "week 2, proposed"):
        assert words in shown
    assert "Agree all 1" in shown


def test_show_says_what_clashes_and_marks_it(client, small):
    first = small.academies[0]
    day = {"fieldwork_starts_on": dt.date(2025, 12, 3), "fieldwork_ends_on": dt.date(2025, 12, 3)}
    ReviewFactory.create(academy=first, policy_version=small.version, **day)
    slot = ProgrammeSlotFactory.create(academy=first, lead=small.reviewers[0])
    slot.team.add(small.reviewers[1])

    shown = text(client.get(URL))

    assert "1 clash" in shown
    assert "Dunlow Vale would have 2 reviews in the week of 1 December 2025" in shown
    assert "proposed, clash" in shown
    assert "Move the Dunlow Vale deep dive to 26 November 2025, with the same people" in shown


def test_a_way_to_settle_a_clash_is_accepted_with_one_button(client, small):
    first = small.academies[0]
    day = {"fieldwork_starts_on": dt.date(2025, 12, 3), "fieldwork_ends_on": dt.date(2025, 12, 3)}
    ReviewFactory.create(academy=first, policy_version=small.version, **day)
    slot = ProgrammeSlotFactory.create(academy=first, lead=small.reviewers[0])
    slot.team.add(small.reviewers[1])
    [offered] = client.get(URL).context["drawn"].remedies

    lead, *team = offered.people
    asked = {"starts_on": offered.starts_on, "lead": lead, "team": team}
    client.post(reverse("reviews:slots-move", args=[slot.pk]), asked)

    assert client.get(URL).context["clashes"] == []
    slot.refresh_from_db()
    assert slot.starts_on == dt.date(2025, 11, 26)


def test_show_says_which_academy_is_over_its_ceiling(client, small):
    ProgrammeSlotFactory.create(academy=small.academies[0], hours=44)

    assert "44 staff hours planned at Dunlow Vale, ceiling 40" in text(client.get(URL))


def test_show_counts_the_visits_a_teacher_gets_against_the_budget(client, small):
    first = small.academies[0]
    for _ in range(2):
        PostFactory.create(academy=first)
    review = ReviewFactory.create(academy=first, policy_version=small.version)
    for _ in range(3):
        ActivityFactory.create(review=review)

    assert "1.5 of 3 visits" in text(client.get(URL))


def test_show_of_one_term(client, small):
    shown = text(client.get(URL, {"term": "1"}))

    assert "from 5 Jan" in shown
    assert "from 8 Sep" not in shown
    assert client.get(URL, {"term": "99"}).status_code == 200


def test_show_tells_how_far_a_proposal_is_and_looks_again(client, small):
    ask(small)

    shown = text(client.get(URL, **HTMX))

    assert "A proposal is being worked out" in shown
    assert "every 2s" in shown
    assert "<html" not in shown


def test_show_lists_what_found_no_place_and_what_was_left_out(client):
    small = SmallTrust(reviewers=1)
    propose(small)
    ProgrammeSlotFactory.create(
        academy=small.academies[0], status="DROPPED", dropped_because="Not this year."
    )
    client.force_login(small.lead)

    shown = text(client.get(URL))

    assert "found no place" in shown
    assert "Not this year." in shown


def test_show_is_of_the_academies_whose_programme_one_sees(client, small):
    ProgrammeSlotFactory.create(academy=small.academies[1])
    client.force_login(person(Role.QA_LEAD, at=small.academies[0]))

    shown = text(client.get(URL))

    assert "Dunlow Vale" in shown
    assert "Saltwyke" not in shown


def test_show_tells_what_found_no_place_of_the_academies_one_sees_alone(client):
    small = SmallTrust(reviewers=1)
    propose(small)
    client.force_login(person(Role.QA_LEAD, at=small.academies[0]))

    shown = text(client.get(URL))

    assert "The deep dive at Dunlow Vale found no place" in shown
    assert "Saltwyke" not in shown


def test_show_says_that_the_last_proposal_failed(client, small):
    programme = ask(small)
    programme.asked_at, programme.doing = None, "No policy was in force."
    programme.save()

    shown = text(client.get(URL))

    assert "The last proposal came to nothing" in shown
    assert "No policy was in force." in shown
    assert "every 2s" not in shown


def test_show_leaves_out_academies_that_have_closed(client, small):
    gone = small.academies[1]
    ProgrammeSlotFactory.create(academy=gone)
    ProgrammeSlotFactory.create(academy=gone, status="DROPPED", dropped_because="Not now.")
    ReviewFactory.create(academy=gone, policy_version=small.version)
    gone.closed_on = dt.date(2025, 11, 1)
    gone.save()

    answer = client.get(URL)

    assert answer.status_code == 200
    assert "Saltwyke" not in text(answer)


def test_show_costs_the_same_for_any_number_of_slots(client, small, assert_flat):
    day = dt.date(2026, 1, 5)

    def add_row():
        nonlocal day
        day += dt.timedelta(weeks=1)
        ProgrammeSlotFactory.create(academy=small.academies[0], starts_on=day, ends_on=day)
        ReviewFactory.create(academy=small.academies[1], policy_version=small.version,
                             fieldwork_starts_on=day, fieldwork_ends_on=day)  # fmt: skip

    assert_flat(URL, add_row=add_row, at_most=32)


def test_show_of_another_year_is_one_link_away(client, small):
    other = AcademicYearFactory.create(
        trust=small.trust, name="2026-27", starts_on="2026-09-01", ends_on="2027-08-31"
    )

    assert "?year=2026-27" in text(client.get(URL))
    shown = text(client.get(URL, {"year": other.name}))
    assert "QA calendar 2026-27" in shown


def test_show_counts_as_overdue_what_is_planned_but_not_held(client, small):
    first, second = small.academies
    small.version.effective_on = dt.date(2025, 1, 6)
    small.version.save()
    ReviewFactory.create(academy=first, policy_version=small.version, kind="DEEP_DIVE",
                         areas=[small.area], fieldwork_starts_on=dt.date(2025, 12, 3),
                         fieldwork_ends_on=dt.date(2025, 12, 3))  # fmt: skip

    answer = client.get(URL)
    shown = text(answer)

    planned, missing = answer.context["overdue"]
    assert (planned.academy, missing.academy) == (first.name, second.name)
    assert "2 overdue against policy" in shown
    assert f"{first.name}: Deep dive of Curriculum, due 6 Jul 2025, <a" in shown
    assert "planned for 3 Dec</a>" in shown
    assert f"{second.name}: Deep dive of Curriculum, due 6 Jul 2025, not planned" in shown


def test_show_calls_a_review_done_when_coverage_does(client, small):
    first = small.academies[0]
    review = ReviewFactory.create(academy=first, policy_version=small.version, status="FIELDWORK",
                                  fieldwork_starts_on=dt.date(2025, 11, 10),
                                  fieldwork_ends_on=dt.date(2025, 11, 11))  # fmt: skip

    assert "0 done, 1 agreed" in text(client.get(URL))
    Review.objects.filter(pk=review.pk).update(status="CORROBORATING")
    assert "1 done, 0 agreed" in text(client.get(URL))


def test_show_of_a_year_that_is_over_asks_for_nothing(client, small):
    over = AcademicYearFactory.create(
        trust=small.trust, name="2024-25", starts_on="2024-09-01", ends_on="2025-08-31"
    )
    ReviewFactory.create(academy=small.academies[0], policy_version=small.version,
                         status=Review.Status.CLOSED, closed_on=dt.date(2025, 3, 20),
                         fieldwork_starts_on=dt.date(2025, 3, 3), fieldwork_ends_on=dt.date(2025, 3, 3))  # fmt: skip

    shown = text(client.get(URL, {"year": over.name}))

    assert "This year is over: 1 review held." in shown
    assert "/reviews/coverage/?on=2025-08-31" in shown
    assert "The school year 2024-25 is over. Choose one that runs or is to come." in shown
    assert "overdue against policy" not in shown
    assert "wait for a proposal" not in shown
    refused = client.post(reverse("reviews:programme-propose"), {"year": over.name})
    assert refused.status_code == 409


def test_an_overdue_review_of_one_area_is_not_answered_by_one_of_another(client, small):
    first = small.academies[0]
    small.version.effective_on = dt.date(2025, 1, 6)
    small.version.save()
    welfare = AreaFactory.create(version=small.version, lineage="welfare", name="Welfare")
    CadenceRuleFactory.create(
        version=small.version, review_kind="DEEP_DIVE", area=welfare, tier=None, months=6
    )
    for area, day in ((small.area, dt.date(2025, 12, 3)), (welfare, dt.date(2025, 12, 10))):
        ReviewFactory.create(academy=first, policy_version=small.version, kind="DEEP_DIVE",
                             areas=[area], fieldwork_starts_on=day, fieldwork_ends_on=day)  # fmt: skip

    overdue = client.get(URL).context["drawn"].overdue

    of_first = {it.what: it.by and it.by.starts_on for it in overdue if it.academy == first.name}
    assert of_first == {
        "Deep dive of Curriculum": dt.date(2025, 12, 3),
        "Deep dive of Welfare": dt.date(2025, 12, 10),
    }
    assert {it.by for it in overdue if it.academy != first.name} == {None}
