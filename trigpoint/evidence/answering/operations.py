"""Forgetting what held off a flood."""

from datetime import datetime

from django.core.cache import cache
from django.db import connection

from trigpoint.evidence.answering import rules


def forget(*, at: datetime) -> None:
    """Throw the salt away, and whatever of the cache is over: Django leaves it until there is no room.

    A limit that is over tells when somebody sent a form, and is of no more use.
    """
    cache.delete(rules.SALT_KEY)
    with connection.cursor() as cursor:
        over = connection.ops.adapt_datetimefield_value(at)
        cursor.execute("DELETE FROM web_cache WHERE expires < %s", [over])
