"""A comment on a version in consultation, and its disposition."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from trigpoint.people.models import Person
from trigpoint.policies.standards.models import Standard
from trigpoint.policies.versions.models import UNREAD, PolicyVersion, Section
from trigpoint.trusts.structure.models import TrustRecord

if TYPE_CHECKING:
    from trigpoint.people.models import User


class PolicyCommentQuerySet(models.QuerySet["PolicyComment"]):
    """What colleagues say of a version is read by colleagues; a guest reads the version alone.

    What was said in a consultation stays to be read, also when the version is a draft again or is
    withdrawn: whoever spoke finds the answer.
    """

    def visible_to(self, user: "User") -> Self:
        """Keep comments of the user's own trust. Agrees with ``rules.may_view``."""
        ours = self.filter(user.access.anywhere("policies.comment"))
        if user.access.holds("policies.draft"):
            return ours
        return ours.exclude(version__status__in=UNREAD, version__consult_until=None)


class PolicyComment(TrustRecord):
    """What somebody says of a standard, a section, or the version as a whole.

    ``about`` keeps what it was about in words, also when that is later taken out of the draft.
    Who made a comment is for those who write the policy; others read the comment without a name.
    """

    class Disposition(models.TextChoices):
        """What was done with a comment."""

        ACCEPTED = "ACCEPTED", "Accepted"
        PARTLY = "PARTLY", "Partly accepted"
        DECLINED = "DECLINED", "Declined"

    version = models.ForeignKey(PolicyVersion, on_delete=models.CASCADE, related_name="comments")
    standard = models.ForeignKey(
        Standard, on_delete=models.SET_NULL, null=True, blank=True, related_name="comments"
    )
    section = models.ForeignKey(
        Section, on_delete=models.SET_NULL, null=True, blank=True, related_name="comments"
    )
    about = models.CharField(max_length=160)
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="policy_comments")
    text = models.TextField()
    made_at = models.DateTimeField()
    disposition = models.CharField(max_length=10, choices=Disposition, blank=True)
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="comments_answered"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = PolicyCommentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="policy_comment_about_one_thing",
                condition=Q(standard__isnull=True) | Q(section__isnull=True),
            ),
            models.CheckConstraint(
                name="policy_comment_answer_is_whole",
                condition=Q(
                    disposition="",
                    answer="",
                    answered_by__isnull=True,
                    answered_at__isnull=True,
                )
                | (
                    Q(answered_by__isnull=False, answered_at__isnull=False)
                    & ~Q(disposition="")
                    & ~Q(answer="")
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80]
