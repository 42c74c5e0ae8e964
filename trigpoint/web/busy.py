"""When the database is too busy to take a change: nothing is half done, and it may be sent again."""

from django.db import OperationalError
from psycopg_pool import PoolTimeout

# PostgreSQL: a lock was waited for too long, two changes waited for each other, no room for one more.
BUSY_STATES = frozenset({"55P03", "57014", "40P01", "40001", "53300", "57P03"})
RETRY_AFTER_SECONDS = 5


def is_busy(error: BaseException | None) -> bool:
    """Say whether an error means that the database was busy, and not broken."""
    if not isinstance(error, OperationalError):
        return False
    cause = error.__cause__
    is_full = isinstance(cause, PoolTimeout)  # every connection of this process was taken
    return (
        is_full
        or getattr(cause, "sqlstate", None) in BUSY_STATES
        or "database is locked" in str(error)
    )
