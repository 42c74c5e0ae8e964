import datetime as dt
from dataclasses import replace
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import (
    AcademyFactory,
    ActivityFactory,
    EvidenceRecordFactory,
    InstrumentVersionFactory,
    LevelFactory,
    LineOfEnquiryFactory,
    LookForFactory,
    NoteFactory,
    PersonFactory,
    PostFactory,
    ReviewFactory,
    ScaleFactory,
    StandardFactory,
    TeamFactory,
    person,
)
from trigpoint.evidence.entries import operations
from trigpoint.evidence.entries.operations import NoteContent, NotHere, RecordContent
from trigpoint.evidence.models import EarlierVersion, EvidenceRecord, Note, Reply
from trigpoint.instruments.models import ActivityKind
from trigpoint.people.roles import Role
from trigpoint.records.models import HistoryEntry
from trigpoint.records.refusals import Refused, Stale
from trigpoint.reviews.models import Activity, Review

pytestmark = pytest.mark.django_db
AT = dt.datetime(2025, 11, 12, 12, 0, tzinfo=dt.UTC)
NOTE = NoteContent(key="a", text="Every pupil reads aloud within three minutes.", kind="WWW")


@pytest.fixture
def activity():
    return ActivityFactory.create()


@pytest.fixture
def author(activity):
    return person(Role.REVIEWER, at=activity.trust)


def content_for(activity, **changes):
    return replace(
        RecordContent(activity_id=activity.pk, title="Year 4 reading", notes=(NOTE,)), **changes
    )


def save(content, *, by, record_id=None, base=None):
    return operations.save(
        record_id=record_id or uuid4(), content=content, base_revision=base, by=by, at=AT
    )


def saved(content, *, by):
    return EvidenceRecord.objects.get(pk=save(content, by=by).record_id)


def submitted(content, *, by):
    return operations.submit(record=saved(content, by=by), by=by, at=AT)


def named(activity, **facts):
    """Make somebody who teaches where the activity takes place."""
    return PostFactory.create(academy=activity.review.academy, **facts).person


# ── save ──────────────────────────────────────────────────────────────────────────────────────


def test_save_starts_a_record_where_its_activity_is(activity, author):
    record = saved(content_for(activity), by=author)

    assert (record.academy, record.review) == (activity.review.academy, activity.review)
    assert (record.kind, record.number, record.revision) == (activity.kind, 1, 1)
    assert [note.text for note in record.notes.all()] == [NOTE.text]
    assert HistoryEntry.objects.get(subject_id=record.pk).verb == "started"


def test_save_again_with_the_same_content_changes_nothing(activity, author):
    first = save(content_for(activity), by=author)

    again = save(content_for(activity), by=author, record_id=first.record_id)

    assert again == first
    assert (first.created, again.created) == (True, False)
    assert EvidenceRecord.objects.get().revision == 1


def test_save_keeps_each_revision_of_ones_own(activity, author):
    first = save(content_for(activity), by=author)
    more = content_for(activity, notes=(NOTE, NoteContent(key="b", text="Five wait.", kind="EBI")))

    second = save(more, by=author, record_id=first.record_id, base=1)

    assert second.revision == 2
    assert list(Note.objects.order_by("position").values_list("kind", flat=True)) == ["WWW", "EBI"]


def test_save_corrects_and_takes_out_notes_of_a_draft(activity, author):
    two = (NOTE, NoteContent(key="b", text="Five wait."))
    first = save(content_for(activity, notes=two), by=author)
    kept = Note.objects.get(position=1).pk

    corrected = (NoteContent(key="b", text="Five pupils wait."),)
    save(content_for(activity, notes=corrected), by=author, record_id=first.record_id, base=1)

    assert Note.objects.get().text == "Five pupils wait."
    assert Note.objects.get().pk == kept


def test_save_on_a_stale_revision_shows_what_is_stored(activity, author):
    first = save(content_for(activity), by=author)
    save(
        content_for(activity, title="From the tablet"), by=author, record_id=first.record_id, base=1
    )

    with pytest.raises(Stale) as refused:
        save(
            content_for(activity, title="From the phone"),
            by=author,
            record_id=first.record_id,
            base=1,
        )

    assert refused.value.current["revision"] == 2
    assert refused.value.current["content"]["title"] == "From the tablet"
    assert EvidenceRecord.objects.get().title == "From the tablet"


def test_save_without_a_base_never_overwrites(activity, author):
    first = save(content_for(activity), by=author)

    with pytest.raises(Stale):
        save(content_for(activity, title="Other"), by=author, record_id=first.record_id)


def test_save_to_somebody_elses_record_is_answered_like_nothing_there(activity, author):
    first = save(content_for(activity), by=author)
    colleague = person(Role.REVIEWER, at=activity.trust)
    stranger = person(Role.QA_LEAD, at=AcademyFactory.create().trust)

    for other in (colleague, stranger):
        with pytest.raises(NotHere):
            save(content_for(activity), by=other, record_id=first.record_id, base=1)

    with pytest.raises(NotHere):
        save(content_for(activity), by=stranger)


def test_save_outside_a_review_takes_an_academy_and_a_kind():
    version = InstrumentVersionFactory.create(instrument__kind=ActivityKind.BOOK_SCRUTINY)
    academy = AcademyFactory.create(trust=version.trust)
    head = person(Role.HEADTEACHER, at=academy)

    record = saved(
        RecordContent(academy_id=academy.pk, kind="BOOK_SCRUTINY", title="Year 5 books"), by=head
    )

    assert (record.review, record.instrument_version, record.observed_at) == (None, version, AT)


def test_save_refuses_a_kind_nobody_published_a_form_for():
    academy = AcademyFactory.create()
    head = person(Role.HEADTEACHER, at=academy)

    with pytest.raises(Refused, match="no published form"):
        save(RecordContent(academy_id=academy.pk, kind="STAFF_VOICE"), by=head)


@pytest.mark.parametrize(
    "place", ["academy_id", "activity_id", "review_id"], ids=["academy", "activity", "review"]
)
def test_save_in_another_trusts_place_is_answered_like_nothing_there(place, author):
    foreign = ActivityFactory.create()
    ids = {
        "academy_id": foreign.review.academy_id,
        "activity_id": foreign.pk,
        "review_id": foreign.review_id,
    }

    with pytest.raises(NotHere):
        save(RecordContent(kind="LESSON_VISIT", **{place: ids[place]}), by=author)


def test_save_in_a_review_is_for_its_own_people(activity):
    head = person(Role.HEADTEACHER, at=activity.review.academy)

    with pytest.raises(Refused, match="not on this review's team"):
        save(content_for(activity), by=head)


def test_save_in_a_review_that_is_over_is_refused(activity, author):
    Review.objects.update(status=Review.Status.CLOSED, closed_on=AT.date())

    with pytest.raises(Refused, match="closed"):
        save(content_for(activity), by=author)


def test_save_stays_with_the_visit_it_was_started_for(activity, author):
    first = save(content_for(activity), by=author)
    other = ActivityFactory.create(review=activity.review)

    with pytest.raises(Refused, match="stays with the visit"):
        save(content_for(other), by=author, record_id=first.record_id, base=1)


def test_save_counts_numbers_within_each_academy(activity, author):
    numbers = [saved(content_for(activity), by=author).number for _ in range(3)]

    assert numbers == [1, 2, 3]


def test_save_refuses_a_third_visitor(activity, author):
    for _ in range(2):
        save(content_for(activity), by=person(Role.REVIEWER, at=activity.trust))

    with pytest.raises(Refused, match="already has 2 visitors, and at most 2 may be there"):
        save(content_for(activity), by=author)


def test_submit_counts_the_visitors_once_the_record_says_who_was_seen(activity, author):
    teacher = named(activity)
    academy = activity.review.academy
    form = InstrumentVersionFactory.create(instrument__trust=academy.trust)
    visit = RecordContent(
        academy_id=academy.pk, kind=form.instrument.kind, title="Reading", notes=(NOTE,),
        observed_at=AT, minutes=20,
    )  # fmt: skip
    begun = save(visit, by=author)
    for _ in range(2):
        save(replace(visit, observed_id=teacher.pk), by=person(Role.REVIEWER, at=academy.trust))
    said = replace(visit, observed_id=teacher.pk)
    save(said, by=author, record_id=begun.record_id, base=begun.revision)

    record = EvidenceRecord.objects.get(pk=begun.record_id)
    with pytest.raises(Refused, match="already has 2 visitors"):
        operations.submit(record=record, by=author, at=AT)


def test_save_counts_the_visitors_of_a_visit_nobody_planned_where_no_policy_is_in_force(author):
    academy = AcademyFactory.create(trust=author.person.trust)
    form = InstrumentVersionFactory.create(instrument__trust=academy.trust)
    teacher = PostFactory.create(academy=academy).person
    visit = RecordContent(
        academy_id=academy.pk, kind=form.instrument.kind, observed_id=teacher.pk, observed_at=AT
    )
    for _ in range(2):
        save(replace(visit, minutes=30), by=person(Role.REVIEWER, at=academy.trust))

    half_past = replace(visit, observed_at=AT + dt.timedelta(minutes=20))
    with pytest.raises(Refused, match="already has 2 visitors"):
        save(half_past, by=author)
    assert save(replace(visit, observed_at=AT + dt.timedelta(minutes=30)), by=author).created
    assert save(replace(half_past, observed_id=None), by=author).created


def test_save_names_somebody_who_works_there(activity, author):
    teacher = named(activity)

    assert saved(content_for(activity, observed_id=teacher.pk), by=author).observed == teacher


def test_save_refuses_to_name_somebody_from_elsewhere(activity, author):
    for nobody in (PersonFactory.create(trust=activity.trust), PersonFactory.create()):
        with pytest.raises(Refused, match="does not work at this academy"):
            save(content_for(activity, observed_id=nobody.pk), by=author)


def test_save_names_nobody_on_a_learning_walk_unless_it_was_planned_so(author, activity):
    teacher = named(activity)
    form = InstrumentVersionFactory.create(
        instrument__trust=activity.trust,
        instrument__kind=ActivityKind.LEARNING_WALK,
        content={"naming": "OFF", "sections": []},
    )
    facts = {"review": activity.review, "kind": form.instrument.kind, "instrument_version": form}
    walk = ActivityFactory.create(**facts)
    planned = ActivityFactory.create(observed=teacher, **facts)

    with pytest.raises(Refused, match="names nobody"):
        save(content_for(walk, observed_id=teacher.pk), by=author)

    assert saved(content_for(planned, observed_id=teacher.pk), by=author).observed == teacher


@pytest.mark.parametrize("by_plan", [False, True], ids=["the record names", "the plan names"])
def test_save_refuses_a_level_beside_a_name_unless_the_trust_decided_otherwise(
    by_plan, activity, author
):
    teacher = named(activity)
    level = LevelFactory.create(scale__version=activity.review.policy_version)
    both = content_for(activity, observed_id=None if by_plan else teacher.pk, level_id=level.pk)
    Activity.objects.update(observed=teacher if by_plan else None)

    with pytest.raises(Refused, match="carries no level"):
        save(both, by=author)

    trust = activity.trust
    trust.may_level_named_records, trust.level_decision = True, "Board, 3 November 2025"
    trust.save()
    assert saved(both, by=author).level == level


def test_submit_refuses_a_level_once_its_visit_is_planned_to_a_person(activity, author):
    level = LevelFactory.create(scale__version=activity.review.policy_version)
    record = saved(content_for(activity, level_id=level.pk), by=author)
    Activity.objects.update(observed=named(activity))

    with pytest.raises(Refused, match="carries no level"):
        operations.submit(record=record, by=author, at=AT)


def test_save_ties_standards_lines_and_look_fors(activity, author):
    look_for = LookForFactory.create(standard__area__version__policy__trust=activity.trust)
    line = LineOfEnquiryFactory.create(review=activity.review)
    full = content_for(
        activity,
        standards=(look_for.standard_id,),
        lines=(line.pk,),
        look_fors={look_for.pk: "PARTLY"},
        notes=(replace(NOTE, look_fors=(look_for.pk,)),),
    )

    first = save(full, by=author)
    save(
        replace(full, standards=(), lines=(), look_fors={look_for.pk: "SEEN"}),
        by=author,
        record_id=first.record_id,
        base=1,
    )

    record = EvidenceRecord.objects.get()
    assert (record.standards.count(), record.lines.count()) == (0, 0)
    assert record.look_for_marks.get().seen == "SEEN"
    assert record.notes.get().look_for_ids == [str(look_for.pk)]

    save(replace(full, look_fors={}), by=author, record_id=first.record_id, base=2)
    assert not record.look_for_marks.exists()


@pytest.mark.parametrize("what", ["standards", "lines", "look_fors", "team_id", "level_id"])
def test_save_refuses_what_belongs_to_another_trust(what, activity, author):
    foreign = {
        "standards": (StandardFactory.create().pk,),
        "lines": (LineOfEnquiryFactory.create().pk,),
        "look_fors": {LookForFactory.create().pk: "SEEN"},
        "team_id": TeamFactory.create().pk,
        "level_id": LevelFactory.create().pk,
    }

    with pytest.raises(Refused, match=r"not there any more|cannot record evidence there"):
        save(content_for(activity, **{what: foreign[what]}), by=author)

    assert not EvidenceRecord.objects.exists()


def test_save_takes_no_level_that_only_says_in_words(activity, author):
    version = activity.review.policy_version
    words = ScaleFactory.create(version=version, in_words=True).levels.get()

    with pytest.raises(Refused, match="not there any more"):
        save(content_for(activity, level_id=words.pk), by=author)


def test_save_costs_eight_queries_at_most_while_one_types(activity, author):
    first = save(content_for(activity), by=author)
    typed = content_for(activity, notes=(replace(NOTE, text="Every pupil reads aloud."),))
    _ = author.access

    with CaptureQueriesContext(connection) as queries:
        save(typed, by=author, record_id=first.record_id, base=1)

    assert len([q for q in queries if "SAVEPOINT" not in q["sql"]]) <= 8


# ── submit ────────────────────────────────────────────────────────────────────────────────────


def test_submit_hands_a_draft_in(activity, author):
    record = submitted(content_for(activity), by=author)

    assert (record.status, record.submitted_at) == ("SUBMITTED", AT)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"title": "  "}, "Give the record a title"),
        ({"notes": ()}, "Nothing has been noted yet"),
        ({"notes": (operations.NoteContent(text="   ", key="n"),)}, "Nothing has been noted yet"),
        ({"observed_at": AT + dt.timedelta(days=1)}, "has not happened yet"),
    ],
    ids=["no title", "nothing seen", "a blank note", "tomorrow"],
)
def test_submit_refuses_what_is_not_ready_and_keeps_it(changes, words, activity, author):
    draft = saved(content_for(activity, **changes), by=author)

    with pytest.raises(Refused, match=words):
        operations.submit(record=draft, by=author, at=AT)

    draft.refresh_from_db()
    assert draft.status == "DRAFT"


def test_submit_asks_for_required_answers(activity, author):
    version = activity.instrument_version
    version.content["sections"][0]["questions"][0]["required"] = True
    version.save()

    with pytest.raises(Refused, match="Focus"):
        submitted(content_for(activity), by=author)

    assert submitted(content_for(activity, answers={"focus": "Phonics"}), by=author)


def test_submit_says_that_the_activity_is_done_once_for_all_its_observers(activity, author):
    second = person(Role.REVIEWER, at=activity.trust)

    submitted(content_for(activity), by=author)
    submitted(content_for(activity), by=second)

    activity.refresh_from_db()
    told = HistoryEntry.objects.filter(subject_id=activity.pk)
    assert activity.status == "DONE"
    assert [(entry.verb, entry.actor) for entry in told] == [("witness", author)]


def test_save_keeps_a_team_leader_within_their_own_team():
    team = TeamFactory.create()
    other = TeamFactory.create(academy=team.academy)
    InstrumentVersionFactory.create(instrument__trust=team.trust)
    leader = person(Role.TEAM_LEADER, at=team)
    unplanned = RecordContent(
        academy_id=team.academy_id, kind="LESSON_VISIT", title="Reading", notes=(NOTE,)
    )

    with pytest.raises(Refused, match="Choose an academy, or a team, that you record for"):
        save(unplanned, by=leader)
    record = submitted(replace(unplanned, team_id=team.pk), by=leader)
    with pytest.raises(Refused, match="Choose an academy, or a team, that you record for"):
        save(replace(unplanned, team_id=other.pk), by=leader, record_id=record.pk, base=1)

    assert EvidenceRecord.objects.get().team == team


def test_submit_is_for_the_author(activity, author):
    draft = saved(content_for(activity), by=author)

    with pytest.raises(Refused, match="Only its author"):
        operations.submit(record=draft, by=person(Role.QA_LEAD, at=activity.trust), at=AT)


def test_submit_says_when_feedback_is_due_to_a_named_person(activity, author):
    record = submitted(content_for(activity, observed_id=named(activity).pk), by=author)

    assert record.feedback_due_on == dt.date(2025, 11, 19)  # five working days


def test_submit_past_the_visit_budget_needs_a_reason(activity, author):
    teacher = named(activity, person__name="Ellen Corrigan")
    for day in (1, 2, 3):
        EvidenceRecordFactory.create(
            review=activity.review,
            observed=teacher,
            observed_at=AT.replace(month=10, day=day),
            minutes=20,
            submitted=True,
        )
    content = content_for(activity, observed_id=teacher.pk)
    draft = saved(content, by=author)

    with pytest.raises(Refused, match="Ellen Corrigan has 3 visits of 3"):
        operations.submit(record=draft, by=author, at=AT)

    save(
        replace(content, budget_reason="She asked for it."),
        by=author,
        record_id=draft.pk,
        base=1,
    )
    operations.submit(record=draft, by=author, at=AT)
    logged = HistoryEntry.objects.get(subject_id=draft.pk, verb="submitted")
    assert logged.detail["budget_reason"] == "She asked for it."


def test_save_names_somebody_afterwards_only_within_their_budget(activity, author):
    teacher = named(activity)
    visits = [
        EvidenceRecordFactory.create(
            review=activity.review,
            observed=teacher,
            observed_at=AT - dt.timedelta(days=n),
            submitted=True,
        )
        for n in (1, 2, 3)
    ]
    record = submitted(content_for(activity), by=author)
    naming = content_for(activity, observed_id=teacher.pk)

    with pytest.raises(Refused, match="has 3 visits of 3"):
        save(naming, by=author, record_id=record.pk, base=1)

    visits[0].delete()
    save(naming, by=author, record_id=record.pk, base=1)
    record.refresh_from_db()
    assert (record.observed_id, record.feedback_due_on is None) == (teacher.pk, False)


def test_submit_counts_planned_visits_and_pairs_once(activity, author):
    teacher = named(activity)
    for _ in range(2):
        ActivityFactory.create(review=activity.review, observed=teacher)
    paired = ActivityFactory.create(review=activity.review, observed=teacher)
    EvidenceRecordFactory.create(
        review=activity.review, observed=teacher, activity=paired, submitted=True
    )

    assert submitted(content_for(paired, observed_id=teacher.pk), by=author)
    with pytest.raises(Refused, match="has 3 visits of 3"):
        submitted(content_for(activity, observed_id=teacher.pk), by=author)


def test_save_keeps_the_reason_a_visit_was_handed_in_with(activity, author):
    teacher = named(activity)
    content = content_for(activity, observed_id=teacher.pk, budget_reason="She asked.")
    record = submitted(content, by=author)

    with pytest.raises(Refused, match="The reason for this visit is logged"):
        save(replace(content, budget_reason=""), by=author, record_id=record.pk, base=1)


def test_save_keeps_what_a_submitted_record_said_before(activity, author):
    record = submitted(content_for(activity), by=author)
    corrected = content_for(activity, notes=(replace(NOTE, text="Every pupil reads."),))

    save(corrected, by=author, record_id=record.pk, base=1)

    kept = record.earlier.get()
    assert (kept.revision, kept.replaced_at) == (1, AT)
    assert [note["text"] for note in kept.content["notes"]] == [NOTE.text]


def test_save_keeps_no_version_of_a_draft_nor_for_how_a_record_is_filed(activity, author):
    draft = saved(content_for(activity), by=author)
    save(content_for(activity, title="Year 5"), by=author, record_id=draft.pk, base=1)
    handed_in = submitted(content_for(activity), by=author)
    standard = StandardFactory.create(area__version=activity.review.policy_version)
    filed = content_for(activity, standards=(standard.pk,))

    save(filed, by=author, record_id=handed_in.pk, base=1)

    assert not EarlierVersion.objects.exists()


def test_save_corrects_a_submitted_record_but_leaves_it_whole(activity, author):
    record = submitted(content_for(activity), by=author)
    corrected = content_for(activity, notes=(replace(NOTE, text="Every pupil reads."),))

    save(corrected, by=author, record_id=record.pk, base=1)
    assert HistoryEntry.objects.filter(subject_id=record.pk, verb="amended").exists()

    for changes, words in (
        ({"notes": ()}, "instead of taking it out"),
        ({"is_private": True, "notes": corrected.notes}, "as open or private as it was"),
        ({"title": "", "notes": corrected.notes}, "Give the record a title"),
    ):
        with pytest.raises(Refused, match=words):
            save(content_for(activity, **changes), by=author, record_id=record.pk, base=2)


# ── share, see, reply ─────────────────────────────────────────────────────────────────────────


def test_share_opens_a_submitted_record(activity, author):
    record = submitted(content_for(activity), by=author)

    shared = operations.share(record=record, names_checked=False, by=author, at=AT)

    assert (shared.status, shared.shared_at) == ("SHARED", AT)


def test_share_asks_about_name_like_words(activity, author):
    named_note = replace(NOTE, text="Aisha reads aloud to Tom.")
    record = submitted(content_for(activity, notes=(named_note,)), by=author)

    with pytest.raises(Refused, match="look like names: Aisha, Tom"):
        operations.share(record=record, names_checked=False, by=author, at=AT)

    shared = operations.share(record=record, names_checked=True, by=author, at=AT)
    assert shared.names_checked


def test_share_refuses_a_draft_a_strangers_and_a_private_one_about_nobody(activity, author):
    draft = saved(content_for(activity), by=author)
    private = submitted(content_for(activity, is_private=True), by=author)
    other = person(Role.QA_LEAD, at=activity.trust)

    for record, by, words in (
        (draft, author, "Submit the record first"),
        (draft, other, "Only its author"),
        (private, author, "none is named"),
    ):
        with pytest.raises(Refused, match=words):
            operations.share(record=record, names_checked=True, by=by, at=AT)


def test_see_marks_it_read_once_and_reply_adds_words(activity, author):
    teacher = person(Role.STAFF, at=activity.review.academy)
    PostFactory.create(academy=activity.review.academy, person=teacher.person)
    record = submitted(content_for(activity, observed_id=teacher.person_id), by=author)

    for act in (operations.see, operations.reply):
        words = {"text": "First lesson.", "names_checked": False} if act is operations.reply else {}
        with pytest.raises(Refused, match="not shared with you yet"):
            act(record=record, by=teacher, at=AT, **words)

    operations.share(record=record, names_checked=True, by=author, at=AT)
    operations.see(record=record, by=teacher, at=AT)
    operations.see(record=record, by=teacher, at=AT)
    answer = {"text": " First lesson of a new unit. ", "names_checked": False}
    operations.reply(record=record, by=teacher, at=AT, **answer)

    assert list(Reply.objects.order_by("kind").values_list("kind", "text")) == [
        ("CONTEXT", "First lesson of a new unit."),
        ("SEEN", ""),
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("  ", "Write your reply"),
        ("x" * 4_001, "4,000"),
        ("Olivia was upset.", "look like names: Olivia"),
    ],
)
def test_reply_says_something_and_fits(text, words):
    teacher = person(Role.STAFF, at=AcademyFactory.create())
    record = EvidenceRecordFactory.create(
        shared=True, observed=teacher.person, review__academy__trust=teacher.person.trust
    )

    with pytest.raises(Refused, match=words):
        operations.reply(record=record, text=text, names_checked=False, by=teacher, at=AT)


def test_see_and_reply_are_for_the_person_it_is_about(author, activity):
    record = EvidenceRecordFactory.create(shared=True, review=activity.review)

    with pytest.raises(Refused, match="Only the person"):
        operations.see(record=record, by=author, at=AT)
    with pytest.raises(Refused, match="Only the person"):
        operations.reply(record=record, text="No.", names_checked=False, by=author, at=AT)


# ── lock ──────────────────────────────────────────────────────────────────────────────────────


def test_lock_for_settles_what_was_handed_in(activity, author):
    review = activity.review
    draft = saved(content_for(activity), by=author)
    handed_in = EvidenceRecordFactory.create(submitted=True, review=review, author=author.person)
    shared = EvidenceRecordFactory.create(shared=True, review=review)
    elsewhere = EvidenceRecordFactory.create(submitted=True, review=ReviewFactory.create())
    NoteFactory.create(record=handed_in)

    assert operations.lock_for(review=review, at=AT) == 2

    told = HistoryEntry.objects.filter(verb="locked").values_list("subject_id", flat=True)
    assert set(told) == {handed_in.pk, shared.pk}
    statuses = dict(EvidenceRecord.objects.values_list("pk", "status"))
    assert statuses == {
        draft.pk: "DRAFT",
        handed_in.pk: "LOCKED",
        shared.pk: "LOCKED",
        elsewhere.pk: "SUBMITTED",
    }
    with pytest.raises(Refused, match="locked"):
        save(RecordContent(title="New"), by=author, record_id=handed_in.pk, base=1)


def test_lock_for_costs_the_same_for_many_records(activity, django_assert_num_queries):
    for how_many in (1, 5):
        EvidenceRecordFactory.create_batch(how_many, review=activity.review, submitted=True)

        with django_assert_num_queries(5):
            operations.lock_for(review=activity.review, at=AT)


def test_share_reaches_the_person_after_the_record_was_locked(activity, author):
    teacher = PostFactory.create(academy=activity.review.academy).person
    record = EvidenceRecordFactory.create(
        review=activity.review, author=author.person, observed=teacher, submitted=True
    )
    operations.lock_for(review=activity.review, at=AT)

    shared = operations.share(record=record, names_checked=True, by=author, at=AT)

    assert (shared.status, shared.shared_at) == ("LOCKED", AT)
    with pytest.raises(Refused):
        operations.share(record=record, names_checked=True, by=author, at=AT)
