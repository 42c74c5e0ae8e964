"""What the worker does for versions of the policy."""

from django.utils import timezone

from trigpoint.policies.versions import operations
from trigpoint.records import queue


@queue.task()
def take_effect() -> int:
    """Just after midnight: put in force what was approved for this day."""
    return operations.system_take_effect_due(on=timezone.localdate())
