"""What the background worker does for the year's programme."""

from uuid import UUID

from django.utils import timezone

from trigpoint.people.models import User
from trigpoint.records import queue
from trigpoint.reviews.programme import operations
from trigpoint.reviews.programme.models import Programme


@queue.task()
def propose(programme_id: str, user_id: str) -> None:
    """Work out a proposal that somebody asked for, unless that was done meanwhile."""
    programme = Programme.objects.select_related("year__trust").get(pk=UUID(programme_id))
    if programme.asked_at is None:
        return
    operations.propose(
        programme=programme,
        by=User.objects.filter(pk=user_id).first(),
        on=timezone.localdate(),
        at=timezone.now(),
    )
