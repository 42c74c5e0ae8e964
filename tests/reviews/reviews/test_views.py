"""Reviews through the browser's door."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from tests.factories import (
    AcademyFactory,
    ActivityFactory,
    AreaFactory,
    ClosureFactory,
    DeadlineFactory,
    EvidenceRecordFactory,
    LineOfEnquiryFactory,
    PersonFactory,
    PolicyVersionFactory,
    PostFactory,
    ReviewFactory,
    ReviewTeamMemberFactory,
    StandardFactory,
    TermFactory,
    grant,
    person,
)
from trigpoint.people.roles import Role
from trigpoint.policies.models import PolicyVersion
from trigpoint.reviews.models import Review

pytestmark = pytest.mark.django_db
DAY = dt.date(2025, 11, 12)
S = Review.Status


@pytest.fixture(autouse=True)
def _today():
    """Fieldwork day, mid-morning."""
    with time_machine.travel(dt.datetime(2025, 11, 12, 10, 0, tzinfo=dt.UTC), tick=False):
        yield


def text(answer):
    return answer.content.decode()


@pytest.fixture(name="lead")
def _lead(client):
    """The QA lead of a trust with a policy in force, signed in."""
    version = PolicyVersionFactory.create(in_force=True)
    user = person(Role.QA_LEAD, at=version.trust)
    client.force_login(user)
    return user


# the list


def test_index_costs_the_same_for_any_number_of_reviews(client, assert_flat):
    review = ReviewFactory.create()
    client.force_login(person(Role.QA_LEAD, at=review.trust))

    def add_row():
        DeadlineFactory.create(review=ReviewFactory.create(academy=review.academy))

    assert_flat(reverse("reviews:reviews-index"), add_row=add_row, at_most=8)


def test_index_filters_by_state_academy_and_oneself(client):
    mine = ReviewFactory.create(title="Mine")
    user = person(Role.REVIEWER, at=mine.trust)
    mine.lead = user.person
    mine.save()
    joined = ReviewFactory.create(academy=mine.academy, title="Joined")
    ReviewTeamMemberFactory.create(review=joined, person=user.person)
    late = ReviewFactory.create(academy=AcademyFactory.create(trust=mine.trust), title="Late")
    DeadlineFactory.create(review=late, due_on=dt.date(2025, 11, 11))
    ReviewFactory.create(
        academy=mine.academy, title="Old", status=S.CLOSED, closed_on=dt.date(2025, 10, 1)
    )
    client.force_login(user)

    def titles(**query):
        found = client.get(reverse("reviews:reviews-index"), query).context["rows"]
        return {row["review"].title for row in found}

    assert titles() == {"Mine", "Joined", "Late", "Old"}
    assert titles(show="open") == {"Mine", "Joined", "Late"}
    assert titles(show="mine") == {"Mine", "Joined"}
    assert titles(show="overdue") == {"Late"}
    assert titles(show="over") == {"Old"}
    assert titles(academy=late.academy_id) == {"Late"}


def test_index_names_the_next_step_and_flags_it_when_late(client):
    review = ReviewFactory.create()
    DeadlineFactory.create(review=review, due_on=dt.date(2025, 11, 11))
    client.force_login(person(Role.HEADTEACHER, at=review.academy))

    shown = text(client.get(reverse("reviews:reviews-index")))

    assert "Draft report, 11 Nov" in shown
    assert "Overdue" in shown


@pytest.mark.parametrize(
    ("role", "next_step"),
    [(Role.QA_LEAD, "Plan the first"), (Role.REVIEWER, "QA lead plans reviews")],
)
def test_index_says_what_to_do_when_there_is_nothing(client, role, next_step):
    client.force_login(person(role, at=AcademyFactory.create().trust))

    assert next_step in text(client.get(reverse("reviews:reviews-index")))


def test_index_says_so_when_a_filter_leaves_nothing(client):
    review = ReviewFactory.create()
    client.force_login(person(Role.QA_LEAD, at=review.trust))

    shown = text(client.get(reverse("reviews:reviews-index"), {"show": "over"}))

    assert "Choose All" in shown


# planning


def a_plan(lead, **answers):
    return {
        "kind": "DEEP_DIVE",
        "title": "Reading deep dive",
        "fieldwork_starts_on": "2025-12-02",
        "fieldwork_ends_on": "2025-12-02",
        "staff_hours_budget": "9",
        "lead": str(lead.person_id),
        "form-TOTAL_FORMS": "4",
        "form-INITIAL_FORMS": "0",
        **answers,
    }


def the_url(academy):
    return f"{reverse('reviews:reviews-plan')}?academy={academy.pk}"


def test_plan_first_asks_which_academy(client, lead):
    AcademyFactory.create(trust=lead.person.trust, name="Thornmere")
    AcademyFactory.create(name="Foreign")

    shown = text(client.get(reverse("reviews:reviews-plan")))

    assert "Thornmere" in shown
    assert "Foreign" not in shown


def test_plan_says_so_when_there_is_no_academy(client, lead):
    assert "No academy to review" in text(client.get(reverse("reviews:reviews-plan")))


def test_plan_makes_a_review_and_goes_on_to_its_lines(client, lead):
    academy = AcademyFactory.create(trust=lead.person.trust)
    area = AreaFactory.create(version=PolicyVersion.objects.get(trust=lead.trust_id))
    colleague = person(Role.REVIEWER, at=academy.trust).person
    head = person(Role.HEADTEACHER, at=academy).person
    PostFactory.create(academy=academy, person=head)
    answers = a_plan(
        lead,
        areas=[area.pk],
        nominee=head.pk,
        **{"form-0-person": colleague.pk, "form-0-conflict": "Taught here to 2019"},
    )

    answer = client.post(the_url(academy), answers)

    review = Review.objects.get()
    assert answer.url == reverse("reviews:reviews-ask", args=[review.pk])
    assert (review.academy, review.nominee) == (academy, head)
    assert review.members.get().conflict == "Taught here to 2019"
    assert list(review.areas.all()) == [area]


def test_plan_and_replan_say_what_the_days_leave_to_be_settled(client, lead):
    academy = AcademyFactory.create(trust=lead.person.trust)
    version = PolicyVersion.objects.get(trust=lead.trust_id)
    version.settings["clock"] = {"notice": -15}
    version.save()
    area = AreaFactory.create(version=version)
    days = {"fieldwork_starts_on": dt.date(2025, 12, 1), "fieldwork_ends_on": dt.date(2025, 12, 3)}
    theirs = {"academy__trust": academy.trust, "policy_version": version, "lead": lead.person}
    ReviewFactory.create(**theirs, **days)
    ReviewFactory.create(**theirs, **days, kind="SELF")
    late = "notice was due by 11 November 2025: agree the days with its head, or move them."
    twice = f"{lead.person.name} is on another review from 1 December 2025 to 3 December 2025"

    planned = client.post(the_url(academy), a_plan(lead, areas=[area.pk]), follow=True)
    url = reverse("reviews:reviews-replan", args=[Review.objects.get(academy=academy).pk])
    moved = client.post(url, {"starts_on": "2025-12-10", "ends_on": "2025-12-10"}, follow=True)

    assert late in text(planned)
    assert text(planned).count(twice) == 1
    assert "The academy’s notice was due" not in text(moved)
    assert "is on another review" not in text(moved)


def test_plan_keeps_what_was_typed_when_a_day_is_closed(client, lead):
    academy = AcademyFactory.create(trust=lead.person.trust, name="Thornmere")
    area = AreaFactory.create(version=PolicyVersion.objects.get(trust=lead.trust_id))
    ClosureFactory.create(
        academy=academy, starts_on=dt.date(2025, 12, 2), ends_on=dt.date(2025, 12, 2), kind="INSET"
    )

    answer = client.post(the_url(academy), a_plan(lead, areas=[area.pk]))

    assert answer.status_code == 409
    assert "2 December 2025 is an INSET day at Thornmere" in text(answer)
    assert "Reading deep dive" in text(answer)


def test_plan_asks_again_for_what_is_missing(client, lead):
    academy = AcademyFactory.create(trust=lead.person.trust)

    answer = client.post(the_url(academy), a_plan(lead, title=""))

    assert answer.status_code == 422
    assert "Give the review a title" in text(answer)


@pytest.mark.parametrize("field", ["lead", "nominee", "areas", "form-0-person"])
def test_plan_takes_no_row_of_another_trust(client, lead, field):
    academy = AcademyFactory.create(trust=lead.person.trust)
    foreign = AcademyFactory.create()
    rows = {
        "lead": person(Role.REVIEWER, at=foreign.trust).person,
        "nominee": PostFactory.create(academy=foreign, category="LEADER").person,
        "areas": AreaFactory.create(),
        "form-0-person": person(Role.REVIEWER, at=foreign.trust).person,
    }
    area = AreaFactory.create(version=PolicyVersion.objects.get(trust=lead.trust_id))
    answers = a_plan(lead, areas=[area.pk]) | {field: [rows[field].pk]}

    assert client.post(the_url(academy), answers).status_code == 422
    assert not Review.objects.exists()


def test_plan_for_another_trusts_academy_is_not_found(client, lead):
    assert client.post(the_url(AcademyFactory.create()), a_plan(lead)).status_code == 404


def test_plan_is_not_for_a_headteacher(client):
    academy = AcademyFactory.create()
    client.force_login(person(Role.HEADTEACHER, at=academy))

    assert client.get(the_url(academy)).status_code == 403


# the workspace


def a_review(user=None, **facts):
    """Plan a review with everything a workspace shows."""
    review = ReviewFactory.create(**facts)
    if user:
        review.lead = user.person
        review.save()
    DeadlineFactory.create(review=review, position=1, step="NOTICE", due_on=dt.date(2025, 10, 29))
    DeadlineFactory.create(review=review, due_on=dt.date(2025, 11, 28))
    line = LineOfEnquiryFactory.create(review=review, number=1, wanted={"STUDENT_VOICE": 1})
    member = ReviewTeamMemberFactory.create(review=review, person__name="Nuala Brisco")
    activity = ActivityFactory.create(review=review, title="Year 4 lesson", place="Room 6")
    activity.reviewers.add(member.person)
    activity.lines.add(line)
    return review


def test_show_has_the_clock_the_timetable_the_team_and_what_is_missing(client):
    review = a_review(status=S.FIELDWORK, academy__name="Thornmere", staff_hours_budget=9)
    TermFactory.create(academy=review.academy)
    inset = dt.date(2025, 11, 27)
    ClosureFactory.create(academy=review.academy, starts_on=inset, ends_on=inset, kind="INSET")
    client.force_login(person(Role.QA_LEAD, at=review.trust))

    shown = text(client.get(reverse("reviews:reviews-show", args=[review.pk])))

    for words in (
        "Deadlines count Thornmere’s working days.",
        "27 November is an INSET day there, so it does not count.",
        "Year 4 lesson",
        "Nuala Brisco",
        "No student voice is planned",
        "is free at 10:00",
        "0.5 of 9 staff hours planned",
        "Start corroborating",
    ):
        assert words in shown


def test_show_costs_the_same_for_any_number_of_activities(client, assert_flat):
    review = a_review()
    TermFactory.create(academy=review.academy)
    client.force_login(person(Role.QA_LEAD, at=review.trust))

    def add_row():
        activity = ActivityFactory.create(review=review)
        activity.reviewers.add(PersonFactory.create(trust=review.trust))
        LineOfEnquiryFactory.create(review=review)
        ReviewTeamMemberFactory.create(review=review)

    assert_flat(reverse("reviews:reviews-show", args=[review.pk]), add_row=add_row, at_most=12)


def test_show_warns_of_a_conflict_nobody_declared(client):
    review = a_review(academy__name="Thornmere")
    for someone in (review.lead, review.members.get().person):
        PostFactory.create(academy=review.academy, person=someone)
    client.force_login(person(Role.QA_LEAD, at=review.trust))

    shown = text(client.get(reverse("reviews:reviews-show", args=[review.pk])))

    assert "Nuala Brisco works at Thornmere. Say how that is handled" in shown
    assert f"{review.lead.name} works at Thornmere and leads its review" in shown


def test_show_tells_a_head_why_a_button_is_blocked(client):
    review = a_review(lead__name="Gareth Pellow")
    client.force_login(person(Role.HEADTEACHER, at=review.academy))

    shown = text(client.get(reverse("reviews:reviews-show", args=[review.pk])))

    assert "Only the lead, Gareth Pellow, or the trust&#x27;s QA lead can do this." in shown
    assert "Call it off" not in shown


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        pytest.param(
            {"status": S.CANCELLED, "cancelled_because": "Flood."}, "Flood.", id="cancelled"
        ),
        pytest.param({"status": S.CLOSED, "closed_on": DAY}, "Closed", id="closed"),
        pytest.param({"status": S.PLANNED}, "Academy has been told", id="planned"),
        pytest.param({"fieldwork_ends_on": dt.date(2025, 11, 13)}, "13 November", id="two days"),
    ],
)
def test_show_says_where_the_review_is(client, facts, words):
    review = ReviewFactory.create(**facts)
    client.force_login(person(Role.QA_LEAD, at=review.trust))

    shown = text(client.get(reverse("reviews:reviews-show", args=[review.pk])))

    assert words in shown
    assert "every weekday that is no bank holiday counts" in shown


def test_show_draws_every_state_of_the_clock(client):
    review = ReviewFactory.create()
    for position, (step, due, done) in enumerate(
        [
            ("NOTICE", dt.date(2025, 10, 29), dt.date(2025, 10, 28)),
            ("DRAFT", dt.date(2025, 11, 11), None),
            ("FINAL", DAY, None),
            ("IMPACT", dt.date(2026, 5, 13), None),
        ]
    ):
        DeadlineFactory.create(
            review=review, position=position, step=step, due_on=due, done_on=done
        )
    client.force_login(person(Role.QA_LEAD, at=review.trust))

    clock = client.get(reverse("reviews:reviews-show", args=[review.pk])).context["clock"]

    assert [(step.note, step.state.value) for step in clock] == [
        ("28 Oct", "done"),
        ("11 Nov", "late"),
        ("Today", "todo"),
        ("by 13 May 2026", "todo"),
    ]


def test_show_is_not_found_for_a_stranger(client):
    client.force_login(person(Role.QA_LEAD, at=AcademyFactory.create().trust))

    answer = client.get(reverse("reviews:reviews-show", args=[ReviewFactory.create().pk]))

    assert answer.status_code == 404


# lines of enquiry


def test_ask_fills_in_the_policys_minimums_and_adds_the_line(client):
    review = ReviewFactory.create()
    standard = StandardFactory.create(area__version=review.policy_version)
    review.areas.add(standard.area)
    client.force_login(person(Role.QA_LEAD, at=review.trust))
    url = reverse("reviews:reviews-ask", args=[review.pk])

    form = client.get(url).context["form"]
    counts = {field.name: field.initial for field in form.kind_fields}
    answer = client.post(
        url, {**counts, "question": "Do the weakest catch up?", "standards": [standard.pk]}
    )

    line = review.lines.get()
    assert (counts["lesson_visit"], counts["book_scrutiny"], counts["staff_voice"]) == (4, 10, 0)
    assert answer.url == url
    assert line.wanted == {"LESSON_VISIT": 4, "BOOK_SCRUTINY": 10}
    assert "Do the weakest catch up?" in text(client.get(url))


def test_ask_takes_no_standard_of_another_trust(client):
    review = ReviewFactory.create()
    client.force_login(person(Role.QA_LEAD, at=review.trust))

    answer = client.post(
        reverse("reviews:reviews-ask", args=[review.pk]),
        {"question": "Why?", "standards": [StandardFactory.create().pk]},
    )

    assert answer.status_code == 422
    assert not review.lines.exists()


# dates and endings


def test_replan_moves_the_days(client):
    review = ReviewFactory.create()
    client.force_login(person(Role.QA_LEAD, at=review.trust))
    url = reverse("reviews:reviews-replan", args=[review.pk])

    assert client.get(url).status_code == 200
    answer = client.post(url, {"starts_on": "2025-11-19", "ends_on": "2025-11-20"})

    assert answer.status_code == 302
    assert Review.objects.get().fieldwork_ends_on == dt.date(2025, 11, 20)


def test_replan_refuses_a_weekend_and_keeps_the_form(client):
    review = ReviewFactory.create()
    client.force_login(person(Role.QA_LEAD, at=review.trust))

    answer = client.post(
        reverse("reviews:reviews-replan", args=[review.pk]),
        {"starts_on": "2025-11-22", "ends_on": "2025-11-24"},
    )

    assert answer.status_code == 409
    assert "is a Saturday" in text(answer)


def test_cancel_asks_why(client):
    review = ReviewFactory.create()
    client.force_login(person(Role.QA_LEAD, at=review.trust))
    url = reverse("reviews:reviews-cancel", args=[review.pk])

    assert client.post(url, {"because": ""}).status_code == 422
    assert client.post(url, {"because": "Flood."}).status_code == 302
    assert Review.objects.get().cancelled_because == "Flood."


def test_step_back_asks_why_and_says_where_the_review_is_again(client):
    review = ReviewFactory.create(status=S.FIELDWORK)
    client.force_login(person(Role.QA_LEAD, at=review.trust))
    url = reverse("reviews:reviews-step_back", args=[review.pk])

    assert url in text(client.get(reverse("reviews:reviews-show", args=[review.pk])))
    assert client.post(url, {"because": ""}).status_code == 422
    answer = client.post(url, {"because": "Too early."}, follow=True)
    assert "The review is at “Academy told” again." in text(answer)
    assert Review.objects.get().status == S.NOTIFIED


def test_step_back_says_what_is_in_the_way(client):
    review = EvidenceRecordFactory.create(review__status=S.FIELDWORK).review
    client.force_login(person(Role.QA_LEAD, at=review.trust))
    url = reverse("reviews:reviews-step_back", args=[review.pk])

    assert "evidence was recorded" in text(client.get(url))
    assert client.post(url, {"because": "Too early."}).status_code == 409
    assert Review.objects.get().status == S.FIELDWORK


@pytest.mark.parametrize(
    ("verb", "before", "after"),
    [
        ("notify", S.PLANNED, S.NOTIFIED),
        ("start", S.NOTIFIED, S.FIELDWORK),
        ("corroborate", S.FIELDWORK, S.CORROBORATING),
        ("report", S.CORROBORATING, S.REPORTING),
        ("close", S.REPORTING, S.CLOSED),
    ],
)
def test_the_lead_takes_a_review_on(client, verb, before, after):
    review = ReviewFactory.create(status=before)
    user = person(Role.REVIEWER, at=review)
    review.lead = user.person
    review.save()
    client.force_login(user)

    answer = client.post(reverse(f"reviews:reviews-{verb}", args=[review.pk]))

    assert answer.url == reverse("reviews:reviews-show", args=[review.pk])
    assert Review.objects.get().status == after


def _answers(client, verb, role):
    review = ReviewFactory.create(status=S.CLOSED, closed_on=DAY)
    client.force_login(person(role, at=review.academy))
    return client.post(reverse(f"reviews:reviews-{verb}", args=[review.pk])).status_code


def test_notify_is_refused_in_words_when_it_is_too_late(client):
    assert _answers(client, "notify", Role.REVIEWER) == 409


def test_start_is_refused_when_the_review_is_over(client):
    assert _answers(client, "start", Role.REVIEWER) == 409


def test_corroborate_is_not_for_a_headteacher(client):
    assert _answers(client, "corroborate", Role.HEADTEACHER) == 403


def test_report_is_not_for_a_headteacher(client):
    assert _answers(client, "report", Role.HEADTEACHER) == 403


def test_close_is_refused_twice(client):
    assert _answers(client, "close", Role.REVIEWER) == 409


def test_receive_notes_the_documents(client):
    review = ReviewFactory.create()
    due = DeadlineFactory.create(review=review, step="DOCUMENTS")
    user = person(Role.QA_LEAD, at=review.trust)
    grant(user, Role.REVIEWER, at=review.trust)
    client.force_login(user)

    assert "Documents have come" in text(
        client.get(reverse("reviews:reviews-show", args=[review.pk]))
    )
    client.post(reverse("reviews:reviews-receive", args=[review.pk]))

    due.refresh_from_db()
    assert due.done_on == timezone.localdate()


def test_a_guests_role_is_given_for_one_review_of_the_trust_that_is_not_over(client):
    review = ReviewFactory.create(title="Deep dive in maths")
    ReviewFactory.create(title="Foreign review")
    someone = PersonFactory.create(trust=review.trust, name="Gil Guest")
    client.force_login(person(Role.ADMINISTRATOR, at=review.trust))
    url = reverse("people:grants-give")

    form = client.get(url).content.decode()
    client.post(
        url,
        {
            "person": someone.pk,
            "role": Role.REVIEWER,
            "where": f"review:{review.pk}",
            "starts_on": "2026-03-02",
            "ends_on": "2099-03-02",
            "reason": "Subject specialist",
        },
    )

    assert "Deep dive in maths" in form
    assert "Foreign review" not in form
    assert someone.grants.get().review_id == review.pk


def test_show_says_which_activities_are_done(client):
    review = a_review(status=S.FIELDWORK)
    review.activities.update(status="DONE")
    client.force_login(person(Role.QA_LEAD, at=review.trust))

    shown = text(client.get(reverse("reviews:reviews-show", args=[review.pk])))

    assert "Done, Room 6" in shown
