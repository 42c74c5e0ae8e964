"""That somebody has read a version of the policy, or was reminded to."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from trigpoint.people.models import Person, Post
from trigpoint.policies.versions.models import PolicyVersion
from trigpoint.trusts.structure.models import TrustRecord

if TYPE_CHECKING:
    from trigpoint.people.models import User


class AcknowledgementQuerySet(models.QuerySet["Acknowledgement"]):
    """Ways of narrowing a list of acknowledgements."""

    def visible_to(self, user: "User") -> Self:
        """Keep one's own, and those of people with a post where ``user`` may see who has read.

        Agrees with ``rules.may_view``.
        """
        posts = Post.objects.filter(user.access.where("acknowledgements.view"))
        return self.filter(
            Q(person=user.person_id) | Q(person__in=posts.values("person")), trust=user.trust_id
        )


class Acknowledgement(TrustRecord):
    """One person and one version: the day they said they had read it, and were last reminded."""

    version = models.ForeignKey(
        PolicyVersion, on_delete=models.CASCADE, related_name="acknowledgements"
    )
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="acknowledgements")
    acknowledged_on = models.DateField(null=True, blank=True)
    nudged_on = models.DateField(null=True, blank=True)

    objects = AcknowledgementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["version", "person"], name="acknowledgement_once_a_version"
            ),
            models.CheckConstraint(
                name="acknowledgement_says_something",
                condition=Q(acknowledged_on__isnull=False) | Q(nudged_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} and {self.version_id}"
