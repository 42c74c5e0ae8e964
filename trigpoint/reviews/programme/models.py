"""The programme of one school year and the reviews proposed in it."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q

from trigpoint.people.models import Person
from trigpoint.reviews.reviews.models import Review
from trigpoint.trusts.models import AcademicYear, Academy
from trigpoint.trusts.structure.models import TrustRecord

if TYPE_CHECKING:
    from trigpoint.people.models import User


class ProgrammeQuerySet(models.QuerySet["Programme"]):
    """Ways of narrowing a list of programmes."""

    def visible_to(self, user: "User") -> Self:
        """Keep programmes of a trust in which ``user`` may view any of one."""
        return self.filter(user.access.anywhere("programme.view"))


class SlotQuerySet(models.QuerySet["ProgrammeSlot"]):
    """Ways of narrowing a list of proposed reviews."""

    def visible_to(self, user: "User") -> Self:
        """Keep slots of academies ``user`` may view. Agrees with ``rules.may_view``."""
        return self.filter(user.access.where("programme.view"))


class Programme(TrustRecord):
    """What a trust means to review in one school year.

    ``asked_at`` is set while a proposal is being worked out, and ``doing`` says how far that is.
    ``unplaced`` keeps what found no place, each with its sentence. Nothing queries inside it.
    """

    class Status(models.TextChoices):
        """Whether anything is still to be decided."""

        DRAFT = "DRAFT", "Draft"
        AGREED = "AGREED", "Agreed"

    year = models.ForeignKey(AcademicYear, on_delete=models.PROTECT, related_name="programmes")
    status = models.CharField(max_length=8, choices=Status, default=Status.DRAFT)
    asked_at = models.DateTimeField(null=True, blank=True)
    proposed_at = models.DateTimeField(null=True, blank=True)
    doing = models.CharField(max_length=120, blank=True)
    unplaced = models.JSONField(default=list)

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["year"], name="programme_once_a_year")]

    def __str__(self) -> str:
        return f"Programme {self.year_id}"


class ProgrammeSlot(TrustRecord):
    """One review proposed: when, by whom and why. Agreed, it is a planned review.

    ``need_key`` names the promise and the turn it answers, the same in every proposal of a year.
    """

    class Status(models.TextChoices):
        """What became of it."""

        PROPOSED = "PROPOSED", "Proposed"
        AGREED = "AGREED", "Agreed"
        DROPPED = "DROPPED", "Dropped"

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="slots")
    academy = models.ForeignKey(Academy, on_delete=models.PROTECT, related_name="+")
    need_key = models.CharField(max_length=160)
    kind = models.CharField(max_length=12, choices=Review.Kind)
    area_lineage = models.SlugField(max_length=60, blank=True)
    due_on = models.DateField()
    starts_on = models.DateField()
    ends_on = models.DateField()
    lead = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    team = models.ManyToManyField(Person, related_name="+")
    hours = models.PositiveSmallIntegerField(default=0)
    why = models.CharField(max_length=400, blank=True)
    reasons = models.JSONField(default=list)
    is_moved = models.BooleanField(default=False, help_text="By hand: a new proposal keeps it.")
    status = models.CharField(max_length=8, choices=Status, default=Status.PROPOSED)
    dropped_because = models.CharField(max_length=240, blank=True)
    review = models.OneToOneField(
        Review, on_delete=models.PROTECT, null=True, blank=True, related_name="slot"
    )

    objects = SlotQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "need_key"],
                condition=~Q(status="AGREED"),
                name="slot_once_a_need",
            ),
            models.CheckConstraint(
                name="slot_ends_after_it_starts", condition=Q(ends_on__gte=F("starts_on"))
            ),
            models.CheckConstraint(
                name="slot_agreed_means_a_review",
                condition=Q(status="AGREED", review__isnull=False)
                | (~Q(status="AGREED") & Q(review__isnull=True)),
            ),
            models.CheckConstraint(
                name="slot_dropped_means_why",
                condition=(Q(status="DROPPED") & ~Q(dropped_because=""))
                | (~Q(status="DROPPED") & Q(dropped_because="")),
            ),
        ]
        indexes = [models.Index(fields=["academy", "starts_on"], name="slot_by_academy")]

    def __str__(self) -> str:
        return f"{self.kind} at {self.academy_id} from {self.starts_on}"
