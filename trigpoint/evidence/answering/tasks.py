"""What comes round for the page that needs no sign-in."""

from django.core.cache import cache

from trigpoint.evidence.answering import rules
from trigpoint.records import queue


@queue.task()
def forget_salt() -> None:
    """Every few minutes: throw the salt away, so that no address can be found from its hash."""
    cache.delete(rules.SALT_KEY)
