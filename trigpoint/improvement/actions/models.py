"""What somebody will do about a finding, by when, and how we will know that it worked."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from trigpoint.judgements.models import Finding
from trigpoint.people.models import Person
from trigpoint.policies.models import LookFor
from trigpoint.records.models import Row_co
from trigpoint.trusts.models import Academy
from trigpoint.trusts.structure.models import TrustRecord

if TYPE_CHECKING:
    from trigpoint.people.models import User


class ActionQuerySet(models.QuerySet["Action"]):
    """Ways of narrowing a list of actions."""

    def visible_to(self, user: "User") -> Self:
        """Keep one's own actions and those ``user`` may view. Agrees with ``rules.may_view``."""
        return self.filter(
            user.access.where("actions.view", team="finding__team", review="finding__review")
            | Q(owner_id=user.person_id)
        )


class ActionPartQuerySet(models.QuerySet[Row_co]):
    """Rows that belong to an action and are seen by whoever may view it."""

    def visible_to(self, user: "User") -> Self:
        """Keep parts of actions ``user`` may view."""
        return self.filter(action__in=Action.objects.visible_to(user))


class Action(TrustRecord):
    """One action. *Done* is when its owner did it; *worked* is what an impact check found."""

    class Status(models.TextChoices):
        """Where the action is."""

        OPEN = "OPEN", "Open"
        IN_HAND = "IN_HAND", "In hand"
        DONE = "DONE", "Done"
        CLOSED = "CLOSED", "Closed"

    class Outcome(models.TextChoices):
        """Whether it worked."""

        WORKED = "WORKED", "Worked"
        PARTLY = "PARTLY", "Partly worked"
        DID_NOT = "DID_NOT", "Did not work"

    academy = models.ForeignKey(Academy, on_delete=models.PROTECT, related_name="actions")
    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="actions")
    title = models.CharField(max_length=200)
    success_criterion = models.TextField(help_text="What will be seen if it works.")
    look_for = models.ForeignKey(
        LookFor, on_delete=models.PROTECT, null=True, blank=True, related_name="actions"
    )
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="actions")
    due_on = models.DateField()
    check_due_on = models.DateField()
    status = models.CharField(max_length=8, choices=Status, default=Status.OPEN)
    progress = models.TextField(blank=True)
    started_on = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=8, choices=Outcome, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    raised_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="actions_raised")
    raised_on = models.DateField()

    objects = ActionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="action_done_means_when",
                condition=Q(status__in=["DONE", "CLOSED"], done_on__isnull=False)
                | Q(status__in=["OPEN", "IN_HAND"], done_on__isnull=True),
            ),
            models.CheckConstraint(
                name="action_closed_only_on_impact",
                condition=(Q(status="CLOSED", closed_on__isnull=False) & ~Q(outcome=""))
                | (~Q(status="CLOSED") & Q(closed_on__isnull=True, outcome="")),
            ),
        ]
        indexes = [
            models.Index(fields=["trust", "status", "due_on"], name="action_by_trust"),
            models.Index(fields=["academy", "status", "due_on"], name="action_by_academy"),
            models.Index(fields=["owner", "status"], name="action_by_owner"),
        ]

    def __str__(self) -> str:
        return self.title


class ImpactCheck(TrustRecord):
    """Somebody else looked again at the same thing. Counts are of records, before and after."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="impact_checks")
    checked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="impact_checks")
    checked_on = models.DateField()
    outcome = models.CharField(max_length=8, choices=Action.Outcome)
    words = models.TextField()
    seen_before_count = models.PositiveSmallIntegerField(null=True, blank=True)
    looked_before_count = models.PositiveSmallIntegerField(null=True, blank=True)
    seen_after_count = models.PositiveSmallIntegerField(null=True, blank=True)
    looked_after_count = models.PositiveSmallIntegerField(null=True, blank=True)

    objects = ActionPartQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["action", "-checked_on"], name="impact_by_action")]

    def __str__(self) -> str:
        return self.outcome
