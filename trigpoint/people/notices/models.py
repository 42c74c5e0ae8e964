"""Notices to people, the letters they are mailed in, and how often each person wants those."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from trigpoint.people.staff.models import Person
from trigpoint.records.models import Row_co
from trigpoint.trusts.structure.models import TrustRecord

if TYPE_CHECKING:
    from trigpoint.people.models import User


class OwnQuerySet(models.QuerySet[Row_co]):
    """Rows that are their person's alone."""

    def visible_to(self, user: "User") -> Self:
        """Keep what is addressed to the user."""
        return self.filter(person=user.person_id)


class Preference(TrustRecord):
    """How often somebody wants notices by mail; without a row it is once a day."""

    class How(models.TextChoices):
        """When a mail goes out."""

        AT_ONCE = "AT_ONCE", "At once"
        DAILY = "DAILY", "Once a day"
        WEEKLY = "WEEKLY", "Once a week"
        IN_APP = "IN_APP", "Never: only in Trigpoint"

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="preference")
    how = models.CharField(max_length=8, choices=How)

    objects = OwnQuerySet.as_manager()

    def __str__(self) -> str:
        return self.how


class Letter(TrustRecord):
    """One mail to one person, with the notices in it. It is written once and sent until it arrives.

    ``held_until`` is set while a worker has it in hand; its id is the mail's own Message-ID.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="letters")
    written_at = models.DateTimeField()
    held_until = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    objects = OwnQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["person"], condition=Q(sent_at__isnull=True), name="letter_to_send"
            )
        ]

    def __str__(self) -> str:
        return f"letter {self.pk}"


class Notice(TrustRecord):
    """One thing one person should know, and the page it leads to.

    The sentence names nobody observed and quotes no evidence: it is also mailed.
    """

    class Kind(models.TextChoices):
        """What it is about."""

        POLICY_REVIEW_DUE = "POLICY_REVIEW_DUE", "The policy is due for review"
        POLICY_TO_READ = "POLICY_TO_READ", "A policy to read"
        FEEDBACK = "FEEDBACK", "Feedback on your work"
        ACTION = "ACTION", "An action of yours"
        REVIEW_COMING = "REVIEW_COMING", "A review is coming"
        REPORT_TO_CHECK = "REPORT_TO_CHECK", "A report to check"

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=20, choices=Kind)
    sentence = models.CharField(max_length=300)
    address = models.CharField(max_length=200, help_text="A path of this site.")
    once_key = models.CharField(max_length=120, help_text="The same is never told twice.")
    made_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True, blank=True)
    is_for_mail = models.BooleanField(
        default=True, help_text="Whether the person wanted mail when it was made."
    )
    letter = models.ForeignKey(
        Letter, on_delete=models.SET_NULL, null=True, blank=True, related_name="notices"
    )

    objects = OwnQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "once_key"], name="notice_once"),
            models.CheckConstraint(
                condition=Q(address__startswith="/") & ~Q(address__startswith="//"),
                name="notice_stays_on_this_site",
            ),
        ]
        indexes = [
            models.Index(fields=["person", "-made_at"], name="notice_by_person"),
            models.Index(
                fields=["person"], condition=Q(seen_at__isnull=True), name="notice_unseen"
            ),
        ]

    def __str__(self) -> str:
        return self.sentence

    @property
    def icon(self) -> str:
        """The picture of its kind."""
        return ICONS[self.kind]


ICONS: dict[str, str] = {
    Notice.Kind.POLICY_REVIEW_DUE: "calendar-event",
    Notice.Kind.POLICY_TO_READ: "book-2",
    Notice.Kind.FEEDBACK: "message-2",
    Notice.Kind.ACTION: "checklist",
    Notice.Kind.REVIEW_COMING: "map-search",
    Notice.Kind.REPORT_TO_CHECK: "file-text",
}
