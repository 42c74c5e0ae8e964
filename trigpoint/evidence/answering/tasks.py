"""What comes round for the page that needs no sign-in."""

from django.utils import timezone

from trigpoint.evidence.answering import operations
from trigpoint.records import queue


@queue.task()
def forget_salt() -> None:
    """Every few minutes: leave nothing by which an address, or when it sent a form, can be found."""
    operations.forget(at=timezone.now())
