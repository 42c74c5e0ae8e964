import datetime as dt
from dataclasses import replace
from uuid import uuid4

import pytest
import time_machine
from django.utils import timezone

from tests.factories import (
    AcademyFactory,
    AttachmentFactory,
    CitationFactory,
    ClaimFactory,
    EvidenceRecordFactory,
    InstrumentVersionFactory,
    PostFactory,
    RecordTagFactory,
    ReplyFactory,
    ReviewFactory,
    StandardFactory,
    TrustFactory,
    person,
)
from tests.parallel import all_at_once, said
from trigpoint.evidence.entries import operations as entries
from trigpoint.evidence.entries import queries as entry_queries
from trigpoint.evidence.entries.operations import RecordContent
from trigpoint.evidence.imports import operations, queries, tasks
from trigpoint.evidence.models import EvidenceImport, EvidenceRecord, ImportedRow, Note, Tag
from trigpoint.instruments.models import ActivityKind
from trigpoint.judgements.claims.queries import system_cited
from trigpoint.people.roles import Role
from trigpoint.records.models import HistoryEntry
from trigpoint.records.refusals import Refused
from trigpoint.trusts.models import Academy

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 1, 12, tzinfo=dt.UTC)
TODAY = NOW.date()
QUESTION = {"key": "proud", "type": "long_text", "label": "Proud of?", "required": True}
UNDO = 37  # queries
ASKS = {"sections": [{"key": "s", "title": "S", "questions": [QUESTION]}]}
FILE = """School,Date,Type,Comments,Observer,Teacher,Grade
Hill Academy,2024-11-12,Book look,Careful work,J Fell,,Good
100002,2024-11-13,,Calm starts,J Fell,Ann Ash,Outstanding
Nowhere,2024-11-14,,Lost,J Fell,,
Hill Academy,2024-11-12,Book look,Careful work,J Fell,,Good
"""


@pytest.fixture
def lead():
    user = person(Role.QA_LEAD, at=TrustFactory.create())
    trust = user.person.trust
    AcademyFactory.create(trust=trust, name="Hill Academy", urn=100001)
    vale = AcademyFactory.create(trust=trust, name="Vale Academy", urn=100002)
    PostFactory.create(academy=vale, person__name="Ann Ash", person__trust=trust)
    for kind in ("LESSON_VISIT", "BOOK_SCRUTINY"):
        InstrumentVersionFactory.create(
            instrument__trust=trust,
            instrument__kind=kind,
            instrument__name=kind,
            status="PUBLISHED",
            published_on=TODAY,
        )
    return user


def checked(lead, text=FILE, **said):
    upload = operations.upload(
        trust=lead.person.trust, data=text.encode(), name="visits.csv", by=lead
    )
    asked = {"chosen": upload.matched["columns"], "kind": "LESSON_VISIT", "order": None} | said
    return operations.match(upload=upload, by=lead, on=TODAY, **asked)


def brought_in(lead, text=FILE):
    return operations.confirm(upload=checked(lead, text), leave_out=True, by=lead, at=NOW)


def test_upload_and_match_write_no_record(lead):
    upload = checked(lead)

    assert [row["outcome"] for row in upload.rows] == ["ADDED", "ADDED", "REFUSED", "KNOWN"]
    assert not EvidenceRecord.objects.exists()


def test_confirm_brings_in_whole_rows_and_says_where_they_come_from(lead):
    upload = brought_in(lead)

    hill, vale = EvidenceRecord.objects.order_by("academy__name")
    assert (hill.kind, hill.author, hill.status) == ("BOOK_SCRUTINY", lead.person, "SUBMITTED")
    assert (hill.imported_from, hill.number) == ("visits.csv, row 2", 1)
    assert timezone.localtime(hill.observed_at).date() == dt.date(2024, 11, 12)
    assert list(hill.notes.order_by("position").values_list("text", flat=True)) == [
        "Seen by J Fell, the spreadsheet says.",
        "Careful work",
        "Level in the spreadsheet: Good",
    ]
    assert vale.observed.name == "Ann Ash"
    assert not Note.objects.filter(text__contains="Outstanding").exists()
    assert (hill.level, vale.level, vale.shared_at) == (None, None, None)
    assert upload.lines == []
    assert "facts" not in upload.rows[0]
    assert HistoryEntry.objects.filter(verb="imported", actor=lead).count() == 2


def test_match_takes_an_academy_of_a_shared_name_by_its_urn_alone(lead):
    AcademyFactory.create(trust=lead.person.trust, name="Vale  academy", urn=100003)
    said = "School,Date,Comments\n{},2024-11-12,Calm\n"

    by_name, by_urn = (checked(lead, said.format(it)).rows[0] for it in ("Vale Academy", "100002"))

    assert by_name["outcome"] == "REFUSED"
    assert by_name["words"] == "2 academies are called Vale Academy. Write the URN instead."
    assert (by_urn["outcome"], by_urn["academy"]) == ("ADDED", "Vale Academy, URN 100002")


def own_lesson_of(lead):
    """A spreadsheet with a visit to the importer, who has a post at the academy."""
    there = Academy.objects.get(name="Vale Academy")
    PostFactory.create(academy=there, person=lead.person)
    return f"School,Date,Comments,Teacher\nVale Academy,2024-11-13,Calm,{lead.person.name}\n"


def test_match_refuses_a_row_about_the_importer_and_somebody_else_brings_it_in(lead):
    upload = checked(lead, own_lesson_of(lead))
    other = person(Role.QA_LEAD, at=lead.person.trust)
    asked = {"chosen": upload.matched["columns"], "kind": "LESSON_VISIT", "order": None}
    own = [row["outcome"] for row in upload.rows]

    upload = operations.match(upload=upload, by=other, on=TODAY, **asked)
    operations.confirm(upload=upload, leave_out=False, by=other, at=NOW)

    made = EvidenceRecord.objects.get()
    assert own == ["REFUSED"]
    assert (made.author, made.observed) == (other.person, lead.person)


def test_confirm_by_the_person_a_row_names_is_refused(lead):
    other = person(Role.QA_LEAD, at=lead.person.trust)
    upload = checked(other, own_lesson_of(lead))

    with pytest.raises(Refused, match="Match the columns again"):
        operations.confirm(upload=upload, leave_out=True, by=lead, at=NOW)

    assert not EvidenceRecord.objects.exists()


def test_confirm_numbers_on_from_what_is_there(lead):
    at = Academy.objects.get(name="Hill Academy")
    EvidenceRecordFactory.create(review=ReviewFactory.create(academy=at), number=41)

    brought_in(lead)

    assert EvidenceRecord.objects.get(imported_from="visits.csv, row 2").number == 42


def test_confirm_leaves_rows_with_problems_out_only_when_told_to(lead):
    upload = checked(lead)

    with pytest.raises(Refused, match="1 rows have problems"):
        operations.confirm(upload=upload, leave_out=False, by=lead, at=NOW)
    assert not EvidenceRecord.objects.exists()


def test_the_same_file_again_adds_nothing(lead):
    brought_in(lead)

    again = checked(lead)

    assert [row["outcome"] for row in again.rows] == ["KNOWN", "KNOWN", "REFUSED", "KNOWN"]
    with pytest.raises(Refused, match="nothing new"):
        operations.confirm(upload=again, leave_out=True, by=lead, at=NOW)


def test_confirm_refuses_what_changed_since_the_preview(lead):
    first, second = checked(lead), checked(lead)
    operations.confirm(upload=first, leave_out=True, by=lead, at=NOW)

    with pytest.raises(Refused, match="changed since this preview"):
        operations.confirm(upload=second, leave_out=True, by=lead, at=NOW)
    assert EvidenceRecord.objects.count() == 2


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_confirm_of_one_file_twice_at_once_brings_it_in_once(lead):
    uploads = [checked(lead) for _ in range(2)]

    def bring_in(upload):
        def confirm(by):
            operations.confirm(upload=upload, leave_out=True, by=by, at=NOW)

        return lambda: said(confirm, lead)

    sentences = all_at_once([bring_in(upload) for upload in uploads])

    assert [bool(sentence) for sentence in sorted(sentences)] == [False, True]
    assert "changed since this preview" in max(sentences)
    assert EvidenceRecord.objects.filter(imported_from__gt="").count() == 2


def test_confirm_costs_the_same_for_many_rows(lead, django_assert_max_num_queries):
    rows = "".join(f"Hill Academy,2024-11-12,,Seen {number},,,\n" for number in range(60))
    upload = checked(lead, FILE.splitlines(keepends=True)[0] + rows)

    with django_assert_max_num_queries(26):
        operations.confirm(upload=upload, leave_out=True, by=lead, at=NOW)
    assert ImportedRow.objects.count() == 60


def test_match_remembers_what_headings_are(lead):
    text = "Wo,Wann,Was\nHill Academy,2024-11-12,Calm\n"
    checked(lead, text, chosen=["academy", "day", "notes"])

    again = operations.upload(trust=lead.person.trust, data=text.encode(), name="b.csv", by=lead)

    assert again.matched["columns"] == ["academy", "day", "notes"]


def test_match_asks_when_days_can_be_read_both_ways(lead):
    text = "School,Date,Comments\nHill Academy,03/04/2024,Calm\n"

    with pytest.raises(Refused, match="both ways"):
        checked(lead, text)
    upload = checked(lead, text, order=operations.Order.MONTH_FIRST)
    assert upload.rows[0]["facts"]["day"] == "2024-03-04"


def test_match_ties_standards_of_the_policy_in_force(lead):
    standard = StandardFactory.create(
        area__version__policy__trust=lead.person.trust, area__version__in_force=True, code="C7"
    )
    brought_in(lead, "School,Date,Comments,Standard\nHill Academy,2024-11-12,Calm,C7\n")

    assert list(EvidenceRecord.objects.get().standards.all()) == [standard]


def test_confirm_names_nobody_on_visits_of_this_school_year(lead):
    brought_in(lead, "School,Date,Comments,Teacher\nVale Academy,2026-10-12,Calm,Ann Ash\n")

    assert EvidenceRecord.objects.get().observed is None


@pytest.mark.parametrize("kind", ["LESSON_VISIT", "STUDENT_VOICE"])
def test_an_imported_record_can_be_corrected_though_it_filled_in_no_form(lead, kind):
    InstrumentVersionFactory.create(
        instrument__trust=lead.person.trust,
        instrument__kind=kind,
        instrument__name="Asks",
        instrument__is_usual=True,
        content=ASKS,
        status="PUBLISHED",
        published_on=TODAY,
    )
    label = ActivityKind(kind).label
    brought_in(lead, f"School,Date,Type,Comments\nHill Academy,2024-11-12,{label},Calm\n")
    record = EvidenceRecord.objects.get()
    content = replace(entry_queries.system_content(record), title="Calmer")

    entries.save(record_id=record.pk, content=content, base_revision=1, by=lead, at=NOW)

    record.refresh_from_db()
    assert (record.title, record.revision) == ("Calmer", 2)


def test_undo_takes_every_record_out_and_the_file_can_come_again(lead):
    upload = brought_in(lead)

    operations.undo(upload=upload, by=lead, at=NOW)

    assert not EvidenceRecord.objects.exists()
    assert not ImportedRow.objects.exists()
    assert EvidenceImport.objects.get().status == "UNDONE"
    brought_in(lead)
    assert EvidenceRecord.objects.count() == 2


def test_undo_gives_no_number_a_second_time(lead):
    first = brought_in(lead, FILE.replace("Careful work", "Careful"))
    operations.undo(upload=first, by=lead, at=NOW)
    second = brought_in(lead)
    numbers = {it.academy.name: it.number for it in EvidenceRecord.objects.all()}
    operations.undo(upload=second, by=lead, at=NOW)

    operations.undo(upload=brought_in(lead), by=lead, at=NOW)
    hill = Academy.objects.get(name="Hill Academy")
    content = RecordContent(academy_id=hill.pk, kind="LESSON_VISIT", title="Reading")
    made = entries.save(record_id=uuid4(), content=content, base_revision=None, by=lead, at=NOW)

    assert numbers == {"Hill Academy": 2, "Vale Academy": 2}
    assert EvidenceRecord.objects.get(pk=made.record_id).number == 4


def test_undo_leaves_the_numbers_of_later_records_alone(lead):
    upload = brought_in(lead)
    at = Academy.objects.get(name="Hill Academy")
    EvidenceRecordFactory.create(review=ReviewFactory.create(academy=at), number=41)
    operations.undo(upload=upload, by=lead, at=NOW)

    brought_in(lead)

    numbers = EvidenceRecord.objects.filter(academy=at).values_list("number", flat=True)
    assert sorted(numbers) == [41, 42]


def test_undo_costs_the_same_for_many_academies(lead, django_assert_max_num_queries):
    trust = lead.person.trust
    here = [AcademyFactory.create(trust=trust, urn=200_000 + one) for one in range(12)]
    rows = "".join(f"{academy.name},2024-11-12,,Seen,,,\n" for academy in here)
    upload = brought_in(lead, FILE.splitlines(keepends=True)[0] + rows)

    with django_assert_max_num_queries(UNDO):
        operations.undo(upload=upload, by=lead, at=NOW)


def cite(record, lead):
    CitationFactory.create(
        claim=ClaimFactory.create(review=ReviewFactory.create(academy=record.academy)),
        record=record,
    )


def share(record, lead):
    entries.share(record=record, names_checked=True, by=lead, at=NOW)


@pytest.mark.parametrize(
    ("then", "words"),
    [
        (cite, "is cited by a claim"),
        (share, "is shared"),
        (
            lambda record, _: EvidenceRecord.objects.filter(pk=record.pk).update(revision=2),
            "changed",
        ),
        (lambda record, _: AttachmentFactory.create(record=record), "with a file"),
        (lambda record, _: ReplyFactory.create(record=record), "is answered"),
        (lambda record, _: RecordTagFactory.create(record=record), "is tagged by somebody else"),
    ],
)
def test_undo_is_refused_once_somebody_built_on_a_record(lead, then, words):
    upload = brought_in(lead)
    then(EvidenceRecord.objects.first(), lead)

    with pytest.raises(Refused, match=words):
        operations.undo(upload=upload, by=lead, at=NOW)
    assert EvidenceRecord.objects.count() == 2


def test_undo_does_not_mind_the_importers_own_tags(lead):
    upload = brought_in(lead)
    RecordTagFactory.create(record=EvidenceRecord.objects.first(), tagged_by=lead.person)

    operations.undo(upload=upload, by=lead, at=NOW)

    assert not EvidenceRecord.objects.exists()


def test_undo_takes_tags_along_that_stand_on_nothing_else(lead):
    upload = brought_in(lead)
    first, second = EvidenceRecord.objects.all()
    mine, ours = (
        RecordTagFactory.create(record=it, tagged_by=lead.person) for it in (first, second)
    )
    RecordTagFactory.create(tag=ours.tag, trust=lead.person.trust)

    operations.undo(upload=upload, by=lead, at=NOW)

    assert list(Tag.objects.all()) == [ours.tag]
    assert mine.tag_id != ours.tag_id


@pytest.mark.parametrize("keeps_digests", [True, False])
def test_undo_waits_for_an_import_that_left_its_rows_out(lead, keeps_digests):
    first = brought_in(lead)
    more = FILE + "Hill Academy,2024-11-20,,More,,,\n"
    second = brought_in(lead, more)
    if not keeps_digests:  # as it was before they were kept
        second.rows = [{key: row[key] for key in row if key != "digest"} for row in second.rows]
        second.save()

    with pytest.raises(Refused, match="holds 3 rows that visits.csv left out"):
        operations.undo(upload=first, by=lead, at=NOW)

    operations.undo(upload=second, by=lead, at=NOW)
    operations.undo(upload=first, by=lead, at=NOW)
    assert not EvidenceRecord.objects.exists()


def test_undo_keeps_no_words_of_the_rows(lead):
    upload = brought_in(lead, FILE.replace("Careful work", "Amelia reads"))
    assert "Amelia" in str(upload.rows)

    upload = operations.undo(upload=upload, by=lead, at=NOW)

    assert [row["outcome"] for row in upload.rows] == ["ADDED", "ADDED", "REFUSED", "KNOWN"]
    told = {(row["title"], row["academy"], row["words"]) for row in upload.rows}
    assert told == {("", "", "")}


def test_forget_deletes_what_was_left_unconfirmed_and_nothing_else(lead):
    old, done = checked(lead), brought_in(lead)
    EvidenceImport.objects.update(created_at=NOW - dt.timedelta(days=15))
    fresh = checked(lead)
    EvidenceImport.objects.filter(pk=fresh.pk).update(created_at=NOW - dt.timedelta(days=13))

    with time_machine.travel(NOW, tick=False):
        assert tasks.forget.call() == 1

    assert set(EvidenceImport.objects.all()) == {done, fresh}
    assert HistoryEntry.objects.get(subject_id=old.pk, verb="forgotten").actor is None


def test_an_imported_record_adds_no_observer_to_a_claim(lead):
    brought_in(lead)
    record = EvidenceRecord.objects.first()
    claim = ClaimFactory.create(review=ReviewFactory.create(academy=record.academy))
    CitationFactory.create(claim=claim, record=record)

    (cited,) = system_cited([claim.pk])

    assert cited.observer_id is None
    assert cited.kind in ActivityKind.values


def test_import_is_for_those_who_bring_evidence_into_the_trust(lead):
    for role in (Role.REVIEWER, Role.ADMINISTRATOR):
        user = person(role, at=lead.person.trust)

        with pytest.raises(Refused, match="Only a QA lead of the whole trust"):
            operations.upload(trust=lead.person.trust, data=FILE.encode(), name="a.csv", by=user)
    assert queries.system_remembered(lead.person.trust) == {}
