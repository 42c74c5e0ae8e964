"""What the background worker does for the year's programme."""

from uuid import UUID

from django.utils import timezone
from django_tasks import task

from trigpoint.people.models import User
from trigpoint.reviews.programme import operations
from trigpoint.reviews.programme.models import Programme


@task()
def propose(programme_id: str, user_id: str) -> None:
    """Work out a proposal that somebody asked for. Twice gives the same."""
    programme = Programme.objects.select_related("year__trust").get(pk=UUID(programme_id))
    operations.propose(
        programme=programme,
        by=User.objects.filter(pk=user_id).first(),
        on=timezone.localdate(),
        at=timezone.now(),
    )
