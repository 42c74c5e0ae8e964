"""One piece of evidence: what one observer saw, heard or read, on one occasion."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from trigpoint.instruments.models import ActivityKind, InstrumentVersion
from trigpoint.people.models import Person
from trigpoint.policies.models import Level, LookFor, Standard
from trigpoint.records.models import Row_co
from trigpoint.reviews.models import Activity, LineOfEnquiry, Review
from trigpoint.trusts.models import Academy, Team
from trigpoint.trusts.structure.models import TrustRecord

if TYPE_CHECKING:
    from trigpoint.people.models import User


class EvidenceRecordQuerySet(models.QuerySet["EvidenceRecord"]):
    """Ways of narrowing a list of evidence records."""

    def visible_to(self, user: "User") -> Self:
        """Keep records ``user`` may read. Agrees with ``rules.may_view``."""
        shared = Q(shared_at__isnull=False)
        weighing = user.access.where("evidence.weigh", team="team", review="review")
        viewing = user.access.where("evidence.view", team="team", review="review")
        theirs_later = Q(blind_to=user.person_id)  # a column: a trust holds a million
        return self.filter(
            Q(author_id=user.person_id)
            | (shared & Q(observed_id=user.person_id))
            | (Q(is_private=False) & ~Q(status=EvidenceRecord.Status.DRAFT) & weighing)
            | (Q(is_private=False) & shared & viewing),
            ~theirs_later,
        )

    def counted(self) -> Self:
        """Keep what figures count: handed in, not private, and no half of a pair.

        None of them hangs on who looks, so that a figure is the same for everybody and gives away
        nothing that one of them may not read.
        """
        handed_in = self.filter(is_private=False, blind_to__isnull=True)
        return handed_in.exclude(status=EvidenceRecord.Status.DRAFT)


class EvidencePartQuerySet(models.QuerySet[Row_co]):
    """Rows that belong to an evidence record and are seen by whoever may read it."""

    def visible_to(self, user: "User") -> Self:
        """Keep parts of records ``user`` may read."""
        return self.filter(_record_visible_to(user))


def _record_visible_to(user: "User") -> Exists:
    """Say whether ``user`` may read a row's record, asked of that one: a trust holds a million."""
    return Exists(EvidenceRecord.objects.visible_to(user).filter(pk=OuterRef("record")))


class EvidenceRecord(TrustRecord):
    """What one observer saw on one occasion. Its id is minted on the device.

    ``revision`` counts accepted saves, ``content_hash`` is the SHA-256 of the last accepted
    content; together they make the upload idempotent and a conflict visible. ``answers`` holds
    the instrument's answers by question key. Pupils are described as a group, never named.
    """

    class Status(models.TextChoices):
        """Where the record is in its life."""

        DRAFT = "DRAFT", "Draft"
        SUBMITTED = "SUBMITTED", "Submitted"
        SHARED = "SHARED", "Shared"
        LOCKED = "LOCKED", "Locked"

    number = models.PositiveIntegerField(help_text="Counts up within the academy: E1, E2, …")
    academy = models.ForeignKey(Academy, on_delete=models.PROTECT, related_name="evidence")
    review = models.ForeignKey(
        Review, on_delete=models.PROTECT, null=True, blank=True, related_name="evidence"
    )
    activity = models.ForeignKey(
        Activity, on_delete=models.PROTECT, null=True, blank=True, related_name="evidence"
    )
    kind = models.CharField(max_length=20, choices=ActivityKind)
    instrument_version = models.ForeignKey(InstrumentVersion, on_delete=models.PROTECT)
    title = models.CharField(max_length=160)
    team = models.ForeignKey(Team, on_delete=models.SET_NULL, null=True, blank=True)
    subject = models.CharField(max_length=80, blank=True)
    year_groups = models.CharField(max_length=80, blank=True)
    group_described = models.CharField(
        max_length=160, blank=True, help_text="Who was spoken to or seen, without names."
    )
    group_size = models.PositiveSmallIntegerField(null=True, blank=True)
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="evidence_written")
    observed = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="evidence_about"
    )
    observed_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    answers = models.JSONField(default=dict)
    level = models.ForeignKey(Level, on_delete=models.PROTECT, null=True, blank=True)
    standards = models.ManyToManyField(Standard, related_name="evidence", blank=True)
    lines = models.ManyToManyField(LineOfEnquiry, related_name="evidence", blank=True)
    is_private = models.BooleanField(default=False)
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT)
    revision = models.PositiveIntegerField(default=1)
    content_hash = models.CharField(max_length=64, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    shared_at = models.DateTimeField(null=True, blank=True)
    feedback_due_on = models.DateField(null=True, blank=True)
    budget_reason = models.CharField(
        max_length=240, blank=True, help_text="Why a visit past the person's budget was needed."
    )
    names_checked = models.BooleanField(
        default=False, help_text="The author looked at the name-like words before sharing."
    )
    blind_to = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        db_index=False,  # asked of rows found otherwise
        related_name="+",
        help_text="The other observer of a paired visit, until they have handed in theirs.",
    )
    survey = models.OneToOneField(
        "evidence.Survey",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="record",
        help_text="The anonymous survey whose replies it counts.",
    )

    imported_from = models.CharField(
        max_length=160, blank=True, help_text="The spreadsheet and row a past record came from."
    )

    objects = EvidenceRecordQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["academy", "number"], name="evidence_number_once"),
            models.CheckConstraint(
                name="evidence_submitted_means_when",
                condition=Q(status="DRAFT", submitted_at__isnull=True)
                | (~Q(status="DRAFT") & Q(submitted_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="evidence_shared_means_when",
                condition=(Q(status__in=["DRAFT", "SUBMITTED"]) & Q(shared_at__isnull=True))
                | Q(status="SHARED", shared_at__isnull=False)
                | Q(status="LOCKED"),
            ),
        ]
        indexes = [
            models.Index(fields=["trust", "-observed_at", "-id"], name="evidence_by_trust"),
            models.Index(fields=["trust", "academy", "-observed_at"], name="evidence_by_academy"),
            models.Index(fields=["trust", "review", "kind"], name="evidence_by_review"),
            models.Index(fields=["trust", "team", "-observed_at"], name="evidence_by_team"),
            models.Index(fields=["author", "-observed_at"], name="evidence_by_author"),
            models.Index(fields=["observed", "-observed_at"], name="evidence_by_observed"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def reference(self) -> str:
        """The short name people say aloud, such as E30."""
        return f"E{self.number}"


class Note(TrustRecord):
    """One moment in a record: a running note, what went well, even better if, or a question.

    Its id is made from the record's and the key the device gave it, so a note keeps its id
    however often it is sent. ``look_for_ids`` lists the look-fors the author tied to it; what is
    counted is the record's :class:`LookForMark`.
    """

    class Kind(models.TextChoices):
        """What the note is for."""

        RUNNING = "RUNNING", "Note"
        WWW = "WWW", "What went well"
        EBI = "EBI", "Even better if"
        QUESTION = "QUESTION", "Question"

    record = models.ForeignKey(EvidenceRecord, on_delete=models.CASCADE, related_name="notes")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.RUNNING)
    noted_at = models.DateTimeField(null=True, blank=True)
    text = models.TextField()
    look_for_ids = models.JSONField(default=list, blank=True)

    objects = EvidencePartQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["record", "position"], name="note_position_once")
        ]

    def __str__(self) -> str:
        return self.text[:60]


class EarlierVersionQuerySet(models.QuerySet["EarlierVersion"]):
    """Ways of narrowing a list of earlier versions."""

    def visible_to(self, user: "User") -> Self:
        """Keep those of records ``user`` wrote or weighs: what was taken back goes no further."""
        weighing = user.access.where(
            "evidence.weigh",
            academy="record__academy",
            team="record__team",
            review="record__review",
        )
        return self.filter(
            Q(record__author=user.person_id) | weighing,
            _record_visible_to(user),
        )


class EarlierVersion(TrustRecord):
    """What a submitted record said before its author corrected it: nothing handed in is lost.

    One is kept whenever the correction touches what the record says of the visit; ``revision`` is
    the last one that said it so, and ``content`` all of it.
    """

    record = models.ForeignKey(EvidenceRecord, on_delete=models.CASCADE, related_name="earlier")
    revision = models.PositiveIntegerField()
    content = models.JSONField()
    replaced_at = models.DateTimeField()

    objects = EarlierVersionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["record", "revision"], name="version_kept_once")
        ]

    def __str__(self) -> str:
        return f"Version {self.revision}"


class DiscardedDraftQuerySet(models.QuerySet["DiscardedDraft"]):
    """Ways of narrowing a list of discarded drafts."""

    def visible_to(self, user: "User") -> Self:
        """Keep ``user``'s own: nobody else ever saw them."""
        return self.filter(author=user.person_id)


class DiscardedDraft(TrustRecord):
    """What is left of a draft its author took away: under its id, all it said, for them alone.

    Its number is its own for good: somebody may have written it down.
    """

    academy = models.ForeignKey(Academy, on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="drafts_discarded")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    discarded_at = models.DateTimeField()

    objects = DiscardedDraftQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["trust", "author", "-discarded_at"], name="discarded_by_author"),
            models.Index(fields=["academy", "-number"], name="discarded_by_number"),
        ]

    def __str__(self) -> str:
        return f"E{self.number}"


class SpentNumberQuerySet(models.QuerySet["SpentNumber"]):
    """Ways of narrowing a list of spent numbers."""

    def visible_to(self, user: "User") -> Self:
        """Keep none: it is no fact about evidence, and numbers are given without anybody looking."""
        del user
        return self.none()


class SpentNumber(TrustRecord):
    """The highest number of an academy's records that were taken out with an undone import.

    A number is given once: somebody may have written it down, and another record would answer to it.
    """

    academy = models.OneToOneField(Academy, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()

    objects = SpentNumberQuerySet.as_manager()

    def __str__(self) -> str:
        return f"up to E{self.number}"


class LookForMark(TrustRecord):
    """Whether one look-for was seen. Compared before and after an action."""

    class Seen(models.TextChoices):
        """How far it was there."""

        SEEN = "SEEN", "Seen"
        PARTLY = "PARTLY", "Partly seen"
        NOT_SEEN = "NOT_SEEN", "Not seen"

    record = models.ForeignKey(
        EvidenceRecord, on_delete=models.CASCADE, related_name="look_for_marks"
    )
    look_for = models.ForeignKey(LookFor, on_delete=models.PROTECT, related_name="marks")
    seen = models.CharField(max_length=8, choices=Seen)

    objects = EvidencePartQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["record", "look_for"], name="look_for_marked_once")
        ]

    def __str__(self) -> str:
        return f"{self.look_for_id}: {self.seen}"


class Reply(TrustRecord):
    """What the observed person says to a record. Reading it means seen, not agreed."""

    class Kind(models.TextChoices):
        """What the person did."""

        SEEN = "SEEN", "I have read this"
        CONTEXT = "CONTEXT", "Reply or context"

    record = models.ForeignKey(EvidenceRecord, on_delete=models.CASCADE, related_name="replies")
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="replies")
    kind = models.CharField(max_length=8, choices=Kind)
    text = models.TextField(blank=True)
    replied_at = models.DateTimeField()

    objects = EvidencePartQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "replies"
        constraints = [
            models.UniqueConstraint(
                fields=["record", "author"],
                condition=Q(kind="SEEN"),
                name="record_seen_once_a_person",
            ),
            models.CheckConstraint(name="reply_has_words", condition=Q(kind="SEEN") | ~Q(text="")),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
