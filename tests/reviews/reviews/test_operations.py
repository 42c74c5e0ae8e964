"""Planning and moving reviews through the public door."""

import datetime as dt

import pytest

from tests.factories import (
    AcademyFactory,
    AreaFactory,
    ClaimFactory,
    ClosureFactory,
    DeadlineFactory,
    EvidenceRecordFactory,
    FindingFactory,
    LineOfEnquiryFactory,
    PersonFactory,
    PolicyVersionFactory,
    ReportFactory,
    ReviewFactory,
    StandardFactory,
    person,
)
from trigpoint.people import access
from trigpoint.people.roles import Role
from trigpoint.records.models import HistoryEntry
from trigpoint.records.refusals import Refused
from trigpoint.reviews.models import Review
from trigpoint.reviews.reviews import operations
from trigpoint.reviews.reviews.operations import Line, Member, ReviewPlan
from trigpoint.reviews.reviews.rules import Dates

pytestmark = pytest.mark.django_db
TODAY = dt.date(2025, 10, 20)
DAY = dt.date(2025, 11, 12)
S = Review.Status


@pytest.fixture(name="world")
def _world():
    """An academy of a trust whose policy is in force, and its QA lead."""
    academy = AcademyFactory.create(name="Thornmere")
    version = PolicyVersionFactory.create(in_force=True, policy__trust=academy.trust)
    lead = person(Role.QA_LEAD, at=academy.trust)
    return academy, version, lead


def a_plan(academy, lead, **facts):
    return ReviewPlan(
        **{
            "academy": academy,
            "kind": Review.Kind.DEEP_DIVE,
            "title": "Reading deep dive",
            "lead": lead.person,
            "fieldwork_starts_on": DAY,
            "fieldwork_ends_on": DAY,
            **facts,
        }
    )


def test_plan_makes_scope_team_lines_and_clock(world):
    academy, version, lead = world
    area = AreaFactory.create(version=version)
    standard = StandardFactory.create(
        area=area, expected_kinds=["LESSON_VISIT", "CURRICULUM_REVIEW"]
    )
    colleague = PersonFactory.create(trust=academy.trust)
    plan = a_plan(
        academy,
        lead,
        areas=(area,),
        members=(Member(person=colleague, expertise="Phonics", conflict="Taught here to 2019"),),
        lines=(Line(question="Do the weakest catch up?", standards=(standard,)),),
    )

    review = operations.plan(plan=plan, by=lead, on=TODAY)

    line = review.lines.get()
    member = review.members.get()
    assert review.status == Review.Status.PLANNED
    assert review.policy_version == version
    assert list(review.areas.all()) == [area]
    assert (member.person, member.conflict) == (colleague, "Taught here to 2019")
    assert (line.number, line.wanted) == (1, {"LESSON_VISIT": 4, "CURRICULUM_REVIEW": 1})
    assert list(line.standards.all()) == [standard]
    assert review.deadlines.count() == 10
    assert review.deadlines.get(step="DRAFT").due_on == dt.date(2025, 11, 19)
    assert HistoryEntry.objects.get(subject_id=review.pk).verb == "planned"


def test_plan_keeps_the_counts_it_is_given(world):
    academy, version, lead = world
    standard = StandardFactory.create(area__version=version)
    wanted = {"LESSON_VISIT": 2, "STAFF_VOICE": 0}
    line = Line(question="Why?", standards=(standard,), wanted=wanted)

    review = operations.plan(plan=a_plan(academy, lead, lines=(line,)), by=lead, on=TODAY)

    assert review.lines.get().wanted == {"LESSON_VISIT": 2}


def test_plan_counts_deadlines_over_half_term(world):
    academy, _, lead = world
    ClosureFactory.create(academy=academy)

    review = operations.plan(plan=a_plan(academy, lead), by=lead, on=TODAY)

    assert review.deadlines.get(step="NOTICE").due_on == dt.date(2025, 10, 22)


def test_plan_is_refused_on_a_closed_day(world):
    academy, _, lead = world
    ClosureFactory.create(academy=academy)
    half_term = dt.date(2025, 10, 28)
    plan = a_plan(academy, lead, fieldwork_starts_on=half_term)

    with pytest.raises(Refused, match="school holiday .Half term. at Thornmere"):
        operations.plan(plan=plan, by=lead, on=TODAY)


def test_plan_needs_a_policy_in_force():
    academy = AcademyFactory.create()
    lead = person(Role.QA_LEAD, at=academy.trust)

    with pytest.raises(Refused, match="Adopt one first"):
        operations.plan(plan=a_plan(academy, lead), by=lead, on=TODAY)


def test_plan_refuses_the_same_again_unless_it_was_cancelled(world):
    academy, _, lead = world
    review = operations.plan(plan=a_plan(academy, lead), by=lead, on=TODAY)

    with pytest.raises(Refused, match="is planned here already"):
        operations.plan(plan=a_plan(academy, lead), by=lead, on=TODAY)
    operations.cancel(review=review, because="Moved", by=lead, on=TODAY)
    assert operations.plan(plan=a_plan(academy, lead), by=lead, on=TODAY) != review


def test_plan_refuses_a_second_place_for_the_lead(world):
    academy, _, lead = world
    plan = a_plan(academy, lead, members=(Member(person=lead.person),))

    with pytest.raises(Refused, match="on the team twice"):
        operations.plan(plan=plan, by=lead, on=TODAY)


def test_plan_is_not_for_a_headteacher(world):
    academy, _, _ = world
    head = person(Role.HEADTEACHER, at=academy)

    with pytest.raises(Refused, match="QA lead"):
        operations.plan(plan=a_plan(academy, head), by=head, on=TODAY)


def test_plan_never_mixes_trusts_or_versions(world):
    academy, _, lead = world
    stranger = PersonFactory.create()

    with pytest.raises(ValueError, match="own trust"):
        operations.plan(plan=a_plan(academy, lead, nominee=stranger), by=lead, on=TODAY)
    with pytest.raises(ValueError, match="policy version"):
        operations.plan(
            plan=a_plan(academy, lead, areas=(AreaFactory.create(),)), by=lead, on=TODAY
        )


def test_the_whole_life_of_a_review_ticks_its_clock(world):
    academy, _, lead = world
    review = operations.plan(plan=a_plan(academy, lead), by=lead, on=TODAY)
    notice = dt.date(2025, 10, 28)

    operations.notify(review=review, by=lead, on=notice)
    operations.start(review=review, by=lead, on=DAY)
    operations.corroborate(review=review, by=lead, on=DAY)
    operations.report(review=review, by=lead, on=DAY)
    closed = operations.close(review=review, by=lead, on=dt.date(2025, 12, 3))

    done = dict(review.deadlines.exclude(done_on=None).values_list("step", "done_on"))
    assert (closed.status, closed.closed_on) == (Review.Status.CLOSED, dt.date(2025, 12, 3))
    assert done == {"NOTICE": notice, "DOCUMENTS": DAY, "FIELDWORK": DAY, "CORROBORATE": DAY}


def test_plan_and_replan_refuse_days_that_are_past(world):
    academy, _, lead = world
    review = operations.plan(plan=a_plan(academy, lead), by=lead, on=DAY)
    after = DAY + dt.timedelta(days=1)

    with pytest.raises(Refused, match="from today on"):
        operations.plan(plan=a_plan(academy, lead), by=lead, on=after)
    with pytest.raises(Refused, match="from today on"):
        operations.replan(review=review, dates=Dates(DAY, DAY), by=lead, on=after)


def test_plan_refuses_a_nominee_who_is_on_the_team(world):
    academy, _, lead = world
    colleague = PersonFactory.create(trust=academy.trust)
    plan = a_plan(academy, lead, nominee=colleague, members=(Member(person=colleague),))

    with pytest.raises(Refused, match="cannot be on its team"):
        operations.plan(plan=plan, by=lead, on=TODAY)


def test_cancel_keeps_the_reason(world):
    academy, _, lead = world
    review = operations.plan(plan=a_plan(academy, lead), by=lead, on=TODAY)

    cancelled = operations.cancel(review=review, because="Flood.", by=lead, on=TODAY)

    assert (cancelled.status, cancelled.cancelled_because) == ("CANCELLED", "Flood.")


def test_cancel_is_refused_once_the_report_is_begun():
    review = ReviewFactory.create(status=Review.Status.REPORTING)
    lead = person(Role.QA_LEAD, at=review.trust)

    with pytest.raises(Refused, match="Reporting"):
        operations.cancel(review=review, because="Flood.", by=lead, on=TODAY)


STEPS = [
    ("notify", "NOTICE", S.PLANNED),
    ("start", "DOCUMENTS", S.NOTIFIED),
    ("corroborate", "FIELDWORK", S.FIELDWORK),
    ("report", "CORROBORATE", S.CORROBORATING),
]


def step_back(review, by, because="A wrong click."):
    return operations.step_back(review=review, because=because, by=by, on=DAY)


@pytest.mark.parametrize(("verb", "ticked", "before"), STEPS)
def test_step_back_undoes_one_step_and_its_tick_and_keeps_why(verb, ticked, before):
    review = ReviewFactory.create(status=before, fieldwork_starts_on=DAY, fieldwork_ends_on=DAY)
    deadline = DeadlineFactory.create(review=review, step=ticked)
    other = DeadlineFactory.create(review=review, step="ACTIONS", position=9, done_on=TODAY)
    lead = person(Role.QA_LEAD, at=review.trust)
    getattr(operations, verb)(review=review, by=lead, on=DAY)
    deadline.refresh_from_db()
    assert deadline.done_on == DAY

    back = step_back(review, lead)

    deadline.refresh_from_db()
    other.refresh_from_db()
    assert (back.status, deadline.done_on, other.done_on) == (before, None, TODAY)
    entry = HistoryEntry.objects.get(subject_id=review.pk, verb=f"undo_{verb}")
    assert (entry.actor, entry.detail["because"]) == (lead, "A wrong click.")
    assert getattr(operations, verb)(review=back, by=lead, on=DAY).status == review_after(verb)


def review_after(verb):
    """Return where a verb leads, as the list of steps has it."""
    states = [before for _, _, before in STEPS] + [S.REPORTING]
    return states[[step for step, _, _ in STEPS].index(verb) + 1]


def test_step_back_keeps_the_day_on_which_documents_came():
    review = ReviewFactory.create(status=S.NOTIFIED, fieldwork_starts_on=DAY, fieldwork_ends_on=DAY)
    documents = DeadlineFactory.create(review=review, step="DOCUMENTS")
    lead = person(Role.QA_LEAD, at=review.trust)
    operations.receive(review=review, by=lead, on=TODAY)
    operations.start(review=review, by=lead, on=DAY)

    step_back(review, lead)

    documents.refresh_from_db()
    assert documents.done_on == TODAY


@pytest.mark.parametrize(
    ("make", "stage", "words"),
    [
        (EvidenceRecordFactory, S.FIELDWORK, "In this step evidence was recorded"),
        (ClaimFactory, S.FIELDWORK, "a claim was proposed"),
        (FindingFactory, S.FIELDWORK, "a finding was raised"),
        (ReportFactory, S.REPORTING, "the report was begun"),
    ],
)
def test_step_back_leaves_nothing_without_its_place(make, stage, words):
    review = ReviewFactory.create(status=stage)
    make.create(review=review)
    make.create(review__academy=review.academy)
    lead = person(Role.QA_LEAD, at=review.trust)

    with pytest.raises(Refused, match=words):
        step_back(review, lead)

    review.refresh_from_db()
    assert review.status == stage


def test_step_back_from_corroborating_keeps_what_was_gathered_where_it_was():
    review = ReviewFactory.create(status=S.CORROBORATING)
    claim = ClaimFactory.create(review=review, agreed=True)

    assert step_back(review, person(Role.QA_LEAD, at=review.trust)).status == S.FIELDWORK
    claim.refresh_from_db()
    assert claim.status == "AGREED"


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"status": S.PLANNED}, "no step to take back"),
        ({"status": S.CLOSED, "closed_on": DAY}, "This review is over"),
        ({"status": S.CANCELLED, "cancelled_because": "Flood."}, "This review is over"),
    ],
)
def test_step_back_is_for_a_review_that_has_moved_on_and_is_not_over(facts, words):
    review = ReviewFactory.create(**facts)

    with pytest.raises(Refused, match=words):
        step_back(review, person(Role.QA_LEAD, at=review.trust))


def test_step_back_is_for_the_lead():
    review = ReviewFactory.create(status=S.FIELDWORK)

    with pytest.raises(Refused, match="Only the lead"):
        step_back(review, person(Role.REVIEWER, at=review))


@pytest.mark.parametrize("ending", ["close", "cancel"])
def test_a_guests_role_ends_with_the_review(ending):
    status = Review.Status.REPORTING if ending == "close" else Review.Status.FIELDWORK
    review, other = ReviewFactory.create(status=status), ReviewFactory.create()
    lead = person(Role.QA_LEAD, at=review.trust)
    guest, elsewhere = person(Role.REVIEWER, at=review), person(Role.REVIEWER, at=other)
    because = {"because": "Flood."} if ending == "cancel" else {}

    getattr(operations, ending)(review=review, by=lead, on=TODAY, **because)

    assert not access.of(guest.person, on=TODAY).holds("reviews.view")
    assert access.of(elsewhere.person, on=TODAY).holds("reviews.view")


def test_replan_moves_the_clock_and_keeps_what_is_done(world):
    academy, _, lead = world
    review = operations.plan(plan=a_plan(academy, lead), by=lead, on=TODAY)
    operations.notify(review=review, by=lead, on=dt.date(2025, 10, 28))
    later = Dates(dt.date(2025, 11, 19), dt.date(2025, 11, 20))

    operations.replan(review=review, dates=later, by=lead, on=TODAY)

    notice, draft = review.deadlines.get(step="NOTICE"), review.deadlines.get(step="DRAFT")
    assert notice.done_on == dt.date(2025, 10, 28)
    assert draft.due_on == dt.date(2025, 11, 27)
    assert Review.objects.get(pk=review.pk).fieldwork_ends_on == later.ends_on
    assert HistoryEntry.objects.get(verb="replanned").detail["now"] == (
        "19 November 2025 to 20 November 2025"
    )


def test_ask_numbers_lines_and_takes_the_policys_sample(world):
    academy, version, lead = world
    review = operations.plan(plan=a_plan(academy, lead), by=lead, on=TODAY)
    LineOfEnquiryFactory.create(review=review, number=3)
    standard = StandardFactory.create(area__version=version, expected_kinds=["BOOK_SCRUTINY"])

    line = operations.ask(
        review=review, line=Line(question="Books?", standards=(standard,)), by=lead, on=TODAY
    )

    assert (line.number, line.wanted) == (4, {"BOOK_SCRUTINY": 10})


def test_ask_takes_only_standards_of_the_reviews_own_policy(world):
    academy, _, lead = world
    review = operations.plan(plan=a_plan(academy, lead), by=lead, on=TODAY)
    other = Line(question="Books?", standards=(StandardFactory.create(),))

    with pytest.raises(ValueError, match="own policy version"):
        operations.ask(review=review, line=other, by=lead, on=TODAY)


def test_receive_ticks_the_documents_until_fieldwork_starts(world):
    academy, _, lead = world
    review = operations.plan(plan=a_plan(academy, lead), by=lead, on=TODAY)
    handed_over = dt.date(2025, 11, 3)

    operations.receive(review=review, by=lead, on=handed_over)
    operations.notify(review=review, by=lead, on=handed_over)
    operations.start(review=review, by=lead, on=DAY)

    assert review.deadlines.get(step="DOCUMENTS").done_on == handed_over
    with pytest.raises(Refused, match="time for documents is over"):
        operations.receive(review=review, by=lead, on=DAY)


def test_complete_step_ticks_once(world):
    academy, _, lead = world
    review = operations.plan(plan=a_plan(academy, lead), by=lead, on=TODAY)

    operations.complete_step(review=review, step="DRAFT", by=lead, on=DAY)
    operations.complete_step(review=review, step="DRAFT", by=lead, on=TODAY)

    assert review.deadlines.get(step="DRAFT").done_on == DAY
    assert HistoryEntry.objects.filter(verb="completed_step").count() == 1


def test_ask_sent_twice_is_one_line(world):
    academy, _, lead = world
    review = operations.plan(plan=a_plan(academy, lead), by=lead, on=TODAY)
    standard = StandardFactory.create(area__version=review.policy_version)
    line = Line(question="Do the weakest catch up?", standards=(standard,))

    first, again = (operations.ask(review=review, line=line, by=lead, on=TODAY) for _ in "ab")
    other = operations.ask(review=review, line=Line(question=line.question), by=lead, on=TODAY)

    assert (first.pk, review.lines.count()) == (again.pk, 2)
    assert other.number == 2
