"""The secret that seals somebody's drafts on every device they write on."""

from django.db import models

from trigpoint.people.models import Person
from trigpoint.people.notices.models import OwnQuerySet
from trigpoint.trusts.structure.models import TrustRecord


class DraftSecret(TrustRecord):
    """32 random bytes in hexadecimal, the same for good: what it sealed must open again.

    A device derives its key from it and never stores it; without a sign-in as its person, what
    lies on a device opens for nobody (docs/decisions/0035).
    """

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="draft_secret")
    secret = models.CharField(max_length=64)

    objects = OwnQuerySet.as_manager()

    def __str__(self) -> str:
        return f"seal of {self.person_id}"
