"""What comes round for surveys, done by the worker."""

from django.utils import timezone

from trigpoint.evidence.surveys import operations
from trigpoint.records import queue


@queue.task()
def close_due() -> None:
    """Every night: close what is over, delete replies that are due."""
    today = timezone.localdate()
    operations.close_due(on=today)
    operations.empty_due(on=today)
