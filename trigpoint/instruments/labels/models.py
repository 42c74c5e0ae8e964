"""What an academy calls an instrument and its questions."""

from typing import TYPE_CHECKING, Self

from django.db import models

from trigpoint.instruments.library.models import Instrument
from trigpoint.trusts.models import Academy
from trigpoint.trusts.structure.models import TrustRecord

if TYPE_CHECKING:
    from trigpoint.people.models import User


class InstrumentLabelsQuerySet(models.QuerySet["InstrumentLabels"]):
    """Ways of narrowing a list of labels."""

    def visible_to(self, user: "User") -> Self:
        """Keep those of academies where ``user`` works with instruments."""
        return self.filter(user.access.where("instruments.view"))


class InstrumentLabels(TrustRecord):
    """One academy's words for one instrument, through all its versions.

    ``labels`` holds the academy's label by the key of a question; a question that is not there is
    called as the trust calls it. Keys, types, choices and meaning are the trust's, and a record that
    is handed in reads in the trust's wording.
    """

    academy = models.ForeignKey(Academy, on_delete=models.PROTECT, related_name="+")
    instrument = models.ForeignKey(Instrument, on_delete=models.CASCADE, related_name="labels")
    name = models.CharField(max_length=120, blank=True)
    labels = models.JSONField(default=dict, blank=True)

    objects = InstrumentLabelsQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "instrument labels"
        constraints = [
            models.UniqueConstraint(
                fields=["academy", "instrument"], name="instrument_labels_once_an_academy"
            )
        ]

    def __str__(self) -> str:
        return self.name or self.instrument.name
