"""Instruments: the questions asked on an activity of one kind."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from trigpoint.records.models import Row_co
from trigpoint.trusts.structure.models import TrustRecord

if TYPE_CHECKING:
    from trigpoint.people.models import User


class ActivityKind(models.TextChoices):
    """The ways evidence is gathered. Each is an independent kind of source."""

    LESSON_VISIT = "LESSON_VISIT", "Lesson visit"
    LEARNING_WALK = "LEARNING_WALK", "Learning walk"
    BOOK_SCRUTINY = "BOOK_SCRUTINY", "Book scrutiny"
    STUDENT_VOICE = "STUDENT_VOICE", "Student voice"
    STAFF_VOICE = "STAFF_VOICE", "Staff voice"
    CURRICULUM_REVIEW = "CURRICULUM_REVIEW", "Curriculum review"
    ASSESSMENT_REVIEW = "ASSESSMENT_REVIEW", "Assessment review"
    DOCUMENT_REVIEW = "DOCUMENT_REVIEW", "Document review"
    PARENT_VOICE = "PARENT_VOICE", "Parent voice"
    GOVERNOR_LINK_VISIT = "GOVERNOR_LINK_VISIT", "Governor link visit"


class InstrumentRowQuerySet(models.QuerySet[Row_co]):
    """Ways of narrowing a list of instruments."""

    def visible_to(self, user: "User") -> Self:
        """Keep the trust's own, for whoever works with instruments."""
        return self.filter(user.access.anywhere("instruments.view"))


class Instrument(TrustRecord):
    """A form for one kind of activity, through all its versions.

    A trust may have several of one kind. The usual one is taken for a visit that nobody planned;
    whoever plans an activity chooses (docs/decisions/0030).
    """

    kind = models.CharField(max_length=20, choices=ActivityKind)
    name = models.CharField(max_length=120)
    purpose = models.TextField(blank=True)
    is_usual = models.BooleanField(
        default=False, help_text="Taken for a visit of its kind that nobody planned."
    )

    objects = InstrumentRowQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["trust", "name"], name="instrument_name_once_a_trust"),
            models.UniqueConstraint(
                fields=["trust", "kind"],
                condition=Q(is_usual=True),
                name="instrument_usual_once_a_kind",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class InstrumentVersion(TrustRecord):
    """One version of an instrument. A draft is changed; what is published never is.

    ``content`` is ``contents.rules.Content`` and follows the instrument schema; a draft may still
    lack what the schema asks for. Nothing queries inside it. ``left_out`` says of a form that was
    read from a file what could not be carried over, a sentence each.
    """

    class Status(models.TextChoices):
        """Where the version is in its life."""

        DRAFT = "DRAFT", "Draft"
        PUBLISHED = "PUBLISHED", "Published"

    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT)
    published_on = models.DateField(null=True, blank=True)
    content = models.JSONField(default=dict)
    left_out = models.JSONField(default=list, blank=True)

    objects = InstrumentRowQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["instrument", "number"], name="instrument_version_number_once"
            ),
            models.UniqueConstraint(
                fields=["trust", "instrument"],
                condition=Q(status="DRAFT"),
                name="instrument_one_draft_at_a_time",
            ),
            models.CheckConstraint(
                name="instrument_published_has_its_day",
                condition=Q(status="PUBLISHED", published_on__isnull=False)
                | Q(status="DRAFT", published_on__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"version {self.number}"
