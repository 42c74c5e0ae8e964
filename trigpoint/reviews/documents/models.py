"""One document an academy is asked for."""

from django.db import models
from django.db.models import Q

from trigpoint.people.models import Person
from trigpoint.reviews.reviews.models import Review, ReviewPartQuerySet
from trigpoint.trusts.structure.models import TrustRecord


class ReviewDocument(TrustRecord):
    """Something to be handed over before fieldwork; ``where`` says where it is once it has been."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="documents")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=160)
    where = models.CharField(max_length=300, blank=True)
    received_on = models.DateField(null=True, blank=True)
    handed_over_by = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="documents_handed_over",
    )

    objects = ReviewPartQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["review", "title"], name="document_once_a_review"),
            models.CheckConstraint(
                name="document_received_means_when_by_whom_and_where",
                condition=Q(received_on__isnull=True, handed_over_by__isnull=True, where="")
                | (Q(received_on__isnull=False, handed_over_by__isnull=False) & ~Q(where="")),
            ),
        ]

    def __str__(self) -> str:
        return self.title
