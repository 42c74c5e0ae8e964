"""What the worker does about reading the policy."""

from uuid import UUID

from django.utils import timezone

from trigpoint.policies.acknowledgements import operations
from trigpoint.records import queue


@queue.task()
def ask(version_id: str) -> int:
    """Tell everybody that a version came into force."""
    return operations.system_ask(UUID(version_id), at=timezone.now())


@queue.task()
def invite(version_id: str) -> int:
    """Tell everybody that a version is in consultation."""
    return operations.system_invite(UUID(version_id), at=timezone.now())


@queue.task()
def announce_reviews() -> int:
    """Every morning: is a policy due for its review?"""
    return operations.system_announce_reviews(at=timezone.now())
