"""Making and revoking the address of one's calendar."""

from datetime import datetime
from secrets import token_urlsafe
from typing import TYPE_CHECKING

from django.db import transaction

from trigpoint.people.feeds import rules
from trigpoint.people.feeds.models import Feed
from trigpoint.people.staff.models import Person
from trigpoint.records import history
from trigpoint.records.refusals import Refused

if TYPE_CHECKING:
    from trigpoint.people.models import User


@transaction.atomic
def make(*, by: "User", at: datetime) -> str:
    """Make somebody a new secret address; one they had opens nothing any more.

    Returns:
        The secret. This is the only time anybody sees it.

    """
    Person.objects.select_for_update(no_key=True).get(pk=by.person_id)
    had = Feed.objects.filter(person=by.person_id).delete()[0]
    token = token_urlsafe(32)
    feed = Feed.objects.create(
        trust_id=by.trust_id, person=by.person, token_sha256=rules.digest(token), made_at=at
    )
    history.write(feed, "renewed" if had else "made", by=by)
    return token


@transaction.atomic
def revoke(*, by: "User") -> None:
    """Take somebody's address away; whoever still has it gets nothing from now on.

    Raises:
        Refused: there is none.

    """
    feed = Feed.objects.select_for_update().filter(person=by.person_id).first()
    if feed is None:
        reason = "Your calendar has no address, so there is nothing to revoke. Make one first."
        raise Refused(reason)
    history.write(feed, "revoked", by=by)
    feed.delete()
