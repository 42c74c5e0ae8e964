import pytest
from django.urls import reverse

from tests.evidence.entries.test_operations import content_for, named, save, saved
from tests.factories import (
    ActivityFactory,
    AttachmentFactory,
    EarlierVersionFactory,
    EvidenceRecordFactory,
    InstrumentLabelsFactory,
    LookForFactory,
    StandardFactory,
    person,
)
from trigpoint.evidence.entries import operations
from trigpoint.evidence.models import EvidenceRecord
from trigpoint.instruments.models import InstrumentVersion
from trigpoint.people.roles import Role
from trigpoint.records.refusals import Refused
from trigpoint.reviews.models import Activity

pytestmark = pytest.mark.django_db
CAME = {"key": "came", "type": "yes_no", "label": "Did they come?"}
WHO = {"key": "who", "type": "short_text", "label": "Who came?",
       "shown_if": {"question": "came", "any_of": ["yes"]}}  # fmt: skip
LEVEL = {"key": "well", "type": "level", "label": "How well?", "scale": "SM",
         "choices": [{"value": "s", "label": "S Strong"}, {"value": "m", "label": "M Met"}]}  # fmt: skip
PHOTO = {"key": "books", "type": "photo", "label": "Photos of books"}
CONTENT = {
    "naming": "OPTIONAL",
    "sections": [
        {"title": "Part", "key": "part", "questions": [CAME, WHO, LEVEL, PHOTO]},
        {"title": "Time on task", "key": "task", "repeats": {"most": 3, "word": "Snapshot"},
         "questions": [{"key": "busy", "type": "yes_no", "label": "Busy?"},
                       {"key": "doing", "type": "short_text", "label": "Doing what?"}]},
    ],
}  # fmt: skip


@pytest.fixture
def activity():
    activity = ActivityFactory.create()
    InstrumentVersion.objects.update(content=CONTENT)
    return activity


@pytest.fixture
def author(activity):
    return person(Role.REVIEWER, at=activity.trust)


def page_of(client, record):
    return client.get(reverse("evidence:entries-capture", args=[record.pk])).content.decode()


def test_capture_draws_repeats_and_reads_them_back(client, activity, author):
    record = saved(content_for(activity, answers={"task": [{"busy": True}]}), by=author)
    client.force_login(author)
    page = page_of(client, record)
    sent = {
        "base_revision": "1", "title": "Year 4",
        "answer.task.1.busy": "yes", "answer.task.1.doing": "Reading",
        "answer.task.2.busy": "no", "answer.task.2.doing": "", "answer.task.3.doing": "",
        "answer.came": "no", "answer.who": "A governor",
    }  # fmt: skip

    client.post(reverse("evidence:entries-capture", args=[record.pk]), sent)

    assert "Snapshot 2" in page
    assert "Snapshot 3" not in page
    record.refresh_from_db()
    assert record.answers == {
        "came": "no", "who": "A governor",
        "task": [{"busy": "yes", "doing": "Reading"}, {"busy": "no"}],
    }  # fmt: skip


def test_capture_marks_what_is_not_asked_for_what_is_stored(client, activity, author):
    record = saved(content_for(activity, answers={"came": "no", "who": "Kept"}), by=author)
    client.force_login(author)

    page = page_of(client, record)

    assert "Only if “Did they come?” is Yes" in page
    assert 'value="Kept"' in page
    save(content_for(activity, answers={"came": "yes"}), by=author, record_id=record.pk, base=1)
    assert "Only if" not in page_of(client, record)


def test_submit_drops_what_is_not_shown_and_show_reads_the_rest(client, activity, author):
    answers = {"came": "no", "who": "Gone", "task": [{"busy": "yes"}, {}, {"doing": "Maths"}]}
    record = operations.submit(
        record=saved(content_for(activity, answers=answers), by=author),
        by=author,
        at=operations.timezone.now(),
    )
    client.force_login(author)

    page = client.get(reverse("evidence:entries-show", args=[record.pk])).content.decode()

    assert record.answers == {"came": False, "task": [{"busy": True}, {"doing": "Maths"}]}
    assert "Snapshot 2: Doing what?" in page
    assert "Gone" not in page


@pytest.mark.parametrize("by_plan", [False, True], ids=["the record names", "the plan names"])
def test_save_refuses_a_level_answer_beside_a_name_unless_the_trust_decided_otherwise(
    by_plan, activity, author
):
    teacher = named(activity)
    Activity.objects.update(observed=teacher if by_plan else None)
    said = content_for(activity, observed_id=None if by_plan else teacher.pk, answers={"well": "s"})

    with pytest.raises(Refused, match="carries no level"):
        save(said, by=author)

    trust = activity.trust
    trust.may_level_named_records, trust.level_decision = True, "Board, 3 November 2025"
    trust.save()
    assert saved(said, by=author).answers == {"well": "s"}


def test_submit_refuses_a_level_answer_once_its_visit_is_planned_to_a_person(activity, author):
    record = saved(content_for(activity, answers={"well": "m"}), by=author)
    Activity.objects.update(observed=named(activity))

    with pytest.raises(Refused, match="carries no level"):
        operations.submit(record=record, by=author, at=operations.timezone.now())


def test_names_in_repeats_are_looked_at_before_sharing(client, activity, author):
    answers = {"task": [{"doing": "Charlotte and Oliver read"}]}
    record = operations.submit(
        record=saved(content_for(activity, answers=answers), by=author),
        by=author,
        at=operations.timezone.now(),
    )

    with pytest.raises(Refused, match="Charlotte"):
        operations.share(
            record=record, names_checked=False, by=author, at=operations.timezone.now()
        )


def own_words(activity):
    InstrumentLabelsFactory.create(
        academy=activity.review.academy,
        instrument=activity.instrument_version.instrument,
        name="Drop-in",
        labels={"came": "Were they there?"},
    )


def test_an_academys_words_stand_where_its_records_are_written(client, activity, author):
    own_words(activity)
    record = saved(content_for(activity, answers={"came": "yes"}), by=author)
    client.force_login(author)

    read = client.get(reverse("evidence:entries-show", args=[record.pk])).content.decode()

    assert "Were they there?" in page_of(client, record)
    assert "Only if “Were they there?” is Yes" not in page_of(client, record)
    assert "Were they there?" in read
    assert "Did they come?" not in read
    assert "Drop-in" in read


def test_a_record_handed_in_reads_as_the_trust_asked_and_so_does_what_it_said_before(
    client, activity, author
):
    record = EvidenceRecordFactory.create(
        review=activity.review, activity=activity, author=author.person, submitted=True,
        instrument_version=activity.instrument_version, answers={"came": False},
    )  # fmt: skip
    EarlierVersionFactory.create(record=record, content={"answers": {"came": True}})
    own_words(activity)
    client.force_login(author)

    read = client.get(reverse("evidence:entries-show", args=[record.pk])).content.decode()

    assert read.count("Did they come?") == 2
    for page in (read, page_of(client, record)):
        assert "Did they come?" in page
        assert "Were they there?" not in page
        assert "Drop-in" not in page


def test_capture_asks_for_the_look_fors_its_form_is_bound_to(client, activity, author):
    version = activity.review.policy_version
    bound = LookForFactory.create(
        standard=StandardFactory.create(area__version=version, code="T9"),
        text="Words are explained",
    )
    other = LookForFactory.create(
        standard=StandardFactory.create(area__version=version, code="C1"), text="Nothing to do with"
    )
    content = {"sections": [{"title": "P", "questions": [
        {"key": "seen", "type": "look_fors", "label": "Seen", "standards": ["T9"]}]}]}  # fmt: skip
    InstrumentVersion.objects.update(content=content)
    record = saved(content_for(activity, standards=(other.standard_id,)), by=author)
    client.force_login(author)

    page = page_of(client, record)

    assert f"look_for.{bound.pk}" in page
    assert f"look_for.{other.pk}" not in page


def test_capture_keeps_in_sight_what_was_marked_and_is_asked_for_no_longer(
    client, activity, author
):
    version = activity.review.policy_version
    marked = LookForFactory.create(standard__area__version=version)
    record = saved(content_for(activity, look_fors={marked.pk: "PARTLY"}), by=author)
    client.force_login(author)

    page = page_of(client, record)
    sent = {"title": "Y", "base_revision": record.revision, f"look_for.{marked.pk}": "PARTLY"}
    client.post(reverse("evidence:entries-capture", args=[record.pk]), sent)

    assert f'name="look_for.{marked.pk}"' in page
    assert record.look_for_marks.get().seen == "PARTLY"


def test_capture_asks_for_photos_of_a_question(client, activity, author):
    record = saved(content_for(activity), by=author)
    AttachmentFactory.create(record=record, question="books")
    client.force_login(author)

    page = page_of(client, record)

    assert "Photos of books" in page
    assert '<option value="books">' in page
    assert EvidenceRecord.objects.get().attachments.get().question == "books"


# ── answers of an earlier form ────────────────────────────────────────────────────────────────


@pytest.fixture
def carrying(client, activity, author):
    """A draft with an answer that its form, published anew since, does not ask for."""
    answers = {"came": True, "aim": "To read <aloud>", "well": "s"}
    record = saved(content_for(activity, answers=answers), by=author)
    client.force_login(author)
    return record


def test_capture_shows_and_keeps_what_an_earlier_form_asked(client, carrying):
    page = page_of(client, carrying)
    sent = {"title": "Year 4", "base_revision": carrying.revision, "answer.came": "yes"}
    assert "Kept from the earlier form" in page
    assert "aim: To read &lt;aloud&gt;" in page
    assert 'data-answer="&quot;To read &lt;aloud&gt;&quot;"' in page

    client.post(reverse("evidence:entries-capture", args=[carrying.pk]), sent)

    carrying.refresh_from_db()
    assert carrying.answers == {"came": "yes", "aim": "To read <aloud>"}


def test_capture_takes_out_what_an_earlier_form_asked_when_told_so(client, carrying):
    sent = {"title": "Year 4", "base_revision": carrying.revision, "carried.aim.gone": "on"}

    client.post(reverse("evidence:entries-capture", args=[carrying.pk]), sent)

    carrying.refresh_from_db()
    assert carrying.answers == {}
    assert 'id="carried-list">' in page_of(client, carrying)
    assert "aim: To read" not in page_of(client, carrying)


def test_show_shows_what_an_earlier_form_asked_and_submitting_says_what_to_do(client, carrying):
    shown = client.get(reverse("evidence:entries-show", args=[carrying.pk])).content.decode()
    answer = client.post(reverse("evidence:entries-submit", args=[carrying.pk]))

    assert "Kept from the earlier form" in shown
    assert "To read &lt;aloud&gt;" in shown
    assert answer.status_code == 409
    assert "take it out" in answer.content.decode()
