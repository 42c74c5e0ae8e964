"""When a change cannot be taken just now: nothing is half done, and it may be sent again.

Either the database is too busy, and seconds help, or it takes no changes at all: the disk is full,
or it may only be read. Then somebody has to do something, and a device keeps what it has meanwhile.
"""

import errno

from django.db import DatabaseError, OperationalError
from psycopg_pool import PoolTimeout

# PostgreSQL: a lock was waited for too long, two changes waited for each other, no room for one more.
BUSY_STATES = frozenset({"55P03", "57014", "40P01", "40001", "53300", "57P03"})
RETRY_AFTER_SECONDS = 5
# PostgreSQL: the disk is full; only reading is allowed, as on a standby.
SHUT_STATES = frozenset({"53100", "25006"})
# SQLite says so in words alone. An error of input or output is what a full disk gives its log.
SHUT_WORDS = ("database or disk is full", "readonly database", "disk I/O error")
SHUT_ERRORS = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EFBIG})
SHUT_RETRY_AFTER_SECONDS = 60


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


def is_shut(error: BaseException | None) -> bool:
    """Say whether an error means that nothing can be written: a full disk, or read only."""
    if isinstance(error, DatabaseError):
        state = getattr(error.__cause__, "sqlstate", None)
        return state in SHUT_STATES or any(words in str(error) for words in SHUT_WORDS)
    return isinstance(error, OSError) and error.errno in SHUT_ERRORS
