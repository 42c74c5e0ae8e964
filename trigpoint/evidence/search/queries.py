"""How many records say something, as far as it matters for how they are looked up."""

from trigpoint.evidence.search.models import RecordWords
from trigpoint.evidence.search.rules import Search

COMMON = 20_000  # records; so many are quicker asked one by one, newest first, than listed


def system_is_common(search: Search, *, places: list[str]) -> bool:
    """Say whether so many records of these places say it that no list is made of them."""
    said = RecordWords.objects.saying(search.terms, places=places)[: COMMON + 1]
    return said.count() > COMMON
