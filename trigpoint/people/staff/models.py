"""People of the trust and the posts they hold. A person need not have a sign-in."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q

from trigpoint.trusts.models import Academy, Team
from trigpoint.trusts.structure.models import TrustRecord

if TYPE_CHECKING:
    from trigpoint.people.models import User


class PersonQuerySet(models.QuerySet["Person"]):
    """Ways of narrowing a list of people."""

    def visible_to(self, user: "User") -> Self:
        """Keep oneself, and people with a post where ``user`` may see staff.

        Agrees with ``rules.may_view``.
        """
        posts = Post.objects.filter(user.access.where("staff.view", team="team"))
        oneself = Q(pk=user.person_id)
        if user.access.is_trust_wide("staff.view"):
            return self.filter(trust_id=user.trust_id)
        return self.filter(oneself | Q(pk__in=posts.values("person_id")))

    def here(self, *, on: date) -> Self:
        """Keep those who have not left by a day; the last day counts. Agrees with ``has_left``."""
        return self.filter(Q(left_on__isnull=True) | Q(left_on__gte=on))


class Person(TrustRecord):
    """A staff member, governor or external specialist."""

    class Kind(models.TextChoices):
        """What somebody is to the trust."""

        STAFF = "STAFF", "Staff member"
        GOVERNOR = "GOVERNOR", "Trustee or governor"
        EXTERNAL = "EXTERNAL", "External specialist"

    kind = models.CharField(max_length=8, choices=Kind, default=Kind.STAFF)
    name = models.CharField(max_length=160)
    email = models.EmailField(blank=True)
    staff_number = models.CharField(
        max_length=40, blank=True, help_text="The number the trust's own staff list uses."
    )
    left_on = models.DateField(
        null=True,
        blank=True,
        help_text="Their last day. From the day after no role counts and no sign-in opens.",
    )

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "people"
        constraints = [
            models.UniqueConstraint(
                fields=["trust", "email"], condition=~Q(email=""), name="person_email_once_a_trust"
            ),
            models.UniqueConstraint(
                fields=["trust", "staff_number"],
                condition=~Q(staff_number=""),
                name="person_staff_number_once_a_trust",
            ),
        ]
        indexes = [models.Index(fields=["trust", "name"], name="person_by_name")]

    def __str__(self) -> str:
        return self.name

    def has_left(self, *, on: date) -> bool:
        """Say whether their last day is behind them."""
        return self.left_on is not None and self.left_on < on


class PostQuerySet(models.QuerySet["Post"]):
    """Ways of narrowing a list of posts."""

    def visible_to(self, user: "User") -> Self:
        """Keep one's own posts and posts where ``user`` may see staff."""
        return self.filter(
            user.access.where("staff.view", team="team") | Q(person_id=user.person_id)
        )


class Post(TrustRecord):
    """What a person does, where and from when to when. ``academy`` is empty for central staff."""

    class Category(models.TextChoices):
        """The workforce group, for counting needs by group."""

        LEADER = "LEADER", "Leader"
        TEACHER = "TEACHER", "Teacher"
        EARLY_CAREER = "EARLY_CAREER", "Early career teacher"
        ASSISTANT = "ASSISTANT", "Teaching assistant"
        SUPPORT = "SUPPORT", "Support staff"
        GOVERNANCE = "GOVERNANCE", "Governance"
        SPECIALIST = "SPECIALIST", "Specialist"

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="posts")
    academy = models.ForeignKey(
        Academy, on_delete=models.PROTECT, null=True, blank=True, related_name="posts"
    )
    team = models.ForeignKey(
        Team, on_delete=models.PROTECT, null=True, blank=True, related_name="posts"
    )
    title = models.CharField(max_length=120)
    category = models.CharField(max_length=12, choices=Category, default=Category.TEACHER)
    subject = models.CharField(max_length=80, blank=True)
    key_stage = models.CharField(max_length=20, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)

    objects = PostQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="post_ends_after_it_starts",
                condition=Q(starts_on__isnull=True)
                | Q(ends_on__isnull=True)
                | Q(ends_on__gte=F("starts_on")),
            ),
        ]
        indexes = [
            models.Index(fields=["academy", "category"], name="post_by_academy"),
            models.Index(fields=["person"], name="post_by_person"),
        ]

    def __str__(self) -> str:
        return self.title
