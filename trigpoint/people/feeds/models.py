"""The secret address that a calendar program reads."""

from django.db import models

from trigpoint.people.notices.models import OwnQuerySet
from trigpoint.people.staff.models import Person
from trigpoint.trusts.structure.models import TrustRecord


class Feed(TrustRecord):
    """One person's calendar address. Only its hash is kept (docs/decisions/0024)."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="feed")
    token_sha256 = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    read_on = models.DateField(null=True, blank=True, help_text="The last day it was read.")

    objects = OwnQuerySet.as_manager()

    def __str__(self) -> str:
        return f"calendar of {self.person_id}"
