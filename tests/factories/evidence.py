"""Builders for evidence records and their parts."""

import datetime as dt

from factory import LazyFunction, SelfAttribute, Sequence, SubFactory, Trait
from factory.django import DjangoModelFactory

from tests.factories.instruments import InstrumentVersionFactory
from tests.factories.people import PersonFactory
from tests.factories.policies import LookForFactory
from tests.factories.reviews import ABOUT_ELEVEN, ReviewFactory
from tests.factories.trusts import AcademyFactory
from trigpoint.evidence.models import (
    Attachment,
    DiscardedDraft,
    EarlierVersion,
    EvidenceRecord,
    LookForMark,
    Note,
    Reply,
    Survey,
    SurveyReply,
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
