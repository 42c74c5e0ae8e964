"""What the worker does for spreadsheets of past evidence."""

from django.utils import timezone

from trigpoint.evidence.imports import operations, rules
from trigpoint.records import queue


@queue.task()
def forget() -> int:
    """Every night: delete what was read from a spreadsheet and never brought in."""
    return operations.forget(before=timezone.now() - rules.UNCONFIRMED_KEPT)
