import datetime as dt
from uuid import uuid4

import pytest

from tests.factories import (
    AcademyFactory,
    InstrumentVersionFactory,
    PersonFactory,
    PostFactory,
    ReviewFactory,
    SurveyFactory,
    SurveyReplyFactory,
    TeamFactory,
    person,
)
from trigpoint.evidence.entries import operations as entries
from trigpoint.evidence.entries.operations import RecordContent
from trigpoint.evidence.models import EvidenceRecord, Survey, SurveyReply
from trigpoint.evidence.surveys import operations, queries, rules
from trigpoint.evidence.surveys.rules import COVER, DROP, SHOW, Plan
from trigpoint.instruments.models import ActivityKind
from trigpoint.people.roles import Role
from trigpoint.records.models import HistoryEntry
from trigpoint.records.refusals import Refused

pytestmark = pytest.mark.django_db
DAY = dt.date(2025, 11, 12)
LAST = dt.date(2025, 11, 28)
AT = dt.datetime(2025, 12, 1, 9, 0, tzinfo=dt.UTC)
AGREE = {"kind": "AGREE", "text": "Lessons start on time.", "choices": []}


def plan(**facts):
    return Plan(
        **{
            "group": "STUDENTS",
            "title": "Lessons",
            "purpose": "So that we can make them better.",
            "opens_on": DAY,
            "closes_on": LAST,
            "questions": [AGREE],
            "open_question": "One thing?",
            **facts,
        }
    )


@pytest.fixture(name="academy")
def _academy():
    return AcademyFactory.create()


@pytest.fixture(name="head")
def _head(academy):
    return person(Role.HEADTEACHER, at=academy)


@pytest.fixture(name="survey")
def _survey(academy, head):
    return SurveyFactory.create(academy=academy, made_by=head.person)


def answer(survey, words="", **answers):
    reply_id = uuid4()
    answers = answers or {"1": "AGREE"}
    operations.answer(survey=survey, reply_id=reply_id, answers=answers, words=words, on=DAY)
    return survey.replies.get(pk=reply_id)


def closed(survey, *, replies=5, **facts):
    for _ in range(replies):
        SurveyReplyFactory.create(survey=survey, **facts)
    survey.status, survey.closed_on = Survey.Status.CLOSED, LAST
    survey.save()
    return survey


# ── make ──────────────────────────────────────────────────────────────────────────────────────


def test_make_keeps_what_is_asked_and_a_link(academy, head):
    survey = operations.make(plan=plan(), academy=academy, review=None, by=head, on=DAY)

    assert (survey.trust, survey.made_by) == (academy.trust, head.person)
    assert [it["kind"] for it in survey.questions] == ["AGREE", "OPEN"]
    assert HistoryEntry.objects.get(subject_id=survey.pk).verb == "made"
    assert queries.system_answering(survey.secret, on=DAY) == survey


def test_make_is_for_those_who_record_evidence_there(academy):
    others = (
        person(Role.HEADTEACHER, at=AcademyFactory.create(trust=academy.trust)),
        person(Role.STAFF, at=academy),
        person(Role.TEAM_LEADER, at=TeamFactory.create(academy=academy)),
        person(Role.QA_LEAD, at=AcademyFactory.create().trust),
    )
    for user in others:
        with pytest.raises(Refused, match="cannot record evidence there"):
            operations.make(plan=plan(), academy=academy, review=None, by=user, on=DAY)


def test_make_in_a_review_is_for_its_own_people(academy, head):
    review = ReviewFactory.create(academy=academy)
    guest = person(Role.REVIEWER, at=review)

    with pytest.raises(Refused, match="not on this review's team"):
        operations.make(plan=plan(), academy=academy, review=review, by=head, on=DAY)
    made = operations.make(plan=plan(), academy=academy, review=review, by=guest, on=DAY)
    assert made.review == review


@pytest.mark.parametrize(
    "said",
    [
        {"purpose": "How is Ada Fell doing?"},
        {"questions": [{"kind": "CHOICE", "text": "Who?", "choices": ["Nobody", "Ada Fell"]}]},
    ],
)
def test_make_names_no_member_of_staff_to_everybody_with_the_link(academy, head, said):
    PostFactory.create(academy=academy, person__name="Ada Fell")

    with pytest.raises(Refused, match="leave Ada Fell out"):
        operations.make(plan=plan(**said), academy=academy, review=None, by=head, on=DAY)


def test_make_finds_no_name_across_two_texts(academy, head):
    PostFactory.create(academy=academy, person__name="Reading Well")
    choice = {"kind": "CHOICE", "text": "Which?", "choices": ["Reading", "Well being"]}

    made = operations.make(
        plan=plan(questions=[choice]), academy=academy, review=None, by=head, on=DAY
    )

    assert made.questions[0] == choice


# ── answer ────────────────────────────────────────────────────────────────────────────────────


def test_answer_keeps_the_answers_and_the_day_and_nothing_else(survey):
    reply = answer(survey, words="Quieter corridors.", **{"1": "AGREE", "2": "NO"})

    kept = {field.attname: getattr(reply, field.attname) for field in reply._meta.concrete_fields}
    assert kept == {
        "id": reply.pk,
        "created_at": dt.datetime(2025, 11, 12, tzinfo=dt.UTC),
        "trust_id": survey.trust_id,
        "survey_id": survey.pk,
        "replied_on": DAY,
        "answers": {"1": "AGREE", "2": "NO"},
        "words": "Quieter corridors.",
        "is_held": False,
    }
    assert not HistoryEntry.objects.exists()


@pytest.mark.parametrize(
    "words",
    [
        pytest.param("Amelia is loud.", id="a first name"),
        pytest.param("amelia is loud", id="typed in haste"),
        pytest.param("mr fell shouts", id="an adult by title"),
        pytest.param("Ask Ada Fell.", id="somebody of the staff"),
    ],
)
def test_answer_holds_words_back_that_may_name_somebody(survey, words):
    PostFactory.create(academy=survey.academy, person__name="Ada Fell")

    assert answer(survey, words=words).is_held


def test_answer_takes_no_words_nobody_asked_for(survey):
    survey.questions = survey.questions[:2]
    survey.save()

    assert answer(survey, words="Hello").words == ""


def test_answer_after_its_last_day_is_refused(survey):
    with pytest.raises(Refused, match="is closed"):
        operations.answer(
            survey=survey, reply_id=uuid4(), answers={"1": "AGREE"}, words="",
            on=LAST + dt.timedelta(1),
        )  # fmt: skip


def test_answer_sent_again_keeps_the_first_and_says_that_it_is_there(survey):
    sent = {"survey": survey, "reply_id": uuid4(), "words": "", "on": DAY}

    told = [operations.answer(answers={"1": one}, **sent) for one in ("AGREE", "DISAGREE")]

    assert told == [True, True]
    assert SurveyReply.objects.get().answers == {"1": "AGREE"}


# ── results ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("replies", "below", "is_shown"), [(5, 5, True), (4, 5, False), (5, 6, False)]
)
def test_results_are_shown_from_the_trusts_own_number_on(survey, head, replies, below, is_shown):
    survey.trust.suppress_below = below
    survey.trust.save()
    closed(survey, replies=replies, words="Quieter.")

    found = queries.results(survey, viewer=head)

    assert (found.count, found.is_shown) == (replies, is_shown)
    assert bool(found.questions) == bool(found.words) == is_shown


@pytest.mark.parametrize(("replies", "below"), [(5, 9), (4, 3)])
def test_results_are_shown_by_the_number_of_the_day_it_closed(survey, head, replies, below):
    SurveyReplyFactory.create_batch(replies, survey=survey)
    operations.close_due(on=LAST + dt.timedelta(days=1))
    survey.trust.suppress_below = below
    survey.trust.save()

    survey = Survey.objects.get()
    found = queries.results(survey, viewer=head)
    emptied = operations.empty_due(on=LAST + dt.timedelta(days=30))

    assert (found.fewest, found.is_shown) == (5, replies == 5)
    assert bool(emptied) is not found.is_shown


def test_results_of_an_open_survey_are_not_shown_however_many_replied(survey, head):
    SurveyReplyFactory.create_batch(20, survey=survey)

    found = queries.results(survey, viewer=head)

    assert (found.count, found.is_shown, list(found.questions)) == (20, False, [])


def test_results_hide_what_few_said_and_what_it_could_be_worked_out_from(survey, head):
    closed(survey, replies=12)
    closed(survey, replies=6, answers={"1": "DISAGREE"})
    closed(survey, replies=1, answers={"1": "STRONGLY_DISAGREE"})

    first = queries.results(survey, viewer=head).questions[0]

    assert {label: "few" if it.hidden else it.count for label, it in first.answers} == {
        "Strongly agree": 0,
        "Agree": 12,
        "Disagree": "few",
        "Strongly disagree": "few",
        "I cannot say": 0,
    }


def test_results_never_show_words_that_are_held(survey, head):
    closed(survey)
    SurveyReplyFactory.create(survey=survey, words="Amelia shouts.", is_held=True)

    found = queries.results(survey, viewer=head)

    assert list(found.words) == []
    assert [held.covered for held in found.held] == ["[covered] shouts."]


# ── look ──────────────────────────────────────────────────────────────────────────────────────


def decided(held, way, *seen):
    """Decide of one reply, with both of its texts seen unless they are given."""
    texts = seen or ((held.words, "[covered] shouts.") if way != SHOW else (held.words,))
    marks = frozenset(rules.mark(held.pk, text) for text in texts)
    return {held.pk: rules.Decision(way, marks)}


@pytest.mark.parametrize(
    ("way", "words"),
    [(COVER, ["[covered] shouts."]), (SHOW, ["Amelia shouts."]), (DROP, [])],
)
def test_look_decides_what_others_read(survey, head, way, words):
    closed(survey)
    held = SurveyReplyFactory.create(survey=survey, words="Amelia shouts.", is_held=True)

    assert operations.look(survey=survey, decided=decided(held, way), by=head) == 1

    found = queries.results(survey, viewer=head)
    assert (list(found.words), list(found.held)) == (words, [])
    entry = HistoryEntry.objects.get(subject_id=survey.pk, verb="looked")
    assert "Amelia" not in str(entry.detail)


def test_look_decides_nothing_of_another_survey(survey, head):
    other = SurveyReplyFactory.create(words="Amelia shouts.", is_held=True)
    closed(survey)

    assert operations.look(survey=survey, decided=decided(other, DROP), by=head) == 0
    assert SurveyReply.objects.get(pk=other.pk).words == "Amelia shouts."


@pytest.mark.parametrize(
    ("way", "seen", "words"),
    [
        (SHOW, ["[covered] shouts."], "Read a comment as it was written"),
        (COVER, ["Amelia shouts."], "changed since you looked"),
        (COVER, ["Somebody shouts."], "changed since you looked"),
    ],
)
def test_look_releases_nothing_that_was_not_shown(survey, head, way, seen, words):
    closed(survey)
    held = SurveyReplyFactory.create(survey=survey, words="Amelia shouts.", is_held=True)

    with pytest.raises(Refused, match=words):
        operations.look(survey=survey, decided=decided(held, way, *seen), by=head)

    held.refresh_from_db()
    assert (held.words, held.is_held) == ("Amelia shouts.", True)


def test_look_asks_again_when_somebody_new_would_be_covered(survey, head):
    closed(survey)
    held = SurveyReplyFactory.create(survey=survey, words="Amelia likes Zofka Fell.", is_held=True)
    shown = queries.system_covered(survey, [held.words])[held.words]
    PersonFactory.create(trust=survey.trust, name="Zofka Fell")

    with pytest.raises(Refused, match="changed since you looked"):
        operations.look(survey=survey, decided=decided(held, COVER, shown), by=head)


# ── renew, close, withdraw ────────────────────────────────────────────────────────────────────


def test_renew_ends_the_old_link(survey, head):
    old = survey.secret

    new = operations.renew(survey=survey, by=head).secret

    assert queries.system_answering(old, on=DAY) is None
    assert queries.system_answering(new, on=DAY) == survey


def test_close_ends_the_link(survey, head):
    found = operations.close(survey=survey, by=head, on=DAY)

    assert (found.status, found.closed_on) == ("CLOSED", DAY)
    assert queries.system_answering(survey.secret, on=DAY) is None


def test_withdraw_deletes_the_replies(survey, head):
    answer(survey)

    found = operations.withdraw(survey=survey, by=head, on=DAY)

    assert (found.status, found.emptied_on, SurveyReply.objects.count()) == ("WITHDRAWN", DAY, 0)


@pytest.mark.parametrize("verb", ["renew", "close", "withdraw"])
def test_only_its_maker_and_the_qa_lead_run_it(survey, verb):
    other_head = person(Role.HEADTEACHER, at=survey.academy)
    lead = person(Role.QA_LEAD, at=survey.trust)
    on = {} if verb == "renew" else {"on": DAY}

    with pytest.raises(Refused, match="who made it"):
        getattr(operations, verb)(survey=survey, by=other_head, **on)
    getattr(operations, verb)(survey=survey, by=lead, **on)


# ── record ────────────────────────────────────────────────────────────────────────────────────


def form_for(survey, kind="STUDENT_VOICE"):
    """Publish a form that asks for what no survey answers."""
    question = {"key": "proud", "type": "long_text", "label": "Proud of?", "required": True}
    return InstrumentVersionFactory.create(
        instrument__trust=survey.trust,
        instrument__kind=kind,
        content={"sections": [{"title": "Talk", "questions": [question]}]},
    )


def test_record_makes_the_counts_evidence_that_can_be_cited(survey, head):
    form_for(survey)
    closed(survey, replies=6, words="Quieter corridors.")

    made = operations.record(survey=survey, by=head, at=AT)

    survey.refresh_from_db()
    made.refresh_from_db()
    assert (survey.status, survey.record) == ("RECORDED", made)
    assert (made.kind, made.status, made.group_size) == ("STUDENT_VOICE", "SUBMITTED", 6)
    assert made.observed_at.date() == LAST
    notes = [note.text for note in made.notes.order_by("position")]
    assert notes[0].startswith("“Lessons start on time.” Strongly agree 0, agree 6")
    assert notes.count("One reply: “Quieter corridors.”") == 6


def test_record_takes_as_many_replies_as_came(survey, head):
    form_for(survey)
    SurveyReply.objects.bulk_create(SurveyReplyFactory.build_batch(2_001, survey=survey))

    made = operations.record(survey=closed(survey, replies=0), by=head, at=AT)

    made.refresh_from_db()
    assert made.group_size == 2_001


def test_record_stands_as_it_was_counted(survey, head):
    form_for(survey)
    closed(survey)
    made = operations.record(survey=survey, by=head, at=AT)

    with pytest.raises(Refused, match="counts a survey's replies"):
        entries.save(
            record_id=made.pk,
            content=RecordContent(title="Better", group_described="All", group_size=99),
            base_revision=made.revision,
            by=head,
            at=AT,
        )


def test_record_writes_no_small_count_into_the_evidence(survey, head):
    form_for(survey)
    closed(survey, replies=9)
    closed(survey, replies=1, answers={"1": "STRONGLY_DISAGREE"})

    made = operations.record(survey=survey, by=head, at=AT)

    assert made.notes.order_by("position")[0].text == (
        "“Lessons start on time.” Strongly agree 0, agree not shown, disagree 0, strongly disagree "
        "not shown, I cannot say 0. 10 replied. “Not shown” stands for a number under 5, or one from "
        "which such a number could be worked out."
    )


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        pytest.param({"replies": 4}, "4 replies came, and fewer than 5", id="too few"),
        pytest.param({"replies": 6, "is_held": True}, "second look", id="words are held"),
    ],
)
def test_record_says_what_is_in_the_way(survey, head, facts, said):
    form_for(survey)
    closed(survey, words="Amelia shouts.", **facts)

    with pytest.raises(Refused, match=said):
        operations.record(survey=survey, by=head, at=AT)
    assert not EvidenceRecord.objects.exists()


def test_record_of_an_open_survey_waits(survey, head):
    with pytest.raises(Refused, match="once it is closed"):
        operations.record(survey=survey, by=head, at=AT)


def test_record_of_parents_is_of_their_kind_or_says_there_is_none(survey, head):
    survey.group = Survey.Group.PARENTS
    form_for(survey, kind="PARENT_VOICE")
    closed(survey)

    if "PARENT_VOICE" in ActivityKind.values:
        assert operations.record(survey=survey, by=head, at=AT).kind == "PARENT_VOICE"
    else:
        with pytest.raises(Refused, match="no kind of evidence"):
            operations.record(survey=survey, by=head, at=AT)


# ── what comes round ──────────────────────────────────────────────────────────────────────────


def test_close_due_closes_what_is_over_and_nothing_else(survey):
    later = SurveyFactory.create(closes_on=LAST + dt.timedelta(days=1))

    assert operations.close_due(on=LAST) == 0
    assert operations.close_due(on=LAST + dt.timedelta(days=1)) == 1

    survey.refresh_from_db()
    later.refresh_from_db()
    assert (survey.status, survey.closed_on, later.status) == ("CLOSED", LAST, "OPEN")


@pytest.mark.parametrize(
    ("replies", "days", "emptied"),
    [
        pytest.param(4, 29, 0, id="too few, not yet"),
        pytest.param(4, 30, 1, id="too few"),
        pytest.param(5, 30, 0, id="enough"),
        pytest.param(5, 365 * 2, 1, id="enough, but notes go"),
    ],
)
def test_empty_due_deletes_what_nobody_may_read_or_keep(survey, replies, days, emptied):
    closed(survey, replies=replies)

    assert operations.empty_due(on=LAST + dt.timedelta(days=days)) == emptied
    assert SurveyReply.objects.count() == (0 if emptied else replies)
    assert operations.empty_due(on=LAST + dt.timedelta(days=days)) == 0
