"""Base table and the append-only history table."""

import uuid
from typing import TypeVar

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone

Row_co = TypeVar("Row_co", bound=models.Model, covariant=True)  # what a shared queryset lists


class Record(models.Model):
    """Every table's base: an id a tablet can mint offline, and when the row arrived."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        abstract = True


class HistoryEntry(Record):
    """One thing somebody did to one record. Never edited, never read by a rule."""

    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True)
    verb = models.CharField(max_length=40)
    subject_type = models.CharField(max_length=60)
    subject_id = models.UUIDField()
    detail = models.JSONField(default=dict, encoder=DjangoJSONEncoder)

    class Meta:
        indexes = [
            models.Index(
                fields=["subject_type", "subject_id", "created_at"], name="history_by_subject"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject_type} {self.subject_id}"


class WorkerBeat(models.Model):
    """When a background worker was last heard of. A row of the machine room, of no trust."""

    worker_id = models.CharField(max_length=64, primary_key=True)
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.worker_id


class JobTurn(models.Model):
    """When a recurring job is due next. ``times`` is what that was worked out from."""

    name = models.CharField(max_length=80, primary_key=True)
    times = models.CharField(max_length=60)
    due_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
