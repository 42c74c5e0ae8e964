"""Builders for evidence records and their parts."""

import datetime as dt
from uuid import uuid4

from factory import LazyFunction, SelfAttribute, Sequence, SubFactory, Trait
from factory.django import DjangoModelFactory

from tests.factories.instruments import InstrumentVersionFactory
from tests.factories.people import PersonFactory
from tests.factories.policies import LookForFactory
from tests.factories.reviews import ABOUT_ELEVEN, ReviewFactory
from tests.factories.trusts import AcademyFactory, TrustFactory
from trigpoint.evidence.models import (
    Attachment,
    ColumnMemory,
    DiscardedDraft,
    DraftSecret,
    EarlierVersion,
    EvidenceImport,
    EvidenceRecord,
    ImportedRow,
    LookForMark,
    Note,
    RecordTag,
    Reply,
    SpentNumber,
    Survey,
    SurveyReply,
    Tag,
    UploadPart,
)
from trigpoint.evidence.surveys.rules import new_secret
from trigpoint.instruments.models import ActivityKind

NOON = ABOUT_ELEVEN + dt.timedelta(hours=1)


class EvidenceRecordFactory(DjangoModelFactory[EvidenceRecord]):
    """A draft of a lesson visit in a review. ``submitted`` and ``shared`` take it further."""

    class Meta:
        model = EvidenceRecord

    class Params:
        submitted = Trait(status=EvidenceRecord.Status.SUBMITTED, submitted_at=NOON)
        shared = Trait(status=EvidenceRecord.Status.SHARED, submitted_at=NOON, shared_at=NOON)

    # above the numbers that tests choose, with room between two for those numbered by `save`
    number = Sequence(lambda n: (n + 10) * 1000)
    review = SubFactory(ReviewFactory)
    academy = SelfAttribute("review.academy")
    trust = SelfAttribute("academy.trust")
    kind = ActivityKind.LESSON_VISIT
    instrument_version = SubFactory(
        InstrumentVersionFactory, instrument__trust=SelfAttribute("...trust")
    )
    title = Sequence(lambda n: f"Year 4 reading {n}")
    author = SubFactory(PersonFactory, trust=SelfAttribute("..trust"))
    observed_at = ABOUT_ELEVEN


class NoteFactory(DjangoModelFactory[Note]):
    class Meta:
        model = Note

    record = SubFactory(EvidenceRecordFactory)
    trust = SelfAttribute("record.trust")
    position = Sequence(lambda n: n % 30_000)
    text = "Pupils retrieve last week's words without help."


class EarlierVersionFactory(DjangoModelFactory[EarlierVersion]):
    class Meta:
        model = EarlierVersion

    record = SubFactory(EvidenceRecordFactory, submitted=True)
    trust = SelfAttribute("record.trust")
    revision = 1
    content = LazyFunction(
        lambda: {
            "title": "Reading",
            "notes": [{"text": "Most pupils read aloud every day."}],
            "answers": {},
        }
    )
    replaced_at = NOON


class SpentNumberFactory(DjangoModelFactory[SpentNumber]):
    class Meta:
        model = SpentNumber

    academy = SubFactory(AcademyFactory)
    trust = SelfAttribute("academy.trust")
    number = 7


class DraftSecretFactory(DjangoModelFactory[DraftSecret]):
    class Meta:
        model = DraftSecret

    person = SubFactory(PersonFactory)
    trust = SelfAttribute("person.trust")
    secret = Sequence(lambda n: f"{n:064x}")


class DiscardedDraftFactory(DjangoModelFactory[DiscardedDraft]):
    class Meta:
        model = DiscardedDraft

    author = SubFactory(PersonFactory)
    trust = SelfAttribute("author.trust")
    academy = SubFactory(AcademyFactory, trust=SelfAttribute("..trust"))
    number = 7
    content = LazyFunction(
        lambda: {
            "title": "Reading",
            "notes": [{"text": "Most pupils read aloud every day."}],
            "answers": {},
        }
    )
    discarded_at = NOON


class LookForMarkFactory(DjangoModelFactory[LookForMark]):
    class Meta:
        model = LookForMark

    record = SubFactory(EvidenceRecordFactory)
    trust = SelfAttribute("record.trust")
    look_for = SubFactory(
        LookForFactory, standard__area__version__policy__trust=SelfAttribute("......trust")
    )
    seen = LookForMark.Seen.SEEN


class ReplyFactory(DjangoModelFactory[Reply]):
    class Meta:
        model = Reply

    record = SubFactory(EvidenceRecordFactory, shared=True)
    trust = SelfAttribute("record.trust")
    author = SubFactory(PersonFactory, trust=SelfAttribute("..trust"))
    kind = Reply.Kind.CONTEXT
    text = "This was the first lesson of a new unit."
    replied_at = NOON


class SurveyFactory(DjangoModelFactory[Survey]):
    """Two questions and an open one, to students, through November 2025, outside any review."""

    class Meta:
        model = Survey

    class Params:
        closed = Trait(status=Survey.Status.CLOSED, closed_on=dt.date(2025, 11, 28))

    academy = SubFactory(AcademyFactory)
    trust = SelfAttribute("academy.trust")
    made_by = SubFactory(PersonFactory, trust=SelfAttribute("..trust"))
    group = Survey.Group.STUDENTS
    title = "What lessons are like"
    purpose = "So that we can make lessons better."
    questions = LazyFunction(
        lambda: [
            {"kind": "AGREE", "text": "Lessons start on time.", "choices": []},
            {"kind": "YES_NO", "text": "Do you feel safe?", "choices": []},
            {"kind": "OPEN", "text": "One thing to change?", "choices": []},
        ]
    )
    opens_on = dt.date(2025, 11, 3)
    closes_on = dt.date(2025, 11, 28)
    secret = LazyFunction(new_secret)


class SurveyReplyFactory(DjangoModelFactory[SurveyReply]):
    class Meta:
        model = SurveyReply

    survey = SubFactory(SurveyFactory)
    trust = SelfAttribute("survey.trust")
    replied_on = dt.date(2025, 11, 12)
    answers = LazyFunction(lambda: {"1": "AGREE", "2": "YES"})


class AttachmentFactory(DjangoModelFactory[Attachment]):
    class Meta:
        model = Attachment

    record = SubFactory(EvidenceRecordFactory)
    trust = SelfAttribute("record.trust")
    file = "evidence/2025/11/book.jpg"
    name = "book.jpg"
    media_type = "image/jpeg"
    size_bytes = 1000
    sha256 = Sequence(lambda n: f"{n:064x}")
    received_sha256 = SelfAttribute("sha256")


class UploadPartFactory(DjangoModelFactory[UploadPart]):
    """The first bytes of a photo on its way."""

    class Meta:
        model = UploadPart

    record = SubFactory(EvidenceRecordFactory)
    trust = SelfAttribute("record.trust")
    upload_id = LazyFunction(uuid4)
    starts_at = 0
    data = b"\xff\xd8\xff\xe0"
    size_bytes = 4


class TagFactory(DjangoModelFactory[Tag]):
    class Meta:
        model = Tag

    trust = SubFactory(TrustFactory)
    name = Sequence(lambda n: f"Phonics pilot {n}")


class RecordTagFactory(DjangoModelFactory[RecordTag]):
    class Meta:
        model = RecordTag

    record = SubFactory(EvidenceRecordFactory, submitted=True)
    trust = SelfAttribute("record.trust")
    tag = SubFactory(TagFactory, trust=SelfAttribute("..trust"))
    tagged_by = SubFactory(PersonFactory, trust=SelfAttribute("..trust"))


class EvidenceImportFactory(DjangoModelFactory[EvidenceImport]):
    """A spreadsheet whose columns are not matched yet. ``confirmed`` was brought in."""

    class Meta:
        model = EvidenceImport

    class Params:
        confirmed = Trait(status=EvidenceImport.Status.CONFIRMED, confirmed_at=NOON)

    trust = SubFactory(TrustFactory)
    uploaded_by = SubFactory(PersonFactory, trust=SelfAttribute("..trust"))
    file_name = "visits.csv"
    columns = LazyFunction(lambda: ["School", "Date", "Comments"])
    lines = LazyFunction(lambda: [[2, ["Hill Academy", "2024-11-12", "Calm starts."]]])
    matched = LazyFunction(lambda: {"columns": ["academy", "day", "notes"]})


class ImportedRowFactory(DjangoModelFactory[ImportedRow]):
    class Meta:
        model = ImportedRow

    record = SubFactory(EvidenceRecordFactory, submitted=True, imported_from="visits.csv, row 2")
    trust = SelfAttribute("record.trust")
    upload = SubFactory(EvidenceImportFactory, trust=SelfAttribute("..trust"), confirmed=True)
    number = 2
    digest = Sequence(lambda n: f"{n:064x}")


class ColumnMemoryFactory(DjangoModelFactory[ColumnMemory]):
    class Meta:
        model = ColumnMemory

    trust = SubFactory(TrustFactory)
    headings = LazyFunction(lambda: {"school": "academy"})
