"""What the worker does for versions of the policy."""

import structlog
from django.utils import timezone

from trigpoint.policies.versions import operations, queries
from trigpoint.policies.versions.models import PolicyVersion
from trigpoint.records import queue
from trigpoint.records.refusals import Refused

log = structlog.get_logger(__name__)


@queue.task()
def take_effect() -> int:
    """Just after midnight: have each version put in force that was approved for this day.

    Each is a task of its own, so that one trust's fault holds up no other's policy.
    """
    due = queries.system_due_to_take_effect(on=timezone.localdate()).values_list("pk", flat=True)
    for pk in due:
        take_effect_of.enqueue(str(pk))
    return len(due)


@queue.task()
def take_effect_of(version_id: str) -> None:
    """Put one version in force; somebody who was quicker, or withdrew it, is no fault."""
    version = PolicyVersion.objects.select_related("policy").get(pk=version_id)
    try:
        operations.take_effect(version=version, by=None, on=timezone.localdate())
    except Refused as refusal:
        log.info("version_took_no_effect", reason=refusal.reason)
