"""Mail of notices, sent by the worker."""

from datetime import timedelta
from uuid import UUID

import structlog
from django.utils import timezone

from trigpoint.people.notices import operations, queries, rules
from trigpoint.records import queue

log = structlog.get_logger(__name__)
KEPT = timedelta(days=730)
MOST_TRIES = 80  # about three days; after that the letter goes with the person's next one


@queue.task()
def deliver(person_ids: list[str], tries: int = 0) -> None:
    """Send people their letters; what did not arrive is tried again, ever more slowly."""
    now = timezone.now()
    left = operations.deliver(person_ids=[UUID(pk) for pk in person_ids], at=now)
    if not left:
        return
    log.warning("mail_not_delivered", count=len(left), tries=tries + 1)
    if tries < MOST_TRIES:
        again = sorted({str(pk) for pk in left})
        queue.try_again(deliver, again, tries=tries + 1, at=now)


@queue.task()
def deliver_daily() -> None:
    """Every working morning: what came since the last one."""
    operations.queue_letters(queries.system_readers(rules.How.DAILY))


@queue.task()
def forget() -> None:
    """Every Sunday night: what is two years old."""
    operations.forget(before=timezone.now() - KEPT)


@queue.task()
def deliver_weekly() -> None:
    """Every Monday morning."""
    operations.queue_letters(queries.system_readers(rules.How.WEEKLY))
