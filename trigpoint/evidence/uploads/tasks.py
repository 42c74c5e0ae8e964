"""What the worker does for files on their way."""

from django.utils import timezone

from trigpoint.evidence.uploads import operations, rules
from trigpoint.records import queue


@queue.task()
def forget() -> int:
    """Every night: drop the pieces of files that nobody goes on with."""
    return operations.forget(before=timezone.now() - rules.KEPT)
