"""What the queue does for itself."""

from django.utils import timezone

from trigpoint.records import queue


@queue.task()
def forget_finished() -> int:
    """Every night: forget what ended long ago."""
    return queue.forget_finished(at=timezone.now())
