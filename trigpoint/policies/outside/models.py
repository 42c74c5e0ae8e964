"""An outside framework that a trust has brought in, beside those that come with the product."""

from typing import ClassVar

from django.db import models

from trigpoint.policies.versions.models import PolicyRowQuerySet
from trigpoint.trusts.structure.models import TrustRecord


class OutsideFramework(TrustRecord):
    """One edition of an outside framework. It never changes: a later edition follows it.

    ``label`` is what crosswalks call it, ``key`` its name in addresses, both worked out from the
    file. ``content`` is the whole file (format ``trigpoint-outside/1``); nothing queries inside it.
    """

    status_path: ClassVar[str] = ""

    code = models.SlugField(max_length=40)
    edition = models.CharField(max_length=30, blank=True)
    key = models.SlugField(max_length=80)
    label = models.CharField(max_length=120)
    content = models.JSONField()

    objects = PolicyRowQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["trust", "code", "edition"], name="outside_edition_once_a_trust"
            ),
            models.UniqueConstraint(fields=["trust", "key"], name="outside_key_once_a_trust"),
            models.UniqueConstraint(fields=["trust", "label"], name="outside_label_once_a_trust"),
        ]

    def __str__(self) -> str:
        return self.label
