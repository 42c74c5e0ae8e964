import datetime as dt
from uuid import uuid4

import pytest
from django.urls import reverse

from tests.factories import (
    AcademyFactory,
    ActivityFactory,
    DraftSecretFactory,
    EarlierVersionFactory,
    EvidenceRecordFactory,
    InstrumentVersionFactory,
    LevelFactory,
    LineOfEnquiryFactory,
    LookForFactory,
    LookForMarkFactory,
    NoteFactory,
    PolicyVersionFactory,
    PostFactory,
    ReplyFactory,
    ReviewFactory,
    ReviewTeamMemberFactory,
    StandardFactory,
    TeamFactory,
    grant,
    person,
)
from trigpoint.evidence.models import EvidenceRecord, Reply
from trigpoint.people.roles import Role
from trigpoint.reviews.models import Review

pytestmark = pytest.mark.django_db
QUESTIONS = [
    {"key": "focus", "type": "short_text", "label": "Focus", "help": "In a few words."},
    {"key": "long", "type": "long_text", "label": "What happened?"},
    {"key": "calm", "type": "yes_no", "label": "Was it calm?"},
    {"key": "count", "type": "number", "label": "Pupils", "required": True},
    {
        "key": "adults",
        "type": "multiple_choice",
        "label": "Adults",
        "choices": [{"value": "ta", "label": "Assistant"}, {"value": "sp", "label": "Specialist"}],
    },
    {"key": "moments", "type": "running_notes", "label": "Notes", "help": "One moment at a time."},
]


@pytest.fixture
def activity():
    look_for = LookForFactory.create()
    standard = look_for.standard
    review = ReviewFactory.create(
        academy__trust=standard.trust, policy_version=standard.version, title="Reading deep dive"
    )
    line = LineOfEnquiryFactory.create(review=review)
    line.standards.add(standard)
    form = InstrumentVersionFactory.create(
        instrument__trust=standard.trust,
        content={"sections": [{"title": "What was seen", "questions": QUESTIONS}]},
    )
    made = ActivityFactory.create(review=review, instrument_version=form)
    made.lines.add(line)
    return made


@pytest.fixture
def author(activity, client):
    user = person(Role.REVIEWER, at=activity.trust)
    client.force_login(user)
    return user


def address(verb, record_id):
    return reverse(f"evidence:entries-{verb}", args=[record_id])


def record_of(author, activity, **facts):
    return EvidenceRecordFactory.create(
        review=activity.review,
        activity=activity,
        author=author.person,
        instrument_version=activity.instrument_version,
        **facts,
    )


# ── new, capture ──────────────────────────────────────────────────────────────────────────────


def test_new_offers_what_is_planned_and_what_is_begun(client, author, activity):
    activity.reviewers.add(author.person)
    soon = dt.datetime.now(dt.UTC) + dt.timedelta(days=1)
    activity.starts_at, activity.ends_at = soon, soon + dt.timedelta(minutes=30)
    activity.save()
    begun = ActivityFactory.create(review=activity.review, starts_at=soon, ends_at=activity.ends_at)
    begun.reviewers.add(author.person)
    draft = record_of(author, begun, title="Half a record")

    page = client.get(reverse("evidence:entries-new")).content.decode()

    assert f"activity={activity.pk}" in page
    assert f"activity={begun.pk}" not in page
    assert address("capture", draft.pk) in page


def test_new_lists_as_planned_for_a_lead_only_what_they_go_to(client, author, activity):
    activity.review.lead = author.person
    activity.review.save()
    soon = dt.datetime.now(dt.UTC) + dt.timedelta(days=1)
    theirs, mine = (
        ActivityFactory.create(
            review=activity.review, starts_at=soon, ends_at=soon + dt.timedelta(minutes=30)
        )
        for _ in range(2)
    )
    theirs.reviewers.add(person(Role.REVIEWER, at=activity.trust).person)
    mine.reviewers.add(author.person)

    answer = client.get(reverse("evidence:entries-new"))

    assert list(answer.context["activities"]) == [mine]


@pytest.mark.parametrize("keeps_a_role", [True, False])
def test_new_shows_whoever_may_record_no_more_what_waits_and_nowhere_to_begin(
    client, author, activity, keeps_a_role
):
    activity.reviewers.add(author.person)
    author.person.grants.all().delete()
    if keeps_a_role:
        grant(author, Role.TRUSTEE, at=activity.trust)
    where = reverse("evidence:entries-new")

    assert client.get(where).status_code == 403

    DraftSecretFactory.create(person=author.person)
    page = client.get(where).content.decode()
    assert "give you the role back" in page
    assert 'id="device-list"' in page
    assert "/capture/" not in page.replace("evidence/capture/", "")
    assert 'id="planned-h"' not in page


def test_new_with_a_place_leads_on_to_a_fresh_id(client, author, activity):
    page = client.get(reverse("evidence:entries-new"), {"activity": activity.pk}).content.decode()

    assert 'data-mint="go"' in page
    assert f"/capture/?activity={activity.pk}" in page


def test_new_with_a_review_alone_asks_for_the_kind_and_has_the_review_chosen(
    client, author, activity
):
    ReviewFactory.create(academy=activity.review.academy, lead=author.person)
    led = ReviewFactory.create(academy=activity.review.academy, lead=author.person)

    page = client.get(reverse("evidence:entries-new"), {"review": led.pk}).content.decode()

    assert 'data-mint="go"' not in page
    assert f'<option value="{led.pk}" selected>' in page


def test_new_lets_a_guest_begin_in_their_own_review_only(client, activity):
    """Whoever is invited to one review has no academy: the review says where a record belongs."""
    review = activity.review
    client.force_login(person(Role.REVIEWER, at=review))
    over = ReviewFactory.create(academy=review.academy, title="Another")
    record_id = uuid4()

    page = client.get(reverse("evidence:entries-new")).content.decode()
    where = f"review={review.pk}&kind=LESSON_VISIT"
    started = client.get(f"{reverse('evidence:entries-new')}?{where}").content.decode()
    typed = {"title": "Year 4 reading", "new.text": "All read.", "new.kind": "WWW"}
    client.post(f"{address('capture', record_id)}?{where}", typed)

    assert f'<option value="{review.pk}">Reading deep dive, {review.academy}' in page
    assert "Another" not in page
    assert 'name="academy"' not in page
    assert "Start the record" in started
    assert EvidenceRecord.objects.get().academy == review.academy
    assert EvidenceRecord.objects.get().review == review
    assert client.get(f"{address('capture', uuid4())}?review={over.pk}").status_code == 404


def test_new_offers_the_reviews_one_is_on_while_they_are_open(client, author, activity):
    led = ReviewFactory.create(academy=activity.review.academy, lead=author.person)
    off = {"status": Review.Status.CANCELLED, "cancelled_because": "The academy closed that week."}
    ReviewFactory.create(academy=led.academy, lead=author.person, **off)
    joined = ReviewTeamMemberFactory.create(review=activity.review, person=author.person).review

    begin = client.get(reverse("evidence:entries-new")).context["begin"]
    offered = {key for key, _ in begin[0].fields["review"].choices}

    assert [list(form.fields) for form in begin] == [["review", "kind"], ["academy", "kind"]]
    assert offered == {str(led.pk), str(joined.pk)}


def test_capture_opens_a_blank_record_of_an_activity(client, author, activity):
    answer = client.get(address("capture", uuid4()), {"activity": activity.pk})

    page = answer.content.decode()
    assert answer.status_code == 200
    assert activity.title in page
    assert "Was it calm?" in page
    assert "One moment at a time." in page
    assert not EvidenceRecord.objects.exists()


def test_capture_without_scripts_keeps_everything_typed(client, author, activity):
    look_for = activity.lines.get().standards.get().look_fors.get()
    record_id = uuid4()
    typed = {
        "title": "Year 4 reading",
        "minutes": "25",
        "observed_at": "2025-11-12T09:40",
        "lines": [str(activity.lines.get().pk)],
        "standards": [str(look_for.standard_id)],
        "answer.focus": "Suspense",
        "answer.adults": ["ta"],
        f"look_for.{look_for.pk}": "SEEN",
        "new.text": "Every pupil reads aloud.",
        "new.kind": "WWW",
    }

    first = client.post(f"{address('capture', record_id)}?activity={activity.pk}", typed)

    record = EvidenceRecord.objects.get()
    assert first.url == address("capture", record_id)
    assert record.pk == record_id
    assert (record.title, record.minutes, record.observed_at.hour) == ("Year 4 reading", 25, 9)
    assert record.answers == {"focus": "Suspense", "adults": ["ta"]}
    assert record.notes.get().kind == "WWW"
    assert record.look_for_marks.get().seen == "SEEN"

    page = client.get(first.url).content.decode()
    assert "Every pupil reads aloud." in page
    note = record.notes.get()
    again = typed | {
        "base_revision": "1",
        "new.text": "",
        f"note.{note.pk}.text": "Every pupil reads.",
        f"note.{note.pk}.kind": "nonsense",
        f"note.{note.pk}.at": "not a moment 99",
        "finish": "1",
    }
    second = client.post(first.url, again)

    assert second.url == address("show", record_id)
    assert record.notes.get().text == "Every pupil reads."

    gone = again | {"base_revision": "2", f"note.{note.pk}.gone": "on"}
    client.post(first.url, gone)
    assert not record.notes.exists()


def test_capture_shows_what_is_wrong_and_keeps_what_was_typed(client, author, activity):
    answer = client.post(
        f"{address('capture', uuid4())}?activity={activity.pk}",
        {"minutes": "many", "answer.calm": "yes", "new.text": "Kept on the page."},
    )

    assert answer.status_code == 422
    assert "Kept on the page." in answer.content.decode()


def test_capture_without_scripts_shows_both_when_it_was_changed_elsewhere(client, author, activity):
    record = record_of(author, activity, title="Theirs", revision=2)
    NoteFactory.create(record=record, text="Stored meanwhile.")
    url = address("capture", record.pk)
    typed = {"title": "Mine", "new.text": "Typed here.", "base_revision": "1"}

    refused = client.post(url, typed)
    kept = EvidenceRecord.objects.get(pk=record.pk).title
    again = client.post(url, typed | {"base_revision": "2"})

    page = refused.content.decode()
    assert (refused.status_code, kept, again.status_code) == (409, "Theirs", 302)
    assert [words in page for words in ("Stored meanwhile.", "Typed here.")] == [True, True]
    assert 'name="base_revision" value="2"' in " ".join(page.split())
    assert EvidenceRecord.objects.get(pk=record.pk).title == "Mine"


def test_capture_without_scripts_keeps_both_when_asked(client, author, activity):
    record = record_of(author, activity, title="Theirs", revision=2, answers={"long": "Loud."})
    NoteFactory.create(record=record, text="Stored meanwhile.")
    url = address("capture", record.pk)
    typed = {"title": "Mine", "new.text": "Typed here.", "answer.long": "Calm."}

    refused = client.post(url, typed | {"base_revision": "1"}).content.decode()
    client.post(url, typed | {"base_revision": "2", "both": "1"})

    record.refresh_from_db()
    assert 'name="both"' in refused
    assert {note.text for note in record.notes.all()} == {"Stored meanwhile.", "Typed here."}
    assert (record.title, record.answers) == ("Mine", {"long": "Calm.\n\nLoud."})


def test_capture_keeps_what_was_typed_when_the_rules_say_no(client, author, activity):
    record = record_of(author, activity, shared=True)

    refused = client.post(
        address("capture", record.pk), {"new.text": "Too late.", "base_revision": record.revision}
    )

    assert refused.status_code == 409
    assert "Too late." in refused.content.decode()


def test_capture_of_a_visit_nobody_planned_asks_for_academy_and_kind(client):
    standard = StandardFactory.create(expected_kinds=["BOOK_SCRUTINY"])
    academy = AcademyFactory.create(trust=standard.trust)
    InstrumentVersionFactory.create(
        instrument__trust=academy.trust, instrument__kind="BOOK_SCRUTINY"
    )
    client.force_login(person(Role.HEADTEACHER, at=academy))
    there = {"academy": academy.pk, "kind": "BOOK_SCRUTINY"}

    answer = client.get(address("capture", uuid4()), there)

    assert answer.status_code == 200
    assert standard.title in answer.content.decode()


@pytest.mark.parametrize(
    "where",
    [{}, {"activity": uuid4()}, {"academy": "nonsense"}, {"review": uuid4()}],
    ids=["nowhere", "no such activity", "no id at all", "no such review"],
)
def test_capture_nowhere_is_not_found(where, client, author):
    assert client.get(address("capture", uuid4()), where).status_code == 404


@pytest.mark.parametrize("guest", [False, True], ids=["another academy's head", "guest reviewer"])
def test_capture_elsewhere_never_offers_that_academys_staff(guest, client, activity):
    elsewhere = PostFactory.create(academy__trust=activity.trust, person__name="Moira Fell")
    own = AcademyFactory.create(trust=activity.trust)
    user = person(Role.REVIEWER, at=activity.review) if guest else person(Role.HEADTEACHER, at=own)
    client.force_login(user)
    asked = {"academy": elsewhere.academy_id, "kind": activity.kind}

    assert client.get(address("capture", uuid4()), asked).status_code == 404


def test_capture_for_a_kind_without_a_form_is_not_found(client):
    academy = AcademyFactory.create()
    client.force_login(person(Role.HEADTEACHER, at=academy))
    there = {"academy": academy.pk, "kind": "STAFF_VOICE"}

    assert client.get(address("capture", uuid4()), there).status_code == 404


def test_capture_of_somebody_elses_record_is_not_found(client, author, activity):
    other = EvidenceRecordFactory.create(submitted=True, review=activity.review)

    assert client.get(address("capture", other.pk)).status_code == 404


# ── index, show ───────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "moment", ["0001-01-01T00:00+14:00", "9999-12-31T23:59-12:00", "0001-01-01T00:00"]
)
def test_capture_takes_no_moment_out_of_all_reckoning(client, author, activity, moment):
    record = record_of(author, activity)
    note = {"note.a.text": "Calm start.", "note.a.at": moment}

    refused = client.post(address("capture", record.pk), {"observed_at": moment[:16], **note})
    kept = client.post(address("capture", record.pk), {"base_revision": record.revision, **note})

    assert refused.status_code == 422
    assert "Give a date between 2000 and 2100." in refused.content.decode()
    assert kept.status_code == 302
    assert record.notes.get().noted_at is None


def test_capture_refuses_a_level_where_the_activity_names_a_person(client, author, activity):
    level = LevelFactory.create(scale__version=activity.review.policy_version)
    record = record_of(author, activity, title="One", level=level)
    activity.observed = PostFactory.create(academy=activity.review.academy).person
    activity.save()

    answer = client.post(address("capture", record.pk), {"title": "Two", "base_revision": "1"})

    assert answer.status_code == 409
    assert "carries no level" in answer.content.decode()
    record.refresh_from_db()
    assert record.title == "One"


def test_show_tells_the_author_all_and_what_comes_next(client, author, activity):
    record = record_of(
        author, activity, answers={"focus": "Suspense", "adults": ["ta"], "calm": True}
    )
    for kind in ("RUNNING", "WWW", "EBI", "QUESTION"):
        NoteFactory.create(record=record, kind=kind, text=f"A note of {kind}")
    LookForMarkFactory.create(
        record=record, look_for=activity.lines.get().standards.get().look_fors.get()
    )

    page = client.get(address("show", record.pk)).content.decode()

    for words in ("A note of EBI", "Suspense", "Assistant", "Yes", "Only you, until", "Submit"):
        assert words in page


def test_show_says_what_is_missing_before_a_draft_can_be_submitted(client, author, activity):
    record = record_of(author, activity)
    blocked = "Nothing has been noted yet. Add a note or answer a question first."

    assert blocked in client.get(address("show", record.pk)).content.decode()

    NoteFactory.create(record=record)

    assert blocked not in client.get(address("show", record.pk)).content.decode()


def test_show_costs_the_same_for_any_number_of_notes(client, author, activity, assert_flat):
    record = record_of(author, activity, submitted=True)

    assert_flat(
        address("show", record.pk),
        add_row=lambda: NoteFactory.create(record=record),
        at_most=20,
    )


def test_show_keeps_what_it_said_before_for_its_author_and_those_who_weigh(
    client, author, activity
):
    teacher = person(Role.STAFF, at=activity.review.academy)
    record = record_of(author, activity, shared=True, observed=teacher.person)
    said = {"title": "Reading", "notes": [{"text": "Half wait."}], "answers": {"calm": True}}
    EarlierVersionFactory.create(record=record, content=said)
    head = person(Role.HEADTEACHER, at=activity.review.academy)
    lead = person(Role.QA_LEAD, at=activity.trust)

    reads = {}
    for user in (author, lead, head, teacher):
        client.force_login(user)
        page = client.get(address("show", record.pk)).content.decode()
        reads[user] = ("Half wait." in page, "Was it calm?" in page)

    assert reads == {
        author: (True, True),
        lead: (True, True),
        head: (False, False),
        teacher: (False, False),
    }


def test_show_says_who_can_read_it(client, author, activity):
    head = person(Role.HEADTEACHER, at=activity.review.academy)
    head.person.name = "Tom Lowe"
    head.person.save()
    lead = person(Role.QA_LEAD, at=activity.trust)
    record = record_of(author, activity, submitted=True)

    before = client.get(address("show", record.pk)).context["who"]
    EvidenceRecord.objects.update(status="SHARED", shared_at=record.submitted_at)
    after = client.get(address("show", record.pk)).context["who"]

    assert before == (
        f"You and {lead.person.name} (Trust QA lead). Once it is shared, also the academy's "
        "leaders. No trustee or governor."
    )
    assert "Tom Lowe (Headteacher or academy QA lead)" in after


def test_show_leads_back_to_a_list_its_reader_may_open(client, author, activity):
    team = TeamFactory.create(academy=activity.review.academy)
    record = record_of(author, activity, shared=True, team=team)
    of_review = reverse("evidence:room-index", args=[activity.review_id])

    assert of_review in client.get(address("show", record.pk)).content.decode()

    client.force_login(person(Role.TEAM_LEADER, at=team))
    page = client.get(address("show", record.pk)).content.decode()

    assert of_review not in page
    assert f'<li><a href="{reverse("evidence:room-index")}">Evidence</a></li>' in page


def test_show_of_a_private_record_says_nobody_else_ever_will(client, author, activity):
    teacher = PostFactory.create(academy=activity.review.academy).person
    record = record_of(author, activity, shared=True, is_private=True, observed=teacher)

    who = client.get(address("show", record.pk)).context["who"]

    assert who == f"You and {teacher.name}. It is private, so nobody else ever will."


def test_show_to_the_person_it_is_about_offers_to_read_and_reply(client, activity):
    teacher = person(Role.STAFF, at=activity.review.academy)
    record = EvidenceRecordFactory.create(
        shared=True, review=activity.review, observed=teacher.person
    )
    client.force_login(teacher)

    page = client.get(address("show", record.pk)).content.decode()

    assert "I have read this" in page
    assert "Reply or add context" in page

    ReplyFactory.create(record=record, author=teacher.person)
    ReplyFactory.create(record=record, author=teacher.person, kind="SEEN", text="")
    page = client.get(address("show", record.pk)).content.decode()
    assert "has read this" in page
    assert "first lesson of a new unit" in page


def test_show_gives_every_fact_of_a_full_record(client, author, activity):
    teacher = PostFactory.create(academy=activity.review.academy).person
    look_for = activity.review.policy_version.standards.get().look_fors.get()
    record = record_of(
        author,
        activity,
        shared=True,
        status="LOCKED",
        budget_reason="A second look was asked for",
        observed=teacher,
        team=TeamFactory.create(academy=activity.review.academy, name="Key stage 2"),
        subject="Reading",
        year_groups="Year 4",
        group_described="Six pupils with their books",
        group_size=6,
        level=LevelFactory.create(scale__version__policy__trust=activity.trust),
    )

    record.lines.set(activity.lines.all())
    record.standards.set([look_for.standard])
    NoteFactory.create(record=record, look_for_ids=[str(look_for.pk)])

    page = client.get(address("show", record.pk)).content.decode()

    for words in (
        *(teacher.name, "Key stage 2", "Year 4", "books, 6", "Meets standard", "Locked"),
        *("A second look was asked for", look_for.text, activity.lines.get().question),
        f"<strong>{look_for.standard.code}</strong> {look_for.standard.title}",
    ):
        assert words in page


def test_show_of_a_draft_says_which_answers_go_when_it_is_submitted(client, author, activity):
    form = activity.instrument_version
    condition = {"question": "calm", "any_of": ["no"]}
    asked = [
        {"key": "calm", "type": "yes_no", "label": "Was it calm?"},
        {"key": "why", "type": "short_text", "label": "Why not?", "shown_if": condition},
    ]
    form.content = {"sections": [{"title": "What was seen", "questions": asked}]}
    form.save()
    record = record_of(author, activity, answers={"calm": "no", "why": "Rain."})
    assert "Not asked any more" not in client.get(address("show", record.pk)).content.decode()

    record.answers = {"calm": "yes", "why": "Rain."}
    record.save()

    page = client.get(address("show", record.pk)).content.decode()
    assert page.index("Not asked any more") < page.index("Rain.")


@pytest.mark.parametrize("role", [Role.TRUSTEE, Role.DPO, Role.ADMINISTRATOR, Role.STAFF])
def test_show_is_not_there_for_those_evidence_is_not_for(role, client, activity):
    record = EvidenceRecordFactory.create(shared=True, review=activity.review)
    client.force_login(person(role, at=activity.trust))

    assert client.get(address("show", record.pk)).status_code == 404


# ── submit, share, see, reply ─────────────────────────────────────────────────────────────────


def test_submit_hands_it_in(client, author, activity):
    record = record_of(author, activity, answers={"count": "28"})
    NoteFactory.create(record=record)

    answer = client.post(address("submit", record.pk))

    record.refresh_from_db()
    assert answer.url == address("show", record.pk)
    assert (record.status, record.answers) == ("SUBMITTED", {"count": 28})


def test_submit_refuses_in_words(client, author, activity):
    record = record_of(author, activity)

    answer = client.post(address("submit", record.pk))

    assert answer.status_code == 409
    assert "Nothing has been noted yet" in answer.content.decode()


def test_share_asks_about_names_first(client, author, activity):
    record = record_of(author, activity, submitted=True)
    NoteFactory.create(record=record, text="Aisha reads to Tom.")
    url = address("share", record.pk)

    assert "Aisha" in client.get(url).content.decode()
    assert client.post(url).status_code == 422
    assert client.post(url, {"names_checked": "on"}).url == address("show", record.pk)
    record.refresh_from_db()
    assert record.status == "SHARED"


def test_share_without_such_words_is_one_press(client, author, activity):
    record = record_of(author, activity, submitted=True)

    assert "No word in it looks like" in client.get(address("share", record.pk)).content.decode()
    assert client.post(address("share", record.pk)).status_code == 302


@pytest.mark.parametrize(
    ("is_private", "words"), [(True, "nobody else ever will"), (False, "leaders will read it")]
)
def test_share_says_who_will_read_it(is_private, words, client, author, activity):
    teacher = PostFactory.create(academy=activity.review.academy).person
    record = record_of(author, activity, submitted=True, observed=teacher, is_private=is_private)

    page = client.get(address("share", record.pk)).content.decode()

    assert teacher.name in page
    assert words in page


def test_share_of_somebody_elses_record_is_refused(client, author, activity):
    record = EvidenceRecordFactory.create(submitted=True, review=activity.review)

    answer = client.post(address("share", record.pk), {"names_checked": "on"})

    assert answer.status_code == 409
    record.refresh_from_db()
    assert record.status == "SUBMITTED"


def test_see_and_reply_are_kept(client, activity):
    teacher = person(Role.STAFF, at=activity.review.academy)
    record = EvidenceRecordFactory.create(
        shared=True, review=activity.review, observed=teacher.person
    )
    client.force_login(teacher)

    assert client.post(address("see", record.pk)).status_code == 302
    assert client.get(address("reply", record.pk)).status_code == 200
    assert client.post(address("reply", record.pk), {"text": ""}).status_code == 422
    assert client.post(address("reply", record.pk), {"text": "New unit."}).status_code == 302

    assert set(Reply.objects.values_list("kind", flat=True)) == {"SEEN", "CONTEXT"}

    said = {"text": "Olivia was upset."}
    asked = client.post(address("reply", record.pk), said)
    assert asked.status_code == 422
    assert "look like names: Olivia" in asked.content.decode()
    assert 'type="checkbox"' in asked.content.decode()
    assert (
        client.post(address("reply", record.pk), said | {"names_checked": "on"}).status_code == 302
    )


def test_see_is_not_for_others(client, author, activity):
    record = EvidenceRecordFactory.create(shared=True, review=activity.review)

    assert client.post(address("see", record.pk)).status_code == 409


def test_reply_is_not_for_others(client, author, activity):
    record = EvidenceRecordFactory.create(shared=True, review=activity.review)

    answer = client.post(address("reply", record.pk), {"text": "New unit."})

    assert answer.status_code == 409
    assert "New unit.</textarea>" in answer.content.decode()


def test_new_costs_few_queries(client, author, activity, django_assert_max_num_queries):
    PolicyVersionFactory.create(policy__trust=activity.trust)
    with django_assert_max_num_queries(14):
        client.get(reverse("evidence:entries-new"))


@pytest.fixture
def team(client):
    made = TeamFactory.create(name="Reading", academy__name="Thornmere")
    InstrumentVersionFactory.create(instrument__trust=made.trust)
    return made


def test_capture_of_an_unplanned_visit_belongs_to_the_team_leaders_own_team(client, team):
    client.force_login(person(Role.TEAM_LEADER, at=team))
    where = f"?academy={team.academy_id}&kind=LESSON_VISIT"
    url = address("capture", uuid4()) + where

    shown = client.get(url)
    saved = client.post(url, {"title": "Year 4", "new.text": "Calm.", "finish": "1"})

    assert b"Reading, Thornmere" in shown.content
    assert saved.status_code == 302
    record = EvidenceRecord.objects.get()
    assert record.team == team
    assert client.post(address("submit", record.pk)).status_code == 302


def test_new_offers_the_teams_of_somebody_who_leads_several(client, team):
    leader = person(Role.TEAM_LEADER, at=team)
    client.force_login(leader)
    assert "team" not in client.get(reverse("evidence:entries-new")).context["form"].fields
    second = TeamFactory.create(name="Phonics", academy=team.academy)
    grant(leader, Role.TEAM_LEADER, at=second)

    offered = client.get(reverse("evidence:entries-new")).context["form"].fields["team"].choices
    where = f"?academy={team.academy_id}&team={team.pk}&kind=LESSON_VISIT"
    sheet = client.get(address("capture", uuid4()) + where).context["sheet"]

    assert [label for _, label in offered] == ["Phonics, Thornmere", "Reading, Thornmere"]
    assert sheet.content.team_id == team.pk


@pytest.mark.parametrize("name", ["title", "answer.focus", "new.text", "note.a\0.text", "observed"])
def test_capture_refuses_a_character_no_database_keeps(client, author, activity, name):
    url = address("capture", uuid4()) + f"?activity={activity.pk}"

    answer = client.post(url, {name: "nul \0"})

    assert answer.status_code == 422
    assert "holds a character that cannot be stored" in answer.content.decode()


@pytest.mark.parametrize(
    "facts",
    [{"observed_at": "0001-01-01T00:00"}, {"base_revision": "9" * 5000}, {"minutes": "9" * 5000}],
    ids=["long ago", "a revision nobody has", "a lifetime"],
)
def test_capture_never_breaks_on_what_no_visit_has(client, author, activity, facts):
    url = address("capture", uuid4()) + f"?activity={activity.pk}"

    assert client.post(url, {"title": "Reading", **facts}).status_code in (302, 409, 422)
